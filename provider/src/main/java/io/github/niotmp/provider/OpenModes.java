package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.volume.OpenMode;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** Checks and normalises open options, as the default provider does. */
final class OpenModes {
  private OpenModes() {}

  /**
   * Returns the mode of a channel: for reading, if nothing says what for.
   *
   * @throws UnsupportedOperationException if an option is not one of ours
   * @throws IllegalArgumentException if two options exclude each other
   */
  static OpenMode ofChannel(Set<? extends OpenOption> options) {
    return of(options, EnumSet.noneOf(StandardOpenOption.class));
  }

  private static OpenMode of(
      Iterable<? extends OpenOption> given, EnumSet<StandardOpenOption> options) {
    boolean followLinks = true;
    for (OpenOption option : given) {
      if (option instanceof StandardOpenOption standard) {
        options.add(standard);
      } else if (requireNonNull(option) == LinkOption.NOFOLLOW_LINKS) {
        followLinks = false;
      } else {
        throw new UnsupportedOperationException(option + " not supported");
      }
    }
    boolean append = options.contains(StandardOpenOption.APPEND);
    boolean write = append || options.contains(StandardOpenOption.WRITE);
    boolean read = !write || options.contains(StandardOpenOption.READ);
    boolean truncate = options.contains(StandardOpenOption.TRUNCATE_EXISTING);
    if (read && append) {
      throw new IllegalArgumentException("READ + APPEND not allowed");
    }
    if (append && truncate) {
      throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
    }
    boolean deleteOnClose = options.contains(StandardOpenOption.DELETE_ON_CLOSE);
    return new OpenMode(
        read,
        write,
        append,
        write && truncate,
        write && options.contains(StandardOpenOption.CREATE),
        write && options.contains(StandardOpenOption.CREATE_NEW),
        deleteOnClose,
        options.contains(StandardOpenOption.SYNC) || options.contains(StandardOpenOption.DSYNC),
        !deleteOnClose && followLinks);
  }

  /**
   * Returns the mode of an asynchronous channel, which has no end to append to.
   *
   * @throws UnsupportedOperationException as {@link #ofChannel}, and for APPEND
   */
  static OpenMode ofAsynchronousChannel(Set<? extends OpenOption> options) {
    if (options.contains(StandardOpenOption.APPEND)) {
      throw new UnsupportedOperationException("APPEND not allowed");
    }
    return ofChannel(options);
  }

  /**
   * Returns the mode of an input stream.
   *
   * @throws UnsupportedOperationException as {@link #ofChannel}, and for options that ask for
   *     writing
   */
  static OpenMode ofInput(OpenOption... options) {
    for (OpenOption option : options) {
      if (option == StandardOpenOption.APPEND || option == StandardOpenOption.WRITE) {
        throw new UnsupportedOperationException("'" + option + "' not allowed");
      }
    }
    return of(Arrays.asList(options), EnumSet.noneOf(StandardOpenOption.class));
  }

  /**
   * Returns the mode of an output stream: one that creates and truncates, if no option is given.
   *
   * @throws UnsupportedOperationException as {@link #ofChannel}
   * @throws IllegalArgumentException as {@link #ofChannel}, and for READ
   */
  static OpenMode ofOutput(OpenOption... options) {
    for (OpenOption option : options) {
      if (option == StandardOpenOption.READ) {
        throw new IllegalArgumentException("READ not allowed");
      }
    }
    EnumSet<StandardOpenOption> implied = EnumSet.of(StandardOpenOption.WRITE);
    if (options.length == 0) {
      implied.add(StandardOpenOption.CREATE);
      implied.add(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return of(Arrays.asList(options), implied);
  }
}
