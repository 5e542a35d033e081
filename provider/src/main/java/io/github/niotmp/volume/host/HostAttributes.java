package io.github.niotmp.volume.host;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.volume.FileAttributes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of the attributes of a file on the host. An attribute that the host lacks has the
 * value of a private file of this user. The DOS flags are read on each request.
 */
final class HostAttributes implements FileAttributes {

  private final long device;
  private final Path real;
  private final LinkOption[] options;
  private final Lifetime lifetime;
  private final boolean dos;
  private final BasicFileAttributes basic;
  private final @Nullable PosixFileAttributes posix;
  private final Map<String, Object> unix;

  private HostAttributes(
      HostVolume volume,
      Path real,
      BasicFileAttributes basic,
      Map<String, Object> unix,
      Lifetime lifetime,
      boolean dos,
      LinkOption... options) {
    this.device = volume.device();
    this.real = real;
    this.options = options;
    this.lifetime = lifetime;
    this.dos = dos;
    this.basic = basic;
    this.posix = basic instanceof PosixFileAttributes all ? all : null;
    this.unix = unix;
  }

  /**
   * Reads the attributes.
   *
   * @param real a path of the host that leads to the file
   * @param options whether to follow a link at {@code real}; the path of a descriptor is one
   */
  static HostAttributes read(HostVolume volume, Path real, Lifetime lifetime, LinkOption... options)
      throws IOException {
    return HostFailure.checked(real, () -> readOnce(volume, real, lifetime, options));
  }

  private static HostAttributes readOnce(
      HostVolume volume, Path real, Lifetime lifetime, LinkOption... options) throws IOException {
    HostTree tree = volume.tree();
    BasicFileAttributes basic =
        tree.supports("posix")
            ? Files.readAttributes(real, PosixFileAttributes.class, options)
            : Files.readAttributes(real, BasicFileAttributes.class, options);
    Map<String, Object> unix =
        tree.supports("unix")
            ? Files.readAttributes(real, "unix:mode,ino,nlink,uid,gid,ctime,fileKey", options)
            : Map.of();
    return new HostAttributes(volume, real, basic, unix, lifetime, tree.supports("dos"), options);
  }

  /**
   * Returns the attributes of a file, which were read through its open directory.
   *
   * @param real the path of the file
   */
  static HostAttributes of(HostVolume volume, Path real, BasicFileAttributes basic) {
    return new HostAttributes(volume, real, basic, Map.of(), volume.lifetime(), false);
  }

  /**
   * Says whether all attributes are of the file with {@code key}. They are read in two steps, and
   * another program can rename a file to the path in between.
   */
  boolean areOf(@Nullable Object key) {
    return Objects.equals(key, basic.fileKey())
        && (unix.isEmpty() || Objects.equals(key, unix.get("fileKey")));
  }

  private <T> T unix(String name, Class<T> type, T otherwise) {
    Object value = unix.get(name);
    return value == null ? otherwise : type.cast(value);
  }

  @Override
  public int mode() {
    int mode = unix("mode", Integer.class, ModeBits.of(permissions()));
    if ((mode & ~ModeBits.MASK) != 0) {
      return mode;
    }
    int kind =
        isDirectory() ? ModeBits.S_IFDIR : isSymbolicLink() ? ModeBits.S_IFLNK : ModeBits.S_IFREG;
    return kind | mode;
  }

  @Override
  public int linkCount() {
    return unix("nlink", Integer.class, 1);
  }

  @Override
  public long inode() {
    Object key = basic.fileKey();
    return unix("ino", Long.class, key instanceof Number number ? number.longValue() : 0L);
  }

  @Override
  public long device() {
    return device;
  }

  @Override
  public int uid() {
    return unix("uid", Integer.class, Accounts.uid());
  }

  @Override
  public int gid() {
    return unix("gid", Integer.class, Accounts.gid());
  }

  @Override
  public FileTime changeTime() {
    return unix("ctime", FileTime.class, lastModifiedTime());
  }

  @Override
  public UserPrincipal owner() {
    return posix == null || posix.owner() == null ? Accounts.user() : posix.owner();
  }

  @Override
  public GroupPrincipal group() {
    return posix == null || posix.group() == null ? Accounts.group() : posix.group();
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    return posix == null
        ? PosixFilePermissions.fromString(isDirectory() ? "rwx------" : "rw-------")
        : posix.permissions();
  }

  @Override
  public FileTime lastModifiedTime() {
    return basic.lastModifiedTime();
  }

  @Override
  public FileTime lastAccessTime() {
    return basic.lastAccessTime();
  }

  @Override
  public FileTime creationTime() {
    return basic.creationTime();
  }

  @Override
  public boolean isRegularFile() {
    return basic.isRegularFile();
  }

  @Override
  public boolean isDirectory() {
    return basic.isDirectory();
  }

  @Override
  public boolean isSymbolicLink() {
    return basic.isSymbolicLink();
  }

  @Override
  public boolean isOther() {
    return basic.isOther();
  }

  @Override
  public long size() {
    return basic.size();
  }

  @Override
  public Object fileKey() {
    return new HostKey(device, Objects.requireNonNullElse(basic.fileKey(), real));
  }

  /**
   * Returns the flags, or null if the file has none or the host cannot read them. Skips a FIFO,
   * because the JDK opens the file and would block.
   */
  private @Nullable DosFileAttributes dos() {
    if (!dos || isSymbolicLink() || isOther()) {
      return null;
    }
    try {
      return HostFailure.checked(
          real, () -> Files.readAttributes(real, DosFileAttributes.class, options));
    } catch (IOException e) {
      return null;
    }
  }

  @Override
  public boolean isReadOnly() {
    DosFileAttributes flags = dos();
    return flags != null && flags.isReadOnly();
  }

  @Override
  public boolean isHidden() {
    DosFileAttributes flags = dos();
    return flags != null && flags.isHidden();
  }

  @Override
  public boolean isSystem() {
    DosFileAttributes flags = dos();
    return flags != null && flags.isSystem();
  }

  @Override
  public boolean isArchive() {
    DosFileAttributes flags = dos();
    return flags != null && flags.isArchive();
  }

  @Override
  public Storage storage() {
    return Storage.HOST;
  }

  @Override
  public long spoolThreshold() {
    return 0;
  }

  @Override
  public long maxFileSize() {
    return Long.MAX_VALUE;
  }

  @Override
  public long memoryBytes() {
    return 0;
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }
}
