package io.github.niotmp.tree;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.content.ContentStore;
import io.github.niotmp.content.FileContent;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A tree of directories, files and links: its root, and what concerns more than one directory.
 *
 * <p>Locks go downwards: a directory before those below it. A move between two directories holds,
 * before theirs, the one lock that all such moves share; nothing else locks two directories of
 * which neither is above the other. So no circle of waiting threads can close.
 */
public final class Tree {
  private static final int OWNER_ONLY_DIRECTORY = 0700;
  private static final int OWNER_ONLY_FILE = 0600;

  /** The bytes of the longest path that Linux looks up: PATH_MAX less the NUL at the end. */
  private static final int LONGEST_PATH = 4095;

  private final ContentStore store;
  private final LongAdder files = new LongAdder();
  private final AtomicLong lastInode = new AtomicLong();
  private final ReentrantLock acrossDirectories = new ReentrantLock();
  private final TreeContext context;
  private final Directory root;

  /** How many bytes a path may have that is looked up. */
  private final int longest;

  /**
   * Makes a tree of one empty directory, whose files will have their bytes in {@code store}.
   *
   * @param maxNames how many names it may have in all
   * @param longPaths whether paths of more than 4,095 bytes are looked up
   * @param clock the source of all times; null for the system's clock
   */
  public Tree(ContentStore store, long maxNames, boolean longPaths, @Nullable InstantSource clock) {
    this.store = store;
    longest = longPaths ? Integer.MAX_VALUE : LONGEST_PATH;
    context = new TreeContext(new NameQuota(maxNames, memoryOf(store)), clock);
    root = newDirectory();
  }

  /** Returns the directory that is above all others. */
  public Directory root() {
    return root;
  }

  /** Looks up a path, from {@code start} if it is relative. */
  public Walk walk(Directory start, TmpPath path, boolean follow) {
    boolean tooLong = path.isLongerThan(longest);
    if (!tooLong && missesEarly(start, path)) {
      return new Walk(start, Errno.NO_SUCH_FILE);
    }
    return tooLong
        ? new Walk(start, Errno.NAME_TOO_LONG)
        : new Walk(root, start, path, follow, deepDirectory(start, path.deepParent()));
  }

  /**
   * Returns what a path names, from {@code start} if it is relative, where only plain names of
   * directories lead to it; null if there is nothing, or it takes a {@link #walk} to tell.
   */
  public @Nullable Node find(Directory start, TmpPath path, boolean follow) {
    if (path.isLongerThan(longest)) {
      return null;
    }
    TmpPath parent = path.deepParent();
    if (parent != null) {
      Directory above = deepDirectory(start, parent);
      return above == null ? null : findIn(above, path.deepName(), follow);
    }
    if (missesEarly(start, path)) {
      return null;
    }
    Node here = path.start(root, start);
    for (String name : path.names()) {
      if (!(here instanceof Directory directory) || !Access.allowed(directory, Access.EXECUTE)) {
        return null;
      }
      here = directory.child(name);
    }
    return follow && here instanceof SymbolicLink ? null : here;
  }

  private static @Nullable Node findIn(Directory above, String name, boolean follow) {
    if (!Access.allowed(above, Access.EXECUTE)) {
      return null;
    }
    Node node = above.child(name);
    return follow && node instanceof SymbolicLink ? null : node;
  }

  /**
   * Returns the directory that a path leads to by plain names of directories only, or null. The
   * look-up starts from where the nearest path before it led, if that still holds, and notes where
   * those between lead. So each of a chain of ever longer paths takes one step.
   */
  private @Nullable Directory deepDirectory(Directory start, @Nullable TmpPath path) {
    if (path == null) {
      return null;
    }
    long changes = context.changes().now();
    Deque<TmpPath> ahead = new ArrayDeque<>();
    Directory here = null;
    TmpPath at = path;
    for (TmpPath parent = at.deepParent(); parent != null; parent = at.deepParent()) {
      here = stillThere(at.found(), start, changes);
      if (here != null) {
        break;
      }
      ahead.push(at);
      at = parent;
    }
    if (here == null && find(start, at, false) instanceof Directory first) {
      here = first;
    }
    while (here != null && !ahead.isEmpty()) {
      TmpPath next = ahead.pop();
      here = findIn(here, next.deepName(), false) instanceof Directory found ? found : null;
      if (here != null && changes != PathChanges.UNDER_WAY) {
        next.setFound(new FoundDirectory(root, start, changes, new WeakReference<>(here)));
      }
    }
    return here;
  }

  private @Nullable Directory stillThere(@Nullable Object found, Directory start, long changes) {
    if (found instanceof FoundDirectory before
        && before.root() == root
        && before.start() == start
        && before.changes() == changes) {
      Directory directory = before.directory().get();
      return directory == null || directory.isRemoved() ? null : directory;
    }
    return null;
  }

  /**
   * Says whether a name before the last of a long text is not there, where only plain names of
   * directories lead to it. Makes no array of all names, because a caller that looks for the lowest
   * directory that exists asks with each longer path first.
   */
  private boolean missesEarly(Directory start, TmpPath path) {
    String text = path.textOnly();
    if (text == null || text.length() <= LONGEST_PATH) {
      return false;
    }
    Directory here = path.start(root, start);
    int from = path.isAbsolute() ? 1 : 0;
    for (int slash = text.indexOf('/', from); slash >= 0; slash = text.indexOf('/', from)) {
      String name = text.substring(from, slash);
      if (!Access.allowed(here, Access.EXECUTE)
          || name.equals(".")
          || name.equals("..")
          || Walk.isTooLong(name)) {
        return false;
      }
      Node node = here.child(name);
      if (!(node instanceof Directory next)) {
        return node == null;
      }
      here = next;
      from = slash + 1;
    }
    return false;
  }

  /** Looks up a path of any length, and what it leads to if that is a symbolic link. */
  public Walk walkAnyLength(Directory start, TmpPath path) {
    return new Walk(root, start, path, true, deepDirectory(start, path.deepParent()));
  }

  /** Says whether a look-up refuses a path for its length. */
  public boolean isTooLong(TmpPath path) {
    return path.isLongerThan(longest);
  }

  /**
   * Says whether a symbolic link can't hold {@code target}. That limit binds however long the paths
   * of the tree may be, because targets take heap that no other limit counts.
   */
  public boolean isTooLongToHold(TmpPath target) {
    return target.isLongerThan(LONGEST_PATH);
  }

  /** Makes a directory that is nowhere yet, for its owner only. */
  public Directory newDirectory() {
    return new Directory(lastInode.incrementAndGet(), now(), OWNER_ONLY_DIRECTORY, context);
  }

  /**
   * Makes an empty file that is open and counts one name but is nowhere yet, for its owner only.
   */
  public RegularFile newFile() {
    return newFile(1);
  }

  /** Makes an empty file that is open and has no name, for its owner only. */
  public RegularFile newUnnamedFile() {
    return newFile(0);
  }

  private RegularFile newFile(int names) {
    countFile(1);
    return new RegularFile(lastInode.incrementAndGet(), now(), OWNER_ONLY_FILE, names, this);
  }

  /**
   * Makes a symbolic link that counts one name but is nowhere yet.
   *
   * @param path the link, for the exception
   * @throws io.github.niotmp.TmpLimitException if the memory budget is used up
   * @throws IOException if the disk refused the files that should have left memory
   */
  public SymbolicLink newSymbolicLink(TmpPath target, TmpPath path) throws IOException {
    context.names().acquireMemory(SymbolicLink.sizeOf(target), path);
    return new SymbolicLink(lastInode.incrementAndGet(), now(), target, context);
  }

  /**
   * Moves a name, in one step for everybody who looks.
   *
   * @param source where {@code from} leads
   * @param target where {@code to} leads
   */
  public void rename(Walk source, TmpPath from, Walk target, TmpPath to, Replace replace)
      throws IOException {
    new RenameOperation(source, from, target, to, replace).run(acrossDirectories);
  }

  /**
   * Adds a name to the file that another one names, in one step for everybody who looks.
   *
   * @param source where {@code existing} leads
   * @param target where {@code link} leads
   * @return false if {@code existing} has changed since: look it up again
   */
  public boolean link(Walk source, TmpPath existing, Walk target, TmpPath link) throws IOException {
    return new HardLinkOperation(source, existing, target, link).run();
  }

  /** Lets go of everything but the root. */
  public void clear() {
    root.clear();
  }

  /** Returns how many regular files there are, those without a name but still open included. */
  public long files() {
    return files.sum();
  }

  /** Returns the time now, in nanoseconds since the epoch. */
  public long now() {
    return context.now();
  }

  void countFile(int change) {
    files.add(change);
  }

  TreeContext context() {
    return context;
  }

  private static NameQuota.Memory memoryOf(ContentStore store) {
    return new NameQuota.Memory() {
      @Override
      public boolean take(long bytes) throws IOException {
        return store.acquireMetadata(bytes);
      }

      @Override
      public TmpLimitException refusal(long bytes, String path) {
        return store.metadataRefused(bytes, path);
      }

      @Override
      public void give(long bytes) {
        store.releaseMetadata(bytes);
      }
    };
  }

  FileContent newContent() {
    return store.newFile();
  }
}
