package io.github.niotmp;

import java.nio.file.attribute.BasicFileAttributes;

/**
 * Where the bytes of a file of a {@code tmp:} file system are, and how long it lives: the {@code
 * tmp} view, read in one step.
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
 * <p>A value of one moment; safe for use by any number of threads.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 *
 * <h2>Security</h2>
 *
 * <p>The attributes tell nothing of where on the host the bytes are.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>Attributes hold nothing open.
 */
public interface TmpFileAttributes extends BasicFileAttributes {

  /** Where a file's bytes are. */
  enum Storage {
    /** On the heap. */
    MEMORY,
    /** On the host's disk, together with other small files, as the memory budget was used up. */
    PACK,
    /** On the host's disk, in a spill file of its own. */
    DISK,
    /** On the host's disk, in a file that other programs can open by its name there. */
    HOST
  }

  /** What ends a file's life, if nobody deletes it. */
  enum Lifetime {
    /** The last handle: the file has no name any more, or was opened to be deleted on close. */
    HANDLE,
    /** The closing of its file system. */
    FILE_SYSTEM,
    /** The exit of the JVM, as it is in the default file system. */
    JVM
  }

  /**
   * Returns where the bytes are.
   *
   * <pre>{@code
   * TmpFileAttributes attributes = Files.readAttributes(file.path(), TmpFileAttributes.class);
   * attributes.storage(); // MEMORY
   * }</pre>
   *
   * @return where they are
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
   * Returns the size that this file may reach: the smaller one of its own limit and that of its
   * file system. A directory or a link gives that of the file system.
   *
   * <pre>{@code
   * Files.setAttribute(file.path(), "tmp:maxFileSize", 10L << 20);
   * Files.readAttributes(file.path(), TmpFileAttributes.class).maxFileSize(); // 10485760
   * }</pre>
   *
   * @return bytes, 0 or more; {@link Long#MAX_VALUE} if there is no limit
   */
  long maxFileSize();

  /**
   * Returns the bytes of memory that the content takes, which may be more than it has.
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
   * Returns what ends the file's life.
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
