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
 * A file of any kind, with or without a name. Times are nanoseconds since the epoch.
 *
 * <p>Reading a file does not set its access time, as with the mount option {@code noatime}: readers
 * would all write the same field, and hardly anybody looks. It is the time of creation until
 * somebody sets it.
 *
 * <p>Each attribute is changed in one step; readers take no lock.
 */
public abstract sealed class Node permits Directory, LinkableNode {
  /** The DOS flag "read-only". As on Linux, it binds nobody. */
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

  /** Returns what this node shares with all nodes of the tree. */
  abstract TreeContext context();

  /** Says whether the node is gone for good: no name leads to it, and no handle is open. */
  abstract boolean isReleased();

  /** Returns the bits of {@code st_mode} that say what kind of file this is. */
  abstract int kind();

  /** Returns the number of names. */
  public abstract int linkCount();

  /** Returns a number no other node of the tree has or had. */
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

  /** Clears permission, set-id and sticky bits, and leaves the others to whoever sets them. */
  public void clearPermissions(int bits) {
    PERMISSION_BITS.updateAndGet(this, old -> old & ~bits);
    changed(now());
  }

  /** Returns whom this belongs to. */
  public Ownership ownership() {
    return rare.ownership();
  }

  /** Changes whom this belongs to; {@code change} is called once or more. */
  public void changeOwnership(UnaryOperator<Ownership> change) {
    updateExtras(old -> old.withOwnership(change.apply(old.ownership())));
    changed(now());
  }

  /** Returns when the file was made. */
  public long creationTime() {
    return creationTime;
  }

  /** Returns when the bytes, or the names in a directory, last changed. */
  public long modifiedTime() {
    return modifiedTime;
  }

  /** Returns when anything about the file last changed. */
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

  /** Notes that the bytes, or the names in a directory, changed. */
  public void modified(long now) {
    MODIFIED_TIME.lazySet(this, now); // each write does so, and need not wait for other cores
    CHANGE_TIME.lazySet(this, now);
  }

  /** Notes that something changed other than the bytes. */
  void changed(long now) {
    changeTime = now;
  }

  /** Returns what only some nodes have, as it is at this moment. */
  public RareAttributes rare() {
    return rare;
  }

  /** Clears some DOS flags and sets others. */
  public void setDosFlags(int clear, int set) {
    updateExtras(old -> old.withDosFlags(clear, set));
    changed(now());
  }

  /** Returns the names of the user-defined attributes, as they are at this moment. */
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
   * @throws io.github.niotmp.TmpLimitException if the memory budget is used up
   * @throws IOException if the disk refused the files that should have left memory
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

  /** Forgets the user-defined attributes of a node that is gone, and gives their memory back. */
  final void freeAttributes() {
    if (rare.userAttributes().isEmpty()) {
      return;
    }
    RareAttributes before = EXTRAS.getAndUpdate(this, RareAttributes::withoutUserAttributes);
    before
        .userAttributes()
        .forEach(
            (name, value) -> context().names().releaseMemory(NameQuota.sizeOfAttribute(name, value)));
  }

  private void updateExtras(UnaryOperator<RareAttributes> change) {
    EXTRAS.updateAndGet(this, change);
  }
}
