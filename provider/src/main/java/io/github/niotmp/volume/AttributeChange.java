package io.github.niotmp.volume;

import io.github.niotmp.internal.cleanup.Umask;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import org.jspecify.annotations.Nullable;

/** One change of a file's attributes, or one initial attribute of a new file. */
public sealed interface AttributeChange {

  /** Sets those times that are not null. */
  record Times(@Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      implements AttributeChange {}

  /** Sets the permission, set-id and sticky bits, {@code 0} to {@code 07777}. */
  record Mode(int bits) implements AttributeChange {
    /**
     * Returns the mode that open(2) and mkdir(2) give a new file: this one less the umask of this
     * process. If the host does not show its umask, returns this mode.
     */
    public Mode lessUmask() {
      return new Mode(bits & ~Umask.current().orElse(0));
    }
  }

  /** Sets those that are not null. */
  record Owner(@Nullable UserPrincipal owner, @Nullable GroupPrincipal group)
      implements AttributeChange {}

  /** Sets those that are not null, by number. */
  record OwnerId(@Nullable Integer uid, @Nullable Integer gid) implements AttributeChange {}

  /** Sets or clears DOS flags; a null leaves the flag as it is. */
  record Dos(
      @Nullable Boolean readOnly,
      @Nullable Boolean hidden,
      @Nullable Boolean system,
      @Nullable Boolean archive)
      implements AttributeChange {}

  /** Sets how many bytes a regular file may hold in memory; rolls it over if it holds more. */
  record SpoolThreshold(long bytes) implements AttributeChange {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public SpoolThreshold {
      if (bytes < 0) {
        throw new IllegalArgumentException(
            "'spoolThreshold' is " + bytes + "; allowed: 0 to " + Long.MAX_VALUE + " bytes");
      }
    }
  }

  /** Sets the size that a regular file may grow to, within the limit of its file system. */
  record MaxFileSize(long bytes) implements AttributeChange {
    /**
     * Checks the value.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public MaxFileSize {
      if (bytes < 0) {
        throw new IllegalArgumentException(
            "'maxFileSize' is " + bytes + "; allowed: 0 to " + Long.MAX_VALUE + " bytes");
      }
    }
  }

  /** Moves a regular file's bytes to the disk. */
  record RollOver() implements AttributeChange {}

  /**
   * Sets a user-defined attribute, or removes it if {@code value} is null. The array is not copied.
   */
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  record User(String name, byte @Nullable [] value) implements AttributeChange {}
}
