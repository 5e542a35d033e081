package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.volume.OpenMode;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Set;

/** Converts open options to an {@link OpenMode}, with the rules of the default provider. */
final class OpenModes {
  private static final int NOFOLLOW_LINKS = 1 << StandardOpenOption.values().length;

  private OpenModes() {}

  /**
   * Returns the mode of a channel. Without WRITE and APPEND, the channel is open for reading.
   *
   * @throws UnsupportedOperationException if an option is unknown
   * @throws IllegalArgumentException if two options exclude each other
   */
  static OpenMode ofChannel(Set<? extends OpenOption> options) {
    return of(options, 0);
  }

  private static OpenMode of(Iterable<? extends OpenOption> given, int implied) {
    int options = implied;
    for (OpenOption option : given) {
      if (option instanceof StandardOpenOption standard) {
        options |= bit(standard);
      } else if (requireNonNull(option) == LinkOption.NOFOLLOW_LINKS) {
        options |= NOFOLLOW_LINKS;
      } else {
        throw new UnsupportedOperationException(option + " not supported");
      }
    }
    return meaning(options);
  }

  private static OpenMode meaning(int options) {
    boolean append = has(options, StandardOpenOption.APPEND);
    boolean write = append || has(options, StandardOpenOption.WRITE);
    boolean read = !write || has(options, StandardOpenOption.READ);
    boolean truncate = has(options, StandardOpenOption.TRUNCATE_EXISTING);
    if (read && append) {
      throw new IllegalArgumentException("READ + APPEND not allowed");
    }
    if (append && truncate) {
      throw new IllegalArgumentException("APPEND + TRUNCATE_EXISTING not allowed");
    }
    boolean deleteOnClose = has(options, StandardOpenOption.DELETE_ON_CLOSE);
    return new OpenMode(
        read,
        write,
        append,
        write && truncate,
        write && has(options, StandardOpenOption.CREATE),
        write && has(options, StandardOpenOption.CREATE_NEW),
        deleteOnClose,
        has(options, StandardOpenOption.SYNC) || has(options, StandardOpenOption.DSYNC),
        !deleteOnClose && (options & NOFOLLOW_LINKS) == 0);
  }

  private static boolean has(int options, StandardOpenOption option) {
    return (options & bit(option)) != 0;
  }

  @SuppressWarnings("EnumOrdinal") // a set that lasts one call, made without an object
  private static int bit(StandardOpenOption option) {
    return 1 << option.ordinal();
  }

  /**
   * Returns the mode of an asynchronous channel, which cannot append.
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
   * @throws UnsupportedOperationException as {@link #ofChannel}, and for WRITE and APPEND
   */
  static OpenMode ofInput(OpenOption... options) {
    for (OpenOption option : options) {
      if (option == StandardOpenOption.APPEND || option == StandardOpenOption.WRITE) {
        throw new UnsupportedOperationException("'" + option + "' not allowed");
      }
    }
    return of(Arrays.asList(options), 0);
  }

  /**
   * Returns the mode of an output stream. Without options, the stream creates or truncates the
   * file.
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
    int implied = bit(StandardOpenOption.WRITE);
    if (options.length == 0) {
      implied |= bit(StandardOpenOption.CREATE) | bit(StandardOpenOption.TRUNCATE_EXISTING);
    }
    return of(Arrays.asList(options), implied);
  }
}
