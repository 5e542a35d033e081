package io.github.niotmp.tree;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.content.ContentStore;
import io.github.niotmp.content.FileContent;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.ClosedChannelException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A tree of directories, files and links, with the operations on more than one directory.
 *
 * <p>A thread locks downwards: a directory before those below it. A rename between two directories
 * first takes the lock {@code acrossDirectories}. No other operation locks two directories of which
 * neither is above the other. So no deadlock is possible.
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

  /** The limit of a path's length in bytes, for look-ups. */
  private final int longest;

  /**
   * Creates a tree with an empty root directory.
   *
   * @param maxNames the limit of all names
   * @param longPaths whether look-ups accept paths of more than 4,095 bytes
   * @param clock the source of all times; null for the system's clock
   */
  public Tree(ContentStore store, long maxNames, boolean longPaths, @Nullable InstantSource clock) {
    this.store = store;
    longest = longPaths ? Integer.MAX_VALUE : LONGEST_PATH;
    context = new TreeContext(new NameQuota(maxNames, memoryOf(store)), clock);
    root = newDirectory();
  }

  /** Returns the root directory. */
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
   * Returns the node that a path names, from {@code start} if it is relative, if only plain names
   * of directories lead to it. Null means that the node does not exist, or that only a {@link
   * #walk} can find it.
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
   * look-up starts at the cached directory of the longest prefix that is still valid, and caches
   * the directories of the longer prefixes. So each path of an ever longer chain takes one step.
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
   * Says whether a long path misses before its last name, after plain names of directories only. It
   * does not split the text into an array, because a caller that looks for the lowest existing
   * directory asks with each longer path first.
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

  /** Looks up a path of any length, and follows a symbolic link at its end. */
  public Walk walkAnyLength(Directory start, TmpPath path) {
    return new Walk(root, start, path, true, deepDirectory(start, path.deepParent()));
  }

  /** Says whether a look-up refuses a path for its length. */
  public boolean isTooLong(TmpPath path) {
    return path.isLongerThan(longest);
  }

  /**
   * Says whether {@code target} is too long for a symbolic link. The limit is the same with long
   * paths, because no other limit counts the heap of targets.
   */
  public boolean isTooLongToHold(TmpPath target) {
    return target.isLongerThan(LONGEST_PATH);
  }

  /** Creates a directory without a name, for its owner only. */
  public Directory newDirectory() {
    return new Directory(lastInode.incrementAndGet(), now(), OWNER_ONLY_DIRECTORY, context);
  }

  /** Creates an empty open file, for its owner only. It counts one name, which the caller adds. */
  public RegularFile newFile() {
    return newFile(1);
  }

  /** Creates an empty open file without a name, for its owner only. */
  public RegularFile newUnnamedFile() {
    return newFile(0);
  }

  private RegularFile newFile(int names) {
    countFile(1);
    return new RegularFile(lastInode.incrementAndGet(), now(), OWNER_ONLY_FILE, names, this);
  }

  /**
   * Creates a symbolic link. It counts one name, which the caller adds.
   *
   * @param path the link, for the exception
   * @throws io.github.niotmp.TmpLimitException if the memory budget is reached
   * @throws IOException if evicting other files to the disk failed
   */
  public SymbolicLink newSymbolicLink(TmpPath target, TmpPath path) throws IOException {
    context.names().acquireMemory(SymbolicLink.sizeOf(target), path);
    return new SymbolicLink(lastInode.incrementAndGet(), now(), target, context);
  }

  /**
   * Renames a file in one atomic step.
   *
   * @param source the look-up of {@code from}
   * @param target the look-up of {@code to}
   */
  public void rename(Walk source, TmpPath from, Walk target, TmpPath to, Replace replace)
      throws IOException {
    new RenameOperation(source, from, target, to, replace).run(acrossDirectories);
  }

  /**
   * Adds a name to an existing file in one atomic step.
   *
   * @param source the look-up of {@code existing}
   * @param target the look-up of {@code link}
   * @return false if {@code existing} names another file now: look it up again
   */
  public boolean link(Walk source, TmpPath existing, Walk target, TmpPath link) throws IOException {
    return new HardLinkOperation(source, existing, target, link).run();
  }

  /** Examines one file of a tree. */
  @FunctionalInterface
  public interface FileVisitor {
    /**
     * Examines a file.
     *
     * @param path returns the path by which the walk came to it
     */
    void visit(RegularFile file, Supplier<String> path) throws IOException;
  }

  /**
   * Visits each name of a regular file, while other threads may change names. Skips files that
   * another thread removes meanwhile.
   */
  public void forEachFile(FileVisitor visitor) throws IOException {
    Deque<Directory> directories = new ArrayDeque<>();
    directories.push(root);
    while (!directories.isEmpty()) {
      Directory directory = directories.pop();
      for (Iterator<String> names = directory.names(); names.hasNext(); ) {
        String name = names.next();
        Node node = directory.child(name);
        if (node instanceof Directory below) {
          directories.push(below);
        } else if (node instanceof RegularFile file) {
          try {
            visitor.visit(file, () -> pathIn(directory, name));
          } catch (ClosedChannelException e) {
            // the file was removed meanwhile
          }
        }
      }
    }
  }

  private static String pathIn(Directory directory, String name) {
    String parent = directory.path();
    return parent == null ? "" : parent.equals("/") ? "/" + name : parent + "/" + name;
  }

  /** Drops all nodes but the root. */
  public void clear() {
    root.clear();
  }

  /** Returns the number of regular files, including unlinked files that are still open. */
  public long files() {
    return files.sum();
  }

  /** Returns the number of names of files, directories and links, without the root. */
  public long names() {
    return context.names().used();
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
      public TmpLimitException tooManyNames(TmpLimitException refusal) {
        return store.nameRefused(refusal);
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
