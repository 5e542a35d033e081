package io.github.niotmp.volume.spooled;

import io.github.niotmp.content.ContentState;
import io.github.niotmp.content.FileContent;
import io.github.niotmp.tree.RareAttributes;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.tree.SymbolicLink;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.ModeBits;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The attributes of a node as they were at one moment. */
final class SpooledAttributes implements FileAttributes {
  private static final int S_IFMT = 0170000;
  private static final int S_IFDIR = 0040000;
  private static final int S_IFREG = 0100000;
  private static final int S_IFLNK = 0120000;

  private final long device;
  private final long inode;
  private final int mode;
  private final int linkCount;
  private final long modified;
  private final long created;
  private final long changed;
  private final RareAttributes rare;
  private final ContentState content;
  private final Lifetime lifetime;

  /**
   * Reads the attributes.
   *
   * @throws ClosedChannelException if the file was given up meanwhile
   */
  SpooledAttributes(Node node, SpooledVolume volume) throws IOException {
    device = volume.device();
    inode = node.inode();
    linkCount = node.linkCount();
    created = node.creationTime(); // before the rare ones, for the access time
    rare = node.rare();
    content = contentOf(node, volume);
    int shown = content.permissions();
    mode = shown < 0 ? node.mode() : (node.mode() & ~ModeBits.PERMISSIONS) | shown;
    lifetime =
        node instanceof RegularFile file && file.goesWithHandles()
            ? Lifetime.HANDLE
            : volume.lifetime();
    modified = content.modified() == Long.MIN_VALUE ? node.modifiedTime() : content.modified();
    changed = Math.max(node.changeTime(), content.modified());
  }

  private static ContentState contentOf(Node node, SpooledVolume volume) throws IOException {
    if (node instanceof RegularFile file) {
      FileContent content = file.content();
      return content == null ? volume.emptyFile() : content.state();
    }
    return node instanceof SymbolicLink link
        ? volume.inMemory(link.targetBytes())
        : volume.anyDirectory();
  }

  @Override
  public int mode() {
    return mode;
  }

  @Override
  public int linkCount() {
    return linkCount;
  }

  @Override
  public long inode() {
    return inode;
  }

  @Override
  public long device() {
    return device;
  }

  @Override
  public int uid() {
    return rare.ownership().uid();
  }

  @Override
  public int gid() {
    return rare.ownership().gid();
  }

  @Override
  public UserPrincipal owner() {
    return rare.ownership().user();
  }

  @Override
  public GroupPrincipal group() {
    return rare.ownership().group();
  }

  @Override
  public Set<PosixFilePermission> permissions() {
    return ModeBits.toPermissions(mode);
  }

  @Override
  public FileTime lastModifiedTime() {
    return time(modified);
  }

  @Override
  public FileTime lastAccessTime() {
    return time(rare.accessTime(created));
  }

  @Override
  public FileTime creationTime() {
    return time(created);
  }

  @Override
  public FileTime changeTime() {
    return time(changed);
  }

  private static FileTime time(long nanoseconds) {
    return FileTime.from(nanoseconds, TimeUnit.NANOSECONDS);
  }

  @Override
  public boolean isRegularFile() {
    return (mode & S_IFMT) == S_IFREG;
  }

  @Override
  public boolean isDirectory() {
    return (mode & S_IFMT) == S_IFDIR;
  }

  @Override
  public boolean isSymbolicLink() {
    return (mode & S_IFMT) == S_IFLNK;
  }

  @Override
  public boolean isOther() {
    return false;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public Object fileKey() {
    return new FileKey(device, inode);
  }

  @Override
  public boolean isReadOnly() {
    return (rare.dosFlags() & Node.DOS_READ_ONLY) != 0;
  }

  @Override
  public boolean isHidden() {
    return (rare.dosFlags() & Node.DOS_HIDDEN) != 0;
  }

  @Override
  public boolean isSystem() {
    return (rare.dosFlags() & Node.DOS_SYSTEM) != 0;
  }

  @Override
  public boolean isArchive() {
    return (rare.dosFlags() & Node.DOS_ARCHIVE) != 0;
  }

  @Override
  public Storage storage() {
    return content.storage();
  }

  @Override
  public long spoolThreshold() {
    return content.spoolThreshold();
  }

  @Override
  public long maxFileSize() {
    return content.maxFileSize();
  }

  @Override
  public long memoryBytes() {
    return content.memoryBytes();
  }

  @Override
  public Lifetime lifetime() {
    return lifetime;
  }
}
