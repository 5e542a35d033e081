package io.github.niotmp.tree;

import io.github.niotmp.account.Ownership;
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
 * A directory: names, and the files they name. Looking up and listing take no lock; what changes
 * the names holds {@link #lock}. The directories above it may be locked already, those below may
 * not.
 */
public final class Directory extends Node {
  /** What a directory gives as its size in bytes, as one does on most disks. */
  public static final long SIZE = 4096;

  private static final int S_IFDIR = 0040000;
  private static final int NO_SUBDIRECTORIES = 2;
  private static final int FEW = 2;

  /**
   * Stands under a name while the file it named gets its new one, or while it becomes one more name
   * of a file. Who finds it waits until that is over, and so never sees what is half done.
   */
  private static final Node PENDING =
      new Directory(
          0, 0, 0, new TreeContext(new NameQuota(0, NameQuota.Memory.UNLIMITED), null));

  /** Held by whoever changes the names. */
  final BriefLock lock = new BriefLock();

  /** Null as long as nothing was ever in it. */
  private volatile @Nullable Map<String, Node> children;

  /** Null as long as nobody watches. */
  private volatile @Nullable List<NameListener> listeners;

  /** The directory above and the name there; that of the root is the root itself. */
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
    return S_IFDIR;
  }

  @Override
  TreeContext context() {
    return context;
  }

  @Override
  boolean isReleased() {
    return removed;
  }

  /** Gives up a new directory that did not get its name. */
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

  /**
   * Returns the directory above; that of the root is the root, that of a removed one what it was.
   */
  public Directory parent() {
    return location.directory();
  }

  /** Returns what {@code name} names here, or null. The names "." and ".." are not looked for. */
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

  /** Says whether {@code name} names {@code node}, and is not being moved. */
  boolean names(String name, @Nullable Node node) {
    Map<String, Node> map = children;
    return map != null && map.get(name) == node;
  }

  /**
   * Adds a name for a node, and says what is in the way; the name has been counted by the node.
   *
   * @param path the name as the caller gave it, for the exception
   * @throws io.github.niotmp.TmpLimitException if there are as many names as may be, or the memory
   *     budget is used up
   * @throws IOException if the disk refused the files that should have left memory
   */
  public @Nullable Errno add(String name, Node node, TmpPath path) throws IOException {
    Errno early = inTheWayOf(name); // a name that exists takes no quota
    if (early != null) {
      return early;
    }
    countName(name, path);
    boolean added = false;
    lock.lock();
    try {
      Errno fault = inTheWayOf(name);
      if (fault == null) {
        put(name, node, after(node.changeTime())); // which was a moment ago
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

  /** Says what is in the way of a new name. The lock is held. */
  @Nullable Errno inTheWayOf(String name) {
    if (removed) {
      return Errno.NO_SUCH_FILE;
    }
    return child(name) != null ? Errno.EXISTS : refusalOfNew();
  }

  /** Says why no file can be made here, whatever its name, or null if one can. */
  public @Nullable Errno refusalOfNew() {
    if (removed) {
      return Errno.NO_SUCH_FILE;
    }
    return Access.allowed(this, Access.WRITE | Access.EXECUTE) ? null : Errno.ACCESS_DENIED;
  }

  /**
   * Counts one more name. The caller holds no lock of the tree, because files may have to leave
   * memory for it.
   *
   * @param path the new name, for the exception
   * @throws io.github.niotmp.TmpLimitException if there are as many as may be, or the memory budget
   *     is used up
   * @throws IOException if the disk refused the files that should have left memory
   */
  void countName(String name, TmpPath path) throws IOException {
    context.names().take(name, path);
  }

  /** Counts one name less. */
  void uncountName(String name) {
    context.names().give(name);
  }

  /**
   * Lets those who look for a name that has been counted wait until the lock, which is held, is
   * free. By then it is {@link #put} or {@link #giveUp given up}.
   */
  void mark(String name) {
    map().put(name, PENDING);
  }

  /** Gives up a name that was marked. */
  void giveUp(String name) {
    map().remove(name);
  }

  /**
   * Removes a name, and says what is in the way.
   *
   * @param directories whether a directory, which must be empty, may be removed
   * @param others whether anything but a directory may be
   * @throws IOException if what the file held could not be freed; it is gone
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

  /** Lets nothing into this directory any more, if it is empty; the lock of its parent is held. */
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
   * Ends a name as a handle opened by it closes, unless another handle will do it. The permission
   * to do so was given with the handle, so it isn't asked for again.
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

  /** Adds a name that has been counted, and has nothing in its way. The lock is held. */
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
    long time = after(now); // a clock that throws changes nothing
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
   * Returns {@code time}, unless this directory changed since: it would not show this change. The
   * clock takes long to look at, with the lock held.
   */
  private long after(long time) {
    return time <= changeTime() ? now() : time;
  }

  /**
   * Moves {@code node} to another directory or name, in place of {@code replaced}. Both locks are
   * held, and all has been checked; the name of what is replaced has still to be counted off.
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
        source.put(name, node); // no memory to enlarge the map: nothing happened
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

  /** Forgets all names, so that everything below can be collected while somebody holds this one. */
  void clear() {
    lock.lock();
    try {
      removed = true;
      children = null;
    } finally {
      lock.unlock();
    }
  }

  /** Tells {@code listener} of changes; false if the directory was removed. */
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

  /** Tells {@code listener} no more. */
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

  /** Tells those who watch this directory that the file behind {@code name} changed. */
  public void reportModified(String name) {
    List<NameListener> list = listeners;
    if (list != null) {
      list.forEach(listener -> listener.modified(name));
    }
  }

  /** Tells those who watch the directory above that this one changed. */
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
