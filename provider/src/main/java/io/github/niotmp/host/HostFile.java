package io.github.niotmp.host;

import io.github.niotmp.account.Accounts;
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
 * A file that other programs can open by its name on the host, change, replace, move and remove at
 * any time. {@link #status()} tells what they did; {@link #adopt()} goes over to the file that has
 * the name now. Without that, the bytes are those of the open descriptor.
 *
 * <p>The descriptor is open for reading only, unless {@link #openForWriting()} was called since the
 * last {@link #stopWriting}: Linux executes no file that a process has open for writing (ETXTBSY).
 *
 * <p>The methods that change the descriptor are called one at a time, while no other thread reads
 * or writes. {@link #status()}, {@link #setModified} and {@link #setPermissions} need no lock.
 */
public final class HostFile extends SpillFile {
  private static final int OWNER_READS_AND_WRITES = 0600;
  private static final int EXECUTE = 0111;
  private static final int UNKNOWN = -1;

  /** Another program may replace the file as often as it likes, but not for ever. */
  private static final int MOST_TRIES = 1_000;

  private static final PosixFilePermission[] PERMISSIONS = PosixFilePermission.values();

  private final Path path;
  private final boolean posix;
  private volatile @Nullable Object key;
  private boolean writable = true;
  private volatile boolean keepsName = true;

  /** What the name leads to. */
  public enum Target {
    /** The file that the descriptor is of. */
    SAME,
    /** A regular file of this user, to be adopted. */
    REPLACEMENT,
    NOTHING,
    /** An entry that is not to be used: a link, a directory, a device, another user's file. */
    FOREIGN
  }

  /**
   * What the name leads to at one moment.
   *
   * @param size bytes
   * @param modified nanoseconds since the epoch; {@link Long#MIN_VALUE} if unknown
   * @param permissions the nine bits; -1 if unknown
   * @param found a foreign entry, in words
   */
  public record Status(Target target, long size, long modified, int permissions, String found) {
    private static final Status NOTHING = unusable(Target.NOTHING, "");

    private static Status unusable(Target target, String found) {
      return new Status(target, 0, Long.MIN_VALUE, UNKNOWN, found);
    }

    /** Says whether the name leads to a file that serves, whether it has been adopted or not. */
    public boolean isUsable() {
      return target == Target.SAME || target == Target.REPLACEMENT;
    }

    /** Says whether anybody may execute the file. */
    public boolean isExecutable() {
      return permissions != UNKNOWN && (permissions & EXECUTE) != 0;
    }
  }

  /** Takes a file over that is open for writing and has a name. */
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

  /** Returns the size at this moment of the file that the descriptor is of. */
  public long size() throws IOException {
    return channel().size();
  }

  /** Looks at the file that the name leads to. */
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
   * Goes over to the file that the name leads to, and closes the one before. If there is none, the
   * bytes stay those of the descriptor.
   *
   * @throws IOException if what the name leads to is not to be used, or cannot be opened; the bytes
   *     stay those of the descriptor
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
        return; // the next call finds the file that comes now
      }
      if (tries == MOST_TRIES) {
        throw new IOException(path + " is being replaced again and again");
      }
    }
  }

  /**
   * Refuses an entry that is not to be used.
   *
   * @throws IOException that says what was found
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
      become(made, found.fileKey(), writes); // takes it over, whatever fails
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

  /** Opens the file for writing, unless it is, whatever its permissions and its name are now. */
  public void openForWriting() throws IOException {
    if (writable) {
      return;
    }
    ensureOpen();
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
   * Lets other programs execute the file. Does nothing if the file could not be opened for writing
   * again without its name, has lost its name, or may not be read.
   *
   * @param executable whether a program may execute the file now
   */
  public void stopWriting(boolean executable) throws IOException {
    if (writable && (executable || Descriptors.canBeReopened())) {
      try {
        DescriptorChannel made = descriptor().reopenByName(path, false);
        if (made != null) {
          become(made, key, false);
        }
      } catch (AccessDeniedException e) {
        // not readable, so that no interpreter could read it either
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

  /** Without following a link the JDK opens the file to do so, which takes a readable one. */
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

  private DescriptorChannel descriptor() {
    return (DescriptorChannel) channel();
  }

  /** Removes also a file that another program has put there and that no call has adopted yet. */
  @Override
  void removeName(Path name) throws IOException {
    if (keepsName && status().isUsable()) {
      Files.deleteIfExists(name);
    }
  }
}
