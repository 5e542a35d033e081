package io.github.niotmp.tree;

import io.github.niotmp.account.Ownership;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A file of any kind (an inode), with or without a name. Times are nanoseconds since the epoch.
 *
 * <p>Reading a file does not set its access time, as with the mount option {@code noatime}, because
 * all readers would write the same field. The access time is the creation time until a caller sets
 * it.
 *
 * <p>A thread changes each attribute atomically; readers take no lock.
 */
public abstract sealed class Node permits Directory, LinkableNode {
  /** The DOS flag "read-only". As on Linux, it has no effect. */
  public static final int DOS_READ_ONLY = 0x01;

  /** The DOS flag "hidden". */
  public static final int DOS_HIDDEN = 0x02;

  /** The DOS flag "system". */
  public static final int DOS_SYSTEM = 0x04;

  /** The DOS flag "archive". */
  public static final int DOS_ARCHIVE = 0x20;

  /** The permission, set-id and sticky bits of a mode. */
  public static final int PERMISSIONS = 07777;

  private static final AtomicReferenceFieldUpdater<Node, RareAttributes> EXTRAS =
      AtomicReferenceFieldUpdater.newUpdater(Node.class, RareAttributes.class, "rare");

  private static final AtomicIntegerFieldUpdater<Node> PERMISSION_BITS =
      AtomicIntegerFieldUpdater.newUpdater(Node.class, "permissions");

  private static final AtomicLongFieldUpdater<Node> MODIFIED_TIME =
      AtomicLongFieldUpdater.newUpdater(Node.class, "modifiedTime");

  private static final AtomicLongFieldUpdater<Node> CHANGE_TIME =
      AtomicLongFieldUpdater.newUpdater(Node.class, "changeTime");

  private final long inode;
  private volatile long creationTime;
  private volatile long modifiedTime;
  private volatile long changeTime;
  private volatile int permissions;
  private volatile RareAttributes rare = RareAttributes.NONE;

  Node(long inode, long created, int permissions) {
    this.inode = inode;
    creationTime = created;
    modifiedTime = created;
    changeTime = created;
    this.permissions = permissions & PERMISSIONS;
  }

  /** Returns the time now, by the clock of the tree. */
  public final long now() {
    return context().now();
  }

  /** Returns the objects that all nodes of the tree share. */
  abstract TreeContext context();

  /** Says whether the node was released: it has no name and no open handle. */
  abstract boolean isReleased();

  /** Returns the file type bits of {@code st_mode}. */
  abstract int kind();

  /** Returns the number of names. */
  public abstract int linkCount();

  /** Returns a number that no other node of the tree has or had. */
  public long inode() {
    return inode;
  }

  /** Returns the kind and permissions, as {@code st_mode} has them. */
  public int mode() {
    return kind() | permissions;
  }

  /** Returns the permission, set-id and sticky bits. */
  public int permissions() {
    return permissions;
  }

  /** Sets the permission, set-id and sticky bits. */
  public void setPermissions(int bits) {
    permissions = bits & PERMISSIONS;
    changed(now());
  }

  /**
   * Clears permission, set-id and sticky bits atomically; keeps concurrent changes of the others.
   */
  public void clearPermissions(int bits) {
    PERMISSION_BITS.updateAndGet(this, old -> old & ~bits);
    changed(now());
  }

  /** Returns the owner and the group. */
  public Ownership ownership() {
    return rare.ownership();
  }

  /** Changes the owner and the group. May call {@code change} more than once. */
  public void changeOwnership(UnaryOperator<Ownership> change) {
    updateExtras(old -> old.withOwnership(change.apply(old.ownership())));
    changed(now());
  }

  /** Returns the creation time. */
  public long creationTime() {
    return creationTime;
  }

  /** Returns the time of the last change of the bytes, or of a directory's names. */
  public long modifiedTime() {
    return modifiedTime;
  }

  /** Returns the time of the last change of bytes, names or attributes. */
  public long changeTime() {
    return changeTime;
  }

  /** Sets the time of creation. */
  public void setCreationTime(long time) {
    long before = creationTime;
    updateExtras(old -> old.withAccessTime(old.accessTime(before)));
    creationTime = time;
    changed(now());
  }

  /** Sets the time of the last modification. */
  public void setModifiedTime(long time) {
    modifiedTime = time;
    changed(now());
  }

  /** Sets the access time. */
  public void setAccessTime(long time) {
    updateExtras(old -> old.withAccessTime(time));
    changed(now());
  }

  /** Sets the times after a change of the bytes, or of a directory's names. */
  public void modified(long now) {
    MODIFIED_TIME.lazySet(this, now); // lazy: a write need not wait for other cores
    CHANGE_TIME.lazySet(this, now);
  }

  /** Sets the change time after another change than of the bytes. */
  void changed(long now) {
    changeTime = now;
  }

  /** Returns a snapshot of the rare attributes. */
  public RareAttributes rare() {
    return rare;
  }

  /** Clears some DOS flags and sets others. */
  public void setDosFlags(int clear, int set) {
    updateExtras(old -> old.withDosFlags(clear, set));
    changed(now());
  }

  /** Returns a snapshot of the names of the user-defined attributes. */
  public Set<String> userAttributes() {
    return rare.userAttributes().keySet();
  }

  /** Returns the value of a user-defined attribute, not a copy, or null if there is none. */
  public byte @Nullable [] userAttribute(String name) {
    return rare.userAttributes().get(name);
  }

  /**
   * Sets a user-defined attribute to {@code value}, which is not copied, or removes it if null.
   *
   * @param path the node, for the exception
   * @throws io.github.niotmp.TmpLimitException if the memory budget is reached
   * @throws IOException if evicting other files to the disk failed
   */
  public void setUserAttribute(String name, byte @Nullable [] value, TmpPath path)
      throws IOException {
    long needed = value == null ? 0 : NameQuota.sizeOfAttribute(name, value);
    context().names().acquireMemory(needed, path);
    RareAttributes before = EXTRAS.getAndUpdate(this, old -> old.withUserAttribute(name, value));
    byte[] replaced = before.userAttributes().get(name);
    if (replaced != null) {
      context().names().releaseMemory(NameQuota.sizeOfAttribute(name, replaced));
    }
    changed(now());
    if (isReleased()) {
      freeAttributes();
    }
  }

  /** Removes the user-defined attributes of a released node, and releases their memory. */
  final void freeAttributes() {
    if (rare.userAttributes().isEmpty()) {
      return;
    }
    RareAttributes before = EXTRAS.getAndUpdate(this, RareAttributes::withoutUserAttributes);
    before
        .userAttributes()
        .forEach(
            (name, value) ->
                context().names().releaseMemory(NameQuota.sizeOfAttribute(name, value)));
  }

  private void updateExtras(UnaryOperator<RareAttributes> change) {
    EXTRAS.updateAndGet(this, change);
  }
}
