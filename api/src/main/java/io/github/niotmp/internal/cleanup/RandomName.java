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
 * The pattern of fresh names: a prefix, random characters and a suffix.
 *
 * @param prefix the start of the name
 * @param suffix the end of the name
 * @param randomLength the number of random characters between them; 0 allows only one name
 */
public record RandomName(String prefix, String suffix, int randomLength) {
  /** The most attempts, because a provider may report every name as taken. */
  private static final int MOST_TRIES = 100;

  /** The most attempts with a short random part, of which most names may really be taken. */
  private static final int MOST_TRIES_OF_FEW_NAMES = 10_000;

  private static final int FEW_NAMES = 4;

  /** The number of random characters that makes a name unique across programs. */
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

  /** Creates an entry under a name, and refuses a name that is taken. */
  @FunctionalInterface
  public interface Maker<T> {
    /**
     * Creates the entry.
     *
     * @throws FileAlreadyExistsException if the name is taken
     * @throws BindException if the name is taken, by a socket
     */
    T make(Path path) throws IOException;
  }

  /**
   * Creates an entry in a directory; tries further names while names are taken.
   *
   * @throws IllegalArgumentException if prefix and suffix contain a separator of the directory's
   *     file system, or are no valid name
   * @throws FileAlreadyExistsException if no free name was found
   * @throws IOException if {@code maker} failed for another reason; on a foreign provider it also
   *     replaces a {@link RuntimeException}. If the random part makes the name unique, a partial
   *     entry is removed
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
      } catch (BindException e) { // also for lack of permission
        if (tries == 1 || !Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
          throw e;
        }
      } catch (IOException | RuntimeException | Error e) {
        removeAfter(e, path);
        throw e;
      }
    }
  }

  /** Returns a pattern of names that no other program uses. */
  public RandomName unique() {
    return randomLength >= UNIQUE ? this : new RandomName(prefix, suffix, Names.LENGTH);
  }

  private int mostTries() {
    if (randomLength == 0) {
      return 1;
    }
    return randomLength <= FEW_NAMES ? MOST_TRIES_OF_FEW_NAMES : MOST_TRIES;
  }

  /**
   * Deletes an entry after a failure, because a foreign provider may throw after it has created it.
   */
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
