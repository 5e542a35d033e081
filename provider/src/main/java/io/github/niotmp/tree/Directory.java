package io.github.niotmp.tree;

import io.github.niotmp.account.Ownership;
import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.lock.BriefLock;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A directory: a map of names to nodes. Look-ups and listings take no lock, unless a look-up finds
 * {@link #PENDING}; a thread that changes names, listeners or {@code removed} holds {@link #lock}.
 * It may hold the locks of directories above, but not of those below.
 */
public final class Directory extends Node {
  /** The size of a directory in bytes, as on most disks. */
  public static final long SIZE = 4096;

  private static final int NO_SUBDIRECTORIES = 2;
  private static final int FEW = 2;

  /**
   * The marker under a name while a rename moves its file, or while a hard link is made. A look-up
   * that finds it waits for the lock, and so never sees half of the operation.
   */
  private static final Node PENDING =
      new Directory(0, 0, 0, new TreeContext(new NameQuota(0, NameQuota.Memory.UNLIMITED), null));

  /** Guards changes of the names, the listeners and {@code removed}. */
  final BriefLock lock = new BriefLock();

  /** Null until the first name is added. */
  private volatile @Nullable Map<String, Node> children;

  /** Null while no listener is registered. */
  private volatile @Nullable List<NameListener> listeners;

  /** The parent and the name in it; the root is its own parent. */
  private volatile DirectoryEntry location;

  private volatile int links = NO_SUBDIRECTORIES;
  private volatile boolean removed;

  private final TreeContext context;

  Directory(long inode, long created, int permissions, TreeContext context) {
    super(inode, created, permissions);
    this.context = context;
    location = new DirectoryEntry(this, "");
  }

  @Override
  int kind() {
    return ModeBits.S_IFDIR;
  }

  @Override
  TreeContext context() {
    return context;
  }

  @Override
  boolean isReleased() {
    return removed;
  }

  /** Frees a new directory that could not be added. */
  public void discard() {
    freeAttributes();
  }

  @Override
  public int linkCount() {
    return links;
  }

  @Override
  public void setPermissions(int bits) {
    context.changes().begin();
    try {
      super.setPermissions(bits);
    } finally {
      context.changes().end();
    }
  }

  @Override
  public void clearPermissions(int bits) {
    context.changes().begin();
    try {
      super.clearPermissions(bits);
    } finally {
      context.changes().end();
    }
  }

  @Override
  public void changeOwnership(UnaryOperator<Ownership> change) {
    context.changes().begin();
    try {
      super.changeOwnership(change);
    } finally {
      context.changes().end();
    }
  }

  /** Returns the parent. The root is its own parent; a removed directory keeps its last one. */
  public Directory parent() {
    return location.directory();
  }

  /** Returns the node with a name, or null. Does not know "." and "..". */
  public @Nullable Node child(String name) {
    Map<String, Node> map = children;
    if (map == null) {
      return null;
    }
    Node node = map.get(name);
    return node == PENDING ? settledChild(map, name) : node;
  }

  private @Nullable Node settledChild(Map<String, Node> map, String name) {
    lock.lock();
    try {
      return map.get(name);
    } finally {
      lock.unlock();
    }
  }

  /** Returns the names, weakly consistent and in no order. */
  public Iterator<String> names() {
    Map<String, Node> map = children;
    return map == null
        ? Collections.emptyIterator()
        : Collections.unmodifiableSet(map.keySet()).iterator();
  }

  boolean isEmpty() {
    Map<String, Node> map = children;
    return map == null || map.isEmpty();
  }

  /** Returns the absolute path, or null if the directory was removed. */
  public @Nullable String path() {
    Deque<String> names = new ArrayDeque<>();
    Directory here = this;
    for (DirectoryEntry at = location; at.directory() != here; at = here.location) {
      if (here.removed) {
        return null;
      }
      names.addFirst(at.name());
      here = at.directory();
    }
    return "/" + String.join("/", names);
  }

  /** Says whether {@code name} names {@code node}, and no rename is moving it. */
  boolean names(String name, @Nullable Node node) {
    Map<String, Node> map = children;
    return map != null && map.get(name) == node;
  }

  /**
   * Adds a name for a node, which has counted it already. Returns the reason if it cannot.
   *
   * @param path the name as the caller gave it, for the exception
   * @throws io.github.niotmp.TmpLimitException if the limit of names or the memory budget is
   *     reached
   * @throws IOException if evicting other files to the disk failed
   */
  public @Nullable Errno add(String name, Node node, TmpPath path) throws IOException {
    Errno early = inTheWayOf(name); // an existing name takes no quota
    if (early != null) {
      return early;
    }
    countName(name, path);
    boolean added = false;
    lock.lock();
    try {
      Errno fault = inTheWayOf(name);
      if (fault == null) {
        put(name, node, after(node.changeTime())); // the node is new
        added = true;
      }
      return fault;
    } finally {
      lock.unlock();
      if (!added) {
        uncountName(name);
      }
    }
  }

  /** Returns the reason why a name cannot be added, or null. The caller holds the lock. */
  @Nullable Errno inTheWayOf(String name) {
    if (removed) {
      return Errno.NO_SUCH_FILE;
    }
    return child(name) != null ? Errno.EXISTS : refusalOfNew();
  }

  /** Returns the reason why no file can be created in this directory, or null. */
  public @Nullable Errno refusalOfNew() {
    if (removed) {
      return Errno.NO_SUCH_FILE;
    }
    return Access.allowed(this, Access.WRITE | Access.EXECUTE) ? null : Errno.ACCESS_DENIED;
  }

  /**
   * Counts one more name. The caller holds no lock of the tree, because this may evict files.
   *
   * @param path the new name, for the exception
   * @throws io.github.niotmp.TmpLimitException if the limit of names or the memory budget is
   *     reached
   * @throws IOException if evicting other files to the disk failed
   */
  void countName(String name, TmpPath path) throws IOException {
    context.names().take(name, path);
  }

  /** Counts one name less. */
  void uncountName(String name) {
    context.names().give(name);
  }

  /**
   * Puts the PENDING marker under a counted name. Look-ups of the name wait until the caller, which
   * holds the lock, has called {@link #put} or {@link #giveUp} and unlocked.
   */
  void mark(String name) {
    map().put(name, PENDING);
  }

  /** Removes the PENDING marker. */
  void giveUp(String name) {
    map().remove(name);
  }

  /**
   * Removes a name. Returns the reason if it cannot.
   *
   * @param directories whether a directory, which must be empty, may be removed
   * @param others whether a file of another kind may be
   * @throws IOException if freeing the content of the file failed; the name is removed
   */
  public @Nullable Errno remove(String name, boolean directories, boolean others)
      throws IOException {
    Node node;
    long now = now();
    lock.lock();
    try {
      node = child(name);
      if (node == null) {
        return Errno.NO_SUCH_FILE;
      }
      Errno fault = refusal(node, directories, others);
      if (fault != null) {
        return fault;
      }
      unlink(name, node, now);
    } finally {
      lock.unlock();
    }
    if (node instanceof LinkableNode leaf) {
      leaf.dropName();
    }
    return null;
  }

  private @Nullable Errno refusal(Node node, boolean directories, boolean others) {
    if (!Access.allowed(this, Access.WRITE | Access.EXECUTE)) {
      return Errno.ACCESS_DENIED;
    }
    if (node instanceof Directory directory) {
      if (!directories) {
        return Errno.IS_A_DIRECTORY;
      }
      return directory.closeForever() ? null : Errno.NOT_EMPTY;
    }
    return others ? null : Errno.NOT_A_DIRECTORY;
  }

  /**
   * Marks an empty directory as removed, so that no thread adds a name any more. Returns false if
   * it is not empty. The caller holds the lock of the parent.
   */
  boolean closeForever() {
    lock.lock();
    try {
      if (!isEmpty()) {
        return false;
      }
      removed = true;
      freeAttributes();
      links = 0;
      List<NameListener> told = listeners;
      listeners = null;
      if (told != null) {
        told.forEach(NameListener::gone);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Removes the name of a closing handle, unless another handle will remove it. The permission was
   * checked on opening.
   */
  static void removeOnClose(RegularFile file, OpenedEntry openName) throws IOException {
    DirectoryEntry location = openName.location();
    while (location != null && !location.directory().removeOnClose(file, openName, location)) {
      location = openName.location();
    }
  }

  private boolean removeOnClose(RegularFile file, OpenedEntry openName, DirectoryEntry at)
      throws IOException {
    lock.lock();
    try {
      if (!at.equals(openName.location())) {
        return false;
      }
      file.untrack(openName);
      if (file.deletedOnClose(at) || child(at.name()) != file) {
        return true;
      }
      unlink(at.name(), file, now());
    } finally {
      lock.unlock();
    }
    file.dropName();
    return true;
  }

  /** Adds a name that is counted and checked. The caller holds the lock. */
  void put(String name, Node node) {
    put(name, node, now());
  }

  private void put(String name, Node node, long now) {
    if (node instanceof Directory directory) {
      directory.location = new DirectoryEntry(this, name);
      addLinks(1);
    }
    map().put(name, node);
    modified(now);
    reportCreated(name);
  }

  private void unlink(String name, Node node, long now) {
    long time = after(now); // before the changes, as the clock may throw
    if (node instanceof Directory) {
      addLinks(-1);
    } else if (node instanceof RegularFile file) {
      file.nameMoved(new DirectoryEntry(this, name), null);
    }
    map().remove(name);
    uncountName(name);
    modified(time);
    reportDeleted(name);
  }

  /**
   * Returns {@code time}, or the time now if this directory has changed since {@code time}, so that
   * its change time shows this change. This reads the slow clock under the lock only if necessary.
   */
  private long after(long time) {
    return time <= changeTime() ? now() : time;
  }

  /**
   * Moves {@code node} to another directory or name, and replaces {@code replaced}. The caller
   * holds both locks and has made all checks. This method uncounts the name of {@code replaced}.
   */
  void move(String name, Node node, Directory target, String newName, @Nullable Node replaced) {
    if (node instanceof Directory) {
      context.changes().begin();
      try {
        moveCounted(name, node, target, newName, replaced);
      } finally {
        context.changes().end();
      }
    } else {
      moveCounted(name, node, target, newName, replaced);
    }
  }

  private void moveCounted(
      String name, Node node, Directory target, String newName, @Nullable Node replaced) {
    DirectoryEntry from = new DirectoryEntry(this, name);
    DirectoryEntry to = new DirectoryEntry(target, newName);
    long now = now();
    Map<String, Node> source = map();
    source.put(name, PENDING);
    boolean moved = false;
    try {
      target.map().put(newName, node);
      moved = true;
    } finally {
      if (!moved) {
        source.put(name, node); // undo: no memory to enlarge the map
      }
    }
    if (replaced != null) {
      target.uncountName(newName);
    }
    if (replaced instanceof Directory) {
      target.addLinks(-1);
    } else if (replaced instanceof RegularFile file) {
      file.nameMoved(to, null);
    }
    if (node instanceof Directory directory) {
      directory.location = to;
      addLinks(-1);
      target.addLinks(1);
    } else if (node instanceof RegularFile file) {
      file.nameMoved(from, to);
    }
    source.remove(name);
    node.changed(now);
    modified(now);
    target.modified(now);
    reportDeleted(name);
    target.reportCreated(newName);
  }

  /** Says whether this directory lies in {@code other}, at any depth. */
  boolean isBelow(Directory other) {
    Directory here = this;
    for (Directory above = parent(); above != here; above = here.parent()) {
      if (above == other) {
        return true;
      }
      here = above;
    }
    return false;
  }

  boolean isRemoved() {
    return removed;
  }

  /** Drops all names, so that the nodes below can be collected while a caller holds this one. */
  void clear() {
    lock.lock();
    try {
      removed = true;
      children = null;
    } finally {
      lock.unlock();
    }
  }

  /** Adds a listener. Returns false if the directory was removed. */
  public boolean addListener(NameListener listener) {
    lock.lock();
    try {
      if (removed) {
        return false;
      }
      List<NameListener> list = listeners;
      if (list == null) {
        list = new CopyOnWriteArrayList<>();
        listeners = list;
      }
      list.add(listener);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Removes a listener. */
  public void removeListener(NameListener listener) {
    lock.lock();
    try {
      List<NameListener> list = listeners;
      if (list != null) {
        list.remove(listener);
        if (list.isEmpty()) {
          listeners = null;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Tells the listeners of this directory that the file behind {@code name} changed. */
  public void reportModified(String name) {
    List<NameListener> list = listeners;
    if (list != null) {
      list.forEach(listener -> listener.modified(name));
    }
  }

  /** Tells the listeners of the parent that this directory changed. */
  public void reportSelfModified() {
    DirectoryEntry at = location;
    if (at.directory() != this && !removed) {
      at.directory().reportModified(at.name());
    }
  }

  private void reportCreated(String name) {
    List<NameListener> list = listeners;
    if (list != null) {
      list.forEach(listener -> listener.created(name));
    }
  }

  private void reportDeleted(String name) {
    List<NameListener> list = listeners;
    if (list != null) {
      list.forEach(listener -> listener.deleted(name));
    }
  }

  private Map<String, Node> map() {
    Map<String, Node> map = children;
    if (map == null) {
      map = new ConcurrentHashMap<>(FEW);
      children = map;
    }
    return map;
  }

  private void addLinks(int more) {
    int now = links;
    links = now + more;
  }
}
