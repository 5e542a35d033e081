package io.github.niotmp.volume.spooled;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.account.Ownership;
import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Access;
import io.github.niotmp.tree.Directory;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.tree.SymbolicLink;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The changes of a node's attributes, with the permission checks of the default provider on Linux.
 */
final class AttributeChanges {
  private static final int UNKNOWN = -1;
  private static final int GROUP_EXECUTE = 010;

  private AttributeChanges() {}

  /**
   * Sets the initial attributes of a node that no other thread sees yet, without checking its
   * permissions. Takes the umask off the mode, as the host does. A node in a set-gid directory gets
   * the group of that directory; a new directory becomes set-gid too.
   *
   * @param parent the future directory of the node
   */
  static void applyInitial(Node node, Directory parent, List<AttributeChange> changes, TmpPath path)
      throws IOException {
    boolean inherits = (parent.permissions() & ModeBits.S_ISGID) != 0;
    if (inherits) {
      inheritGroup(node, parent);
    }
    for (AttributeChange change : changes) {
      if (isSpooling(change) && !(node instanceof RegularFile)) {
        throw new UnsupportedOperationException(
            "'tmp:spoolThreshold', 'tmp:maxFileSize' and 'tmp:rolledOver' not supported as initial "
                + "attributes of directories");
      }
      make(node, change instanceof AttributeChange.Mode mode ? mode.lessUmask() : change, path);
    }
    if (inherits && node instanceof Directory) {
      node.setPermissions(node.permissions() | ModeBits.S_ISGID);
    }
  }

  private static void inheritGroup(Node node, Directory parent) {
    Ownership given = parent.ownership();
    if (given.gid() != node.ownership().gid()) {
      node.changeOwnership(own -> own.withGroup(given.group(), given.gid()));
    }
  }

  /**
   * Clears the set-id bits of a file after a change of its bytes, as Linux does unless root changes
   * them. Otherwise the new bytes would run with the rights of the old ones.
   */
  static void clearSetIds(RegularFile file) {
    int bits = file.permissions();
    int lent =
        bits
            & ((bits & GROUP_EXECUTE) != 0
                ? ModeBits.S_ISUID | ModeBits.S_ISGID
                : ModeBits.S_ISUID);
    if (lent != 0 && !Accounts.isRoot()) {
      file.clearPermissions(lent);
    }
  }

  /**
   * Makes one change; {@code path} is for exceptions.
   *
   * @param granted the access that was checked already
   */
  static void apply(Node node, AttributeChange change, TmpPath path, int granted)
      throws IOException {
    if (change instanceof AttributeChange.Times) {
      if (!(node instanceof SymbolicLink)) {
        requireAccess(node, path, Access.READ & ~granted);
      }
    } else if (change instanceof AttributeChange.Mode) {
      requireNoLink(node, path);
    } else if (change instanceof AttributeChange.Dos) {
      requireNoLink(node, path);
      requireAccess(node, path, (Access.READ | Access.WRITE) & ~granted);
    } else if (change instanceof AttributeChange.User user) {
      requireNoLink(node, path);
      requireAccess(node, path, Access.READ & ~granted);
      boolean writable = Access.allowed(node, Access.WRITE & ~granted);
      UserAttributes.set(node, user, writable, path);
      return;
    } else if (isSpooling(change)) {
      requireAccess(node, path, Access.WRITE & ~granted);
    }
    make(node, change, path);
  }

  /** Makes any change but that of a user-defined attribute. */
  private static void make(Node node, AttributeChange change, TmpPath path) throws IOException {
    if (change instanceof AttributeChange.Times times) {
      setTimes(node, times, path);
    } else if (change instanceof AttributeChange.Mode mode) {
      node.setPermissions(mode.bits());
      Spooling.showPermissions(node, path);
    } else if (change instanceof AttributeChange.Owner owner) {
      Integer uid = owner.owner() == null ? null : uidOf(owner.owner(), path);
      Integer gid = owner.group() == null ? null : gidOf(owner.group(), path);
      setOwner(node, uid, gid, path);
    } else if (change instanceof AttributeChange.OwnerId owner) {
      setOwner(node, owner.uid(), owner.gid(), path);
    } else if (change instanceof AttributeChange.Dos dos) {
      setDosFlags(node, dos);
    } else if (change instanceof AttributeChange.SpoolThreshold threshold) {
      Spooling.setThreshold(node, threshold.bytes(), path);
    } else if (change instanceof AttributeChange.MaxFileSize size) {
      Spooling.setMaxFileSize(node, size.bytes(), path);
    } else { // RollOver
      Spooling.rollOver(node, path);
    }
  }

  private static boolean isSpooling(AttributeChange change) {
    return change instanceof AttributeChange.SpoolThreshold
        || change instanceof AttributeChange.MaxFileSize
        || change instanceof AttributeChange.RollOver;
  }

  /**
   * Requires read permission, because the default provider opens the file to read or change these
   * attributes.
   */
  static void requireReadable(Node node, TmpPath path) throws FileSystemException {
    requireNoLink(node, path);
    requireAccess(node, path, Access.READ);
  }

  private static void requireNoLink(Node node, TmpPath path) throws FileSystemException {
    if (node instanceof SymbolicLink) {
      throw Errno.TOO_MANY_LINKS.at(path);
    }
  }

  private static void requireAccess(Node node, TmpPath path, int wanted)
      throws FileSystemException {
    if (!Access.allowed(node, wanted)) {
      throw Errno.ACCESS_DENIED.at(path);
    }
  }

  private static void setTimes(Node node, AttributeChange.Times times, TmpPath path)
      throws IOException {
    if (times.created() != null) {
      node.setCreationTime(nanoseconds(times.created()));
    }
    if (times.accessed() != null) {
      node.setAccessTime(nanoseconds(times.accessed()));
    }
    if (times.modified() != null) {
      node.setModifiedTime(nanoseconds(times.modified()));
      Spooling.showModified(node, path);
    }
  }

  /** Times before 1677 and after 2262 become the nearest that 64 bits can hold. */
  private static long nanoseconds(FileTime time) {
    return time.to(TimeUnit.NANOSECONDS);
  }

  private static int uidOf(UserPrincipal user, TmpPath path) throws IOException {
    int uid = Accounts.uidOf(user);
    if (uid == UNKNOWN && !user.equals(Accounts.user())) {
      throw new FileSystemException(path.toString(), null, "Unknown user " + user.getName());
    }
    return uid;
  }

  private static int gidOf(GroupPrincipal group, TmpPath path) throws IOException {
    int gid = Accounts.gidOf(group);
    if (gid == UNKNOWN && !group.equals(Accounts.group())) {
      throw new FileSystemException(path.toString(), null, "Unknown group " + group.getName());
    }
    return gid;
  }

  /**
   * Sets the owner and the group. Only root may change them; a process that is not root owns all
   * files.
   */
  private static void setOwner(
      Node node, @Nullable Integer uid, @Nullable Integer gid, TmpPath path) throws IOException {
    Ownership before = node.ownership();
    boolean same = (uid == null || uid == before.uid()) && (gid == null || gid == before.gid());
    if (!same && !Accounts.isRoot()) {
      throw Errno.NOT_PERMITTED.at(path);
    }
    node.changeOwnership(toUser(uid).andThen(toGroup(gid))::apply);
    if (!(node instanceof Directory)) { // the new owner has not granted his rights
      boolean lendsGroup = (permissionsOf(node) & GROUP_EXECUTE) != 0;
      node.clearPermissions(lendsGroup ? ModeBits.S_ISUID | ModeBits.S_ISGID : ModeBits.S_ISUID);
    }
  }

  private static int permissionsOf(Node node) {
    return node instanceof RegularFile file ? file.permissionsNow() : node.permissions();
  }

  private static UnaryOperator<Ownership> toUser(@Nullable Integer uid) throws IOException {
    if (uid == null) {
      return UnaryOperator.identity();
    }
    UserPrincipal user = Accounts.ofUid(uid);
    int number = uid;
    return old -> old.withUser(user, number);
  }

  private static UnaryOperator<Ownership> toGroup(@Nullable Integer gid) throws IOException {
    if (gid == null) {
      return UnaryOperator.identity();
    }
    GroupPrincipal group = Accounts.ofGid(gid);
    int number = gid;
    return old -> old.withGroup(group, number);
  }

  private static void setDosFlags(Node node, AttributeChange.Dos dos) {
    node.setDosFlags(chosen(dos, false), chosen(dos, true));
  }

  private static int chosen(AttributeChange.Dos dos, boolean value) {
    return flag(dos.readOnly(), value, Node.DOS_READ_ONLY)
        | flag(dos.hidden(), value, Node.DOS_HIDDEN)
        | flag(dos.system(), value, Node.DOS_SYSTEM)
        | flag(dos.archive(), value, Node.DOS_ARCHIVE);
  }

  private static int flag(@Nullable Boolean chosen, boolean value, int bit) {
    return chosen != null && chosen == value ? bit : 0;
  }
}
