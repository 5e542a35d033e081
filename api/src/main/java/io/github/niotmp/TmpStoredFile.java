package io.github.niotmp;

import io.github.niotmp.TmpFileAttributes.Storage;

/**
 * A regular file of a {@code tmp:} file system with its size, as {@link
 * TmpFileSystems#largestFiles} found it.
 *
 * <pre>{@code
 * try (FileSystem scratch = TmpFileSystems.open(Map.of())) {
 *   Files.write(scratch.getPath("/small"), new byte[10]);
 *   Files.write(scratch.getPath("/large"), new byte[1000]);
 *   TmpStoredFile largest = TmpFileSystems.largestFiles(scratch, 1).get(0);
 *   System.out.println(largest.path() + " has " + largest.size()); // /large has 1000
 * }
 * }</pre>
 *
 * <p>Immutable, so safe for use by any number of threads.
 *
 * <p>In the examples of the methods the file is {@code /large} of 1,000 bytes, which rolled over.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 */
public interface TmpStoredFile {
  /**
   * Returns one of the paths of the file.
   *
   * <pre>{@code
   * String path = stored.path(); // "/large"
   * }</pre>
   *
   * @return an absolute path; empty for an open file without a name
   */
  String path();

  /**
   * Returns the size of the file.
   *
   * <pre>{@code
   * long size = stored.size(); // 1000
   * }</pre>
   *
   * @return bytes, 0 or more
   */
  long size();

  /**
   * Returns where the bytes of the file are.
   *
   * <pre>{@code
   * TmpFileAttributes.Storage storage = stored.storage(); // DISK
   * }</pre>
   *
   * @return memory, a pack, a spill file or a file of the host
   */
  Storage storage();
}
