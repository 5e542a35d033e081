package io.github.niotmp.internal.cleanup;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a name that nothing has yet is made up.
 *
 * @param prefix what it starts with
 * @param suffix what it ends with
 * @param randomLength how many random characters are in between; with 0 there is one name to try
 */
public record RandomName(String prefix, String suffix, int randomLength) {
  /** A provider may say of every name that it is taken. */
  private static final int MOST_TRIES = 100;

  /** Most names with a short random part may be taken indeed. */
  private static final int MOST_TRIES_OF_FEW_NAMES = 10_000;

  private static final int FEW_NAMES = 4;

  /** As many random characters are in no name that another program has made. */
  private static final int UNIQUE = 16;

  /** Replaces the generated method, which keeps the class loader of this class reachable. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RandomName that
        && prefix.equals(that.prefix)
        && suffix.equals(that.suffix)
        && randomLength == that.randomLength;
  }

  @Override
  public int hashCode() {
    return Objects.hash(prefix, suffix, randomLength);
  }

  /** Makes something under a name, and refuses one that is taken. */
  @FunctionalInterface
  public interface Maker<T> {
    /**
     * Makes it.
     *
     * @throws FileAlreadyExistsException if the name is taken
     * @throws BindException if the name is taken, by a socket
     */
    T make(Path path) throws IOException;
  }

  /**
   * Makes something in a directory, under one name after another until one is free.
   *
   * @throws IllegalArgumentException if prefix and suffix hold a separator of the directory's file
   *     system, or make no name
   * @throws FileAlreadyExistsException if no free name was found
   * @throws IOException if {@code maker} failed for another reason; on a foreign provider also in
   *     the place of a {@link RuntimeException}. Nothing is left there if the random part is long
   *     enough
   */
  public <T> T make(Path directory, Maker<T> maker) throws IOException {
    for (int tries = mostTries(); ; tries--) {
      Path path = in(directory);
      try {
        return ForeignProvider.callIfSupported(path, () -> maker.make(path));
      } catch (FileAlreadyExistsException e) {
        if (tries == 1) {
          throw e;
        }
      } catch (BindException e) { // for want of permission as well
        if (tries == 1 || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      } catch (IOException | RuntimeException | Error e) {
        removeAfter(e, path);
        throw e;
      }
    }
  }

  /** Returns names of which no other program has one. */
  public RandomName unique() {
    return randomLength >= UNIQUE ? this : new RandomName(prefix, suffix, Names.LENGTH);
  }

  private int mostTries() {
    if (randomLength == 0) {
      return 1;
    }
    return randomLength <= FEW_NAMES ? MOST_TRIES_OF_FEW_NAMES : MOST_TRIES;
  }

  /** A foreign provider may throw though it has created the entry. */
  private void removeAfter(Throwable failure, Path path) {
    if (randomLength >= UNIQUE && ForeignProvider.isForeign(path)) {
      Closer.after(failure, () -> ForeignProvider.deleteIfExists(path));
    }
  }

  private Path in(Path directory) {
    String name = prefix + Names.random(randomLength) + suffix;
    Path path = directory.resolve(name);
    Path last = path.getFileName();
    if (last == null
        || !last.toString().equals(name)
        || !directory.equals(path.getParent())
        || name.equals(".")
        || name.equals("..")) {
      throw new IllegalArgumentException(
          "prefix '"
              + prefix
              + "' and suffix '"
              + suffix
              + "' make no name in "
              + directory
              + "; allowed: anything a name may hold, but no separator "
              + directory.getFileSystem().getSeparator());
    }
    return path;
  }
}
