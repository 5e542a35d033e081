package io.github.niotmp;

import java.nio.file.attribute.BasicFileAttributes;

/**
 * The attributes of the {@code tmp} view, read in one step: where the bytes of a file of a {@code
 * tmp:} file system are stored, and how long it lives.
 *
 * <pre>{@code
 * Path draft = Files.writeString(Path.of(URI.create("tmp:/attributes.txt")), "text");
 * TmpFileAttributes attributes = Files.readAttributes(draft, TmpFileAttributes.class);
 * attributes.storage();                     // MEMORY
 * Files.getAttribute(draft, "tmp:storage"); // MEMORY
 * Files.delete(draft);
 * }</pre>
 *
 * <p>By name they are {@code tmp:storage}, {@code tmp:spoolThreshold}, {@code tmp:maxFileSize},
 * {@code tmp:memoryBytes}, {@code tmp:rolledOver} and {@code tmp:lifetime}, beside all of {@code
 * basic}. Directories and symbolic links are in memory and hold no bytes.
 *
 * <p>An immutable snapshot, so safe for use by any number of threads.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 */
public interface TmpFileAttributes extends BasicFileAttributes {

  /** Where the bytes of a file are stored. */
  enum Storage {
    /** On the heap. */
    MEMORY,
    /**
     * On the host's disk, in a file shared with other small files, because the memory budget was
     * used up.
     */
    PACK,
    /** On the host's disk, in a spill file of its own. */
    DISK,
    /** On the host's disk, in a file that other programs can open by its host path. */
    HOST
  }

  /** The event that ends a file's life, unless it is deleted earlier. */
  enum Lifetime {
    /**
     * The close of the last handle: the file has no name any more, or was opened with
     * DELETE_ON_CLOSE.
     */
    HANDLE,
    /** The close of its file system. */
    FILE_SYSTEM,
    /** The exit of the JVM, for files of the default file system. */
    JVM
  }

  /**
   * Returns where the bytes are stored.
   *
   * <pre>{@code
   * TmpFileAttributes attributes = Files.readAttributes(file.path(), TmpFileAttributes.class);
   * attributes.storage(); // MEMORY
   * }</pre>
   *
   * @return the kind of storage
   */
  Storage storage();

  /**
   * Returns the bytes that this file may hold in memory; a larger one rolls over to the disk.
   *
   * <pre>{@code
   * Files.setAttribute(file.path(), "tmp:spoolThreshold", 65_536);
   * Files.readAttributes(file.path(), TmpFileAttributes.class).spoolThreshold(); // 65536
   * }</pre>
   *
   * @return bytes, 0 or more; {@link Long#MAX_VALUE} if only the memory budget limits it
   */
  long spoolThreshold();

  /**
   * Returns the largest size of this file: the smaller of its own limit and that of its file
   * system. For a directory or a link it is that of the file system.
   *
   * <pre>{@code
   * Files.setAttribute(file.path(), "tmp:maxFileSize", 10L << 20);
   * Files.readAttributes(file.path(), TmpFileAttributes.class).maxFileSize(); // 10485760
   * }</pre>
   *
   * @return bytes, 0 or more; {@link Long#MAX_VALUE} for no limit
   */
  long maxFileSize();

  /**
   * Returns the bytes of memory allocated to the content, which may exceed its size.
   *
   * <pre>{@code
   * file.rollOver();
   * Files.readAttributes(file.path(), TmpFileAttributes.class).memoryBytes(); // 0
   * }</pre>
   *
   * @return bytes, 0 or more
   */
  long memoryBytes();

  /**
   * Says whether the file has rolled over, to a spill file or to one that has a name on the host.
   *
   * <pre>{@code
   * file.rollOver();
   * Files.readAttributes(file.path(), TmpFileAttributes.class).isRolledOver(); // true
   * }</pre>
   *
   * @return whether the storage is {@link Storage#DISK} or {@link Storage#HOST}
   */
  default boolean isRolledOver() {
    return storage() == Storage.DISK || storage() == Storage.HOST;
  }

  /**
   * Returns the event that ends the file's life.
   *
   * <pre>{@code
   * TmpFileAttributes attributes = Files.readAttributes(file.path(), TmpFileAttributes.class);
   * attributes.lifetime(); // JVM
   * }</pre>
   *
   * @return the event
   */
  Lifetime lifetime();
}
