package io.github.niotmp.path;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * An errno-like failure code. Look-ups often miss, so they return a code, and the caller creates
 * the exception only if it needs one. The messages are those of {@code strerror(3)}, as in the
 * default provider.
 */
public enum Errno {
  NO_SUCH_FILE("No such file or directory"),
  EXISTS("File exists"),
  ACCESS_DENIED("Permission denied"),
  NOT_A_DIRECTORY("Not a directory"),
  IS_A_DIRECTORY("Is a directory"),
  NOT_EMPTY("Directory not empty"),
  BUSY("Device or resource busy"),
  INVALID("Invalid argument"),
  READ_ONLY("Read-only file system"),
  NAME_TOO_LONG("File name too long"),
  NOT_PERMITTED("Operation not permitted"),
  SPECIAL_FILE("It is a FIFO, a socket or a device, which may not be opened for that"),
  LEADS_OUT("The symbolic link leads out of the file system"),
  TOO_MANY_LINKS(
      "Too many levels of symbolic links or unable to access attributes of symbolic link"),
  LINK_NOT_FOLLOWED("Too many levels of symbolic links (NOFOLLOW_LINKS specified)");

  /** The cause of {@link #NAME_TOO_LONG}, whose message is that of the default provider. */
  private static final String LENGTHS =
      "With storage=spooled, a name has at most 255 bytes of UTF-8, and a path or the target of a"
          + " link 4095; the setting 'longPaths' allows longer paths";

  private final String reason;

  Errno(String reason) {
    this.reason = reason;
  }

  /**
   * Returns the exception that refuses a change through a read-only file system. That class takes
   * no message, so its cause names the path and the reason.
   */
  public static ReadOnlyFileSystemException readOnly(Path path) {
    ReadOnlyFileSystemException refusal = new ReadOnlyFileSystemException();
    refusal.initCause(new FileSystemException(path.toString(), null, READ_ONLY.reason));
    return refusal;
  }

  /** Returns the code of another file system's exception, or null if no code matches. */
  public static @Nullable Errno in(FileSystemException e) {
    if (e instanceof NoSuchFileException) {
      return NO_SUCH_FILE;
    }
    if (e instanceof AccessDeniedException) {
      return ACCESS_DENIED;
    }
    for (Errno fault : values()) {
      if (fault.reason.equals(e.getReason())) {
        return fault;
      }
    }
    return null;
  }

  /** Returns the exception for this code. */
  public FileSystemException at(TmpPath path) {
    return this == NOT_EMPTY ? new DirectoryNotEmptyException(path.toString()) : at(path, null);
  }

  /** Returns the exception for this code, for an operation on two paths. */
  public FileSystemException at(TmpPath path, @Nullable TmpPath other) {
    String file = path.toString();
    String second = other == null ? null : other.toString();
    return switch (this) {
      case NO_SUCH_FILE -> new NoSuchFileException(file, second, null);
      case EXISTS -> new FileAlreadyExistsException(file, second, null);
      case ACCESS_DENIED -> new AccessDeniedException(file, second, null);
      case NAME_TOO_LONG -> tooLong(file, second);
      default -> new FileSystemException(file, second, reason);
    };
  }

  private static FileSystemException tooLong(String file, @Nullable String other) {
    FileSystemException failure = new FileSystemException(file, other, NAME_TOO_LONG.reason);
    failure.initCause(new FileSystemException(null, null, LENGTHS));
    return failure;
  }
}
