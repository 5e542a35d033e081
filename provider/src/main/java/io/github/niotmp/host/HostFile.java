package io.github.niotmp.host;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A file with a name on the host, which other programs can open, change, replace, move and remove
 * at any time. {@link #status()} shows their changes; {@link #adopt()} opens the file that has the
 * name now. Until then, the bytes are those of the open descriptor.
 *
 * <p>The descriptor is open for reading only, unless {@link #openForWriting()} was called since the
 * last {@link #stopWriting}: Linux executes no file that a process has open for writing (ETXTBSY).
 *
 * <p>The caller runs each method that changes the descriptor alone, without other readers or
 * writers. {@link #status()}, {@link #setModified} and {@link #setPermissions} need no lock.
 */
public final class HostFile extends SpillFile {
  private static final int OWNER_READS_AND_WRITES = 0600;
  private static final int EXECUTE = 0111;
  private static final int UNKNOWN = -1;

  /** The limit of attempts, because another program may replace the file again and again. */
  private static final int MOST_TRIES = 1_000;

  private static final PosixFilePermission[] PERMISSIONS = PosixFilePermission.values();

  private final Path path;
  private final boolean posix;
  private volatile @Nullable Object key;
  private boolean writable = true;
  private volatile boolean keepsName = true;

  /** The kind of file that the name leads to. */
  public enum Target {
    /** The file of the descriptor. */
    SAME,
    /** Another regular file of this user, which {@link #adopt()} opens. */
    REPLACEMENT,
    NOTHING,
    /** An unusable entry: a link, a directory, a device, another user's file. */
    FOREIGN
  }

  /**
   * The result of one look at the name.
   *
   * @param size bytes
   * @param modified nanoseconds since the epoch; {@link Long#MIN_VALUE} if unknown
   * @param permissions the nine bits; -1 if unknown
   * @param found the kind of a foreign entry, for messages
   */
  public record Status(Target target, long size, long modified, int permissions, String found) {
    private static final Status NOTHING = unusable(Target.NOTHING, "");

    private static Status unusable(Target target, String found) {
      return new Status(target, 0, Long.MIN_VALUE, UNKNOWN, found);
    }

    /** Says whether the name leads to a usable file, adopted or not. */
    public boolean isUsable() {
      return target == Target.SAME || target == Target.REPLACEMENT;
    }

    /** Says whether the file has an execute permission. */
    public boolean isExecutable() {
      return permissions != UNKNOWN && (permissions & EXECUTE) != 0;
    }
  }

  /** Takes over a named file that is open for writing. */
  HostFile(SpillDirectory directory, Opened opened) throws IOException {
    super(directory, opened);
    path = Objects.requireNonNull(opened.name(), "a name").path();
    posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    key = attributes().fileKey();
  }

  /** Returns the absolute path. */
  public Path path() {
    return path;
  }

  /** Returns the current size of the descriptor's file. */
  public long size() throws IOException {
    return channel().size();
  }

  /** Returns the status of the file that the name leads to. */
  public Status status() throws IOException {
    try {
      return status(attributes());
    } catch (NoSuchFileException e) {
      return Status.NOTHING;
    }
  }

  private Status status(BasicFileAttributes found) throws IOException {
    if (Objects.equals(key, found.fileKey())) {
      return usable(Target.SAME, found);
    }
    String foreign = foreign(found);
    return foreign == null
        ? usable(Target.REPLACEMENT, found)
        : Status.unusable(Target.FOREIGN, foreign);
  }

  private static Status usable(Target target, BasicFileAttributes found) {
    return new Status(
        target,
        found.size(),
        found.lastModifiedTime().to(TimeUnit.NANOSECONDS),
        found instanceof PosixFileAttributes unix ? bits(unix.permissions()) : UNKNOWN,
        "");
  }

  private static @Nullable String foreign(BasicFileAttributes found) {
    if (found.isSymbolicLink()) {
      return "a symbolic link";
    }
    if (!found.isRegularFile()) {
      return found.isDirectory() ? "a directory" : "a FIFO, a socket or a device";
    }
    return found instanceof PosixFileAttributes unix && !unix.owner().equals(Accounts.user())
        ? "a file of " + unix.owner().getName()
        : null;
  }

  private static int bits(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (int i = 0; i < PERMISSIONS.length; i++) {
      if (permissions.contains(PERMISSIONS[i])) {
        bits |= 0400 >> i;
      }
    }
    return bits;
  }

  private BasicFileAttributes attributes() throws IOException {
    Class<? extends BasicFileAttributes> type =
        posix ? PosixFileAttributes.class : BasicFileAttributes.class;
    return Files.readAttributes(path, type, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Opens the file that the name leads to, and closes the one before. If the name does not exist,
   * keeps the descriptor.
   *
   * @throws IOException if the name leads to an unusable entry, or the file cannot be opened; keeps
   *     the descriptor
   */
  public void adopt() throws IOException {
    for (int tries = 1; ; tries++) {
      try {
        BasicFileAttributes found = attributes();
        Status status = status(found);
        requireUsable(status);
        if (status.target() == Target.SAME || adopt(found)) {
          return;
        }
      } catch (NoSuchFileException e) {
        return; // the next call finds the new file
      }
      if (tries == MOST_TRIES) {
        throw new IOException(
            path
                + " was replaced by another program at each of "
                + MOST_TRIES
                + " tries to open it");
      }
    }
  }

  /**
   * Refuses an unusable entry.
   *
   * @throws IOException that names the kind of the entry
   */
  public void requireUsable(Status status) throws IOException {
    if (status.target() == Target.FOREIGN) {
      throw new IOException(
          path
              + " is "
              + status.found()
              + ", no longer the file of hostPath(), and is not used; the bytes are back once it"
              + " is removed");
    }
  }

  private boolean adopt(BasicFileAttributes found) throws IOException {
    boolean writes = !Descriptors.canBeReopened();
    DescriptorChannel made = open(path, writes);
    boolean leads = false;
    try {
      leads = leadsTo(found.fileKey());
    } finally {
      if (!leads) {
        made.close();
      }
    }
    if (leads) {
      become(made, found.fileKey(), writes); // from now on this closes {@code made}
    }
    return leads;
  }

  private static DescriptorChannel open(Path path, boolean writes) throws IOException {
    Set<OpenOption> options =
        writes
            ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)
            : Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    return DescriptorChannel.open(path, options);
  }

  private boolean leadsTo(@Nullable Object file) throws IOException {
    try {
      return Objects.equals(attributes().fileKey(), file);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private void become(DescriptorChannel made, @Nullable Object file, boolean writes)
      throws IOException {
    key = file;
    writable = writes;
    exchange(made);
  }

  /** Opens the file for writing, unless it is open so, despite its current permissions and name. */
  public void openForWriting() throws IOException {
    if (writable) {
      return;
    }
    try {
      become(reopened(), key, true);
    } catch (AccessDeniedException e) {
      Status status = status();
      if (status.target() != Target.SAME || status.permissions() == UNKNOWN) {
        throw e;
      }
      setPermissions(status.permissions() | OWNER_READS_AND_WRITES);
      try {
        become(reopened(), key, true);
      } finally {
        setPermissions(status.permissions());
      }
    }
  }

  private DescriptorChannel reopened() throws IOException {
    DescriptorChannel named = descriptor().reopenByName(path, true);
    if (named != null) {
      return named;
    }
    try {
      return descriptor().reopen();
    } catch (NotReopenableException e) {
      throw new IOException(path + " cannot be opened for writing: " + e.getMessage(), e);
    }
  }

  /**
   * Reopens the file for reading only, so that other programs can execute it. Has no effect if the
   * file has lost its name or is not readable, or if it is not executable and the system could not
   * reopen it for writing.
   *
   * @param executable whether the file has an execute permission
   */
  public void stopWriting(boolean executable) throws IOException {
    if (writable && (executable || Descriptors.canBeReopened())) {
      try {
        DescriptorChannel made = descriptor().reopenByName(path, false);
        if (made != null) {
          become(made, key, false);
        }
      } catch (AccessDeniedException e) {
        // not readable: an interpreter could not read it either
      }
    }
  }

  /** Sets the time of the last modification, unless the name leads to another file. */
  public void setModified(long nanoseconds) throws IOException {
    try {
      if (status().isUsable()) {
        Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
            .setTimes(FileTime.from(nanoseconds, TimeUnit.NANOSECONDS), null, null);
      }
    } catch (NoSuchFileException e) {
      // removed meanwhile: no program sees the time
    }
  }

  /**
   * Sets the permissions, unless the name leads to another file. Set-id bits are never set.
   *
   * @param bits the nine bits
   */
  public void setPermissions(int bits) throws IOException {
    try {
      if (posix && status().isUsable()) {
        setMode(bits);
      }
    } catch (NoSuchFileException e) {
      // removed meanwhile: no program sees the permissions
    }
  }

  /**
   * Falls back to the descriptor, because with NOFOLLOW_LINKS the JDK opens the file, which must be
   * readable then.
   */
  private void setMode(int bits) throws IOException {
    try {
      Files.setAttribute(path, "unix:mode", bits, LinkOption.NOFOLLOW_LINKS);
    } catch (AccessDeniedException e) {
      if (!descriptor().leadsHere(path)) {
        throw e;
      }
      try {
        descriptor()
            .throughDescriptor(descriptor -> Files.setAttribute(descriptor, "unix:mode", bits));
      } catch (NotReopenableException none) {
        throw e;
      }
    }
  }

  /** Leaves the name to another file of this class; closing this one does not remove it. */
  public void giveUpName() {
    keepsName = false;
  }

  /** Maps the file itself and never a copy, because other programs see its name. */
  @Override
  public <T> T map(Mapping<T> mapping) throws IOException {
    return channel().map(mapping, path);
  }

  private DescriptorChannel descriptor() {
    return (DescriptorChannel) channel();
  }

  /** Also removes a replacement that no call has adopted yet. */
  @Override
  void removeName(Path name) throws IOException {
    if (keepsName && status().isUsable()) {
      Files.deleteIfExists(name);
    }
  }
}
