package io.github.niotmp.tree;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.content.Quota;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;

/**
 * The limits of a tree's metadata: the count of names, and the memory of names, link targets and
 * user-defined attributes. The sizes are estimates of the heap that these take.
 *
 * <p>{@link #take} and {@link #acquireMemory} may evict files to the disk, so the caller holds no
 * lock of the tree. Safe for use by any number of threads.
 */
final class NameQuota {
  /** The bytes of a directory entry and of the node behind it. */
  private static final int NAME_BYTES = 256;

  private static final int ATTRIBUTE_BYTES = 128;
  private static final int BYTES_PER_CHAR = 2;

  private final Quota names;
  private final Memory memory;

  /** The memory that metadata takes. */
  interface Memory {
    /** A memory without a limit. */
    Memory UNLIMITED =
        new Memory() {
          @Override
          public boolean take(long bytes) {
            return true;
          }

          @Override
          public void give(long bytes) {}

          @Override
          public TmpLimitException refusal(long bytes, String path) {
            throw new AssertionError("It refuses nothing");
          }

          @Override
          public TmpLimitException tooManyNames(TmpLimitException refusal) {
            return refusal;
          }
        };

    /**
     * Takes memory; evicts files if necessary.
     *
     * @return false if the memory budget is reached
     * @throws IOException if evicting other files to the disk failed
     */
    boolean take(long bytes) throws IOException;

    /** Releases memory. */
    void give(long bytes);

    /** Returns the exception for a path for which {@link #take} returned false. */
    TmpLimitException refusal(long bytes, String path);

    /** Reports that the limit of names is reached. Returns {@code refusal}. */
    TmpLimitException tooManyNames(TmpLimitException refusal);
  }

  NameQuota(long limit, Memory memory) {
    this.names = new Quota(limit);
    this.memory = memory;
  }

  /** Returns the bytes that a name takes. */
  static long sizeOfName(String name) {
    return NAME_BYTES + (long) BYTES_PER_CHAR * name.length();
  }

  /** Returns the bytes that a user-defined attribute takes. */
  static long sizeOfAttribute(String name, byte[] value) {
    return ATTRIBUTE_BYTES + (long) BYTES_PER_CHAR * name.length() + value.length;
  }

  /**
   * Counts one more name.
   *
   * @param path the new name, for the exception
   * @throws TmpLimitException if the limit of names or the memory budget is reached
   * @throws IOException if evicting other files to the disk failed
   */
  void take(String name, TmpPath path) throws IOException {
    if (!names.tryAcquire(1)) {
      throw memory.tooManyNames(
          new TmpLimitException(
              path.toString(),
              TmpSettings.MAX_FILES,
              names.limit(),
              "the names of files, directories and links are used up; delete some, or open the"
                  + " file system with a larger maxFiles"));
    }
    boolean taken = false;
    try {
      acquireMemory(sizeOfName(name), path);
      taken = true;
    } finally {
      if (!taken) {
        names.release(1);
      }
    }
  }

  /** Returns the count of names. */
  long used() {
    return names.used();
  }

  /** Counts one name less. */
  void give(String name) {
    names.release(1);
    memory.give(sizeOfName(name));
  }

  /**
   * Takes memory for a longer name, a link target or an attribute.
   *
   * @param path the path for the exception
   * @throws TmpLimitException if the memory budget is reached
   * @throws IOException if evicting other files to the disk failed
   */
  void acquireMemory(long bytes, TmpPath path) throws IOException {
    if (bytes > 0 && !memory.take(bytes)) {
      throw memory.refusal(bytes, path.toString());
    }
  }

  void releaseMemory(long bytes) {
    if (bytes > 0) {
      memory.give(bytes);
    }
  }
}
