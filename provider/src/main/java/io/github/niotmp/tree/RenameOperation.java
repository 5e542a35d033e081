package io.github.niotmp.tree;

import io.github.niotmp.path.Errno;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One rename of a file or directory.
 *
 * <p>The thread takes locks in the order of the Linux kernel. A rename between two directories
 * first takes the lock that all such renames share, so that the ancestors of directories stay the
 * same. Then it locks the upper directory, the lower one, and at last a directory that it replaces.
 * All other changes lock downwards too.
 *
 * <p>With {@link Replace#ATOMIC} each failure names both paths, as {@code rename(2)} does.
 * Otherwise, failures of the steps that the default provider takes before the rename name one path.
 */
final class RenameOperation {
  private final Walk source;
  private final TmpPath from;
  private final Walk target;
  private final TmpPath to;
  private final Replace replace;
  private boolean hasMoved;

  RenameOperation(Walk source, TmpPath from, Walk target, TmpPath to, Replace replace) {
    this.source = source;
    this.from = from;
    this.target = target;
    this.to = to;
    this.replace = replace;
  }

  void run(ReentrantLock acrossDirectories) throws IOException {
    checkLookUps();
    if (!source.isPlainName() || !target.isPlainName()) {
      refuseName();
      return;
    }
    NameQuota names = target.directory().context().names();
    long growth = NameQuota.sizeOfName(target.name()) - NameQuota.sizeOfName(source.name());
    names.acquireMemory(growth, to);
    try {
      lockAndMove(acrossDirectories);
    } finally {
      names.releaseMemory(hasMoved ? -growth : growth);
    }
  }

  private void lockAndMove(ReentrantLock acrossDirectories) throws IOException {
    Directory first = source.directory();
    Directory second = target.directory();
    Node replaced;
    if (first == second) {
      replaced = lockAndMove(first, null);
    } else {
      acrossDirectories.lock();
      try {
        replaced = first.isBelow(second) ? lockAndMove(second, first) : lockAndMove(first, second);
      } finally {
        acrossDirectories.unlock();
      }
    }
    if (replaced instanceof LinkableNode leaf) {
      leaf.dropName();
    }
  }

  private @Nullable Node lockAndMove(Directory upper, @Nullable Directory lower)
      throws FileSystemException {
    upper.lock.lock();
    try {
      if (lower == null) {
        return move();
      }
      lower.lock.lock();
      try {
        return move();
      } finally {
        lower.lock.unlock();
      }
    } finally {
      upper.lock.unlock();
    }
  }

  private boolean alike() {
    return replace == Replace.ATOMIC;
  }

  private FileSystemException atSource(Errno fault) {
    return alike() ? fault.at(from, to) : fault.at(from);
  }

  private FileSystemException atTarget(Errno fault) {
    return alike() ? fault.at(from, to) : fault.at(to);
  }

  private void checkLookUps() throws FileSystemException {
    Errno sourceFault = alike() ? source.fault() : source.miss();
    if (sourceFault != null) {
      throw atSource(sourceFault);
    }
    if (target.fault() != null) {
      throw target.fault().at(from, to);
    }
  }

  /** Refuses to rename "/", "." and "..". */
  private void refuseName() throws FileSystemException {
    Node there = target.node();
    if (!alike() && source.node() == there) {
      return;
    }
    if (!alike() && there != null) {
      checkReplaceable(there);
    }
    throw Errno.BUSY.at(from, to);
  }

  private void checkReplaceable(Node there) throws FileSystemException {
    if (replace == Replace.NEVER) {
      throw Errno.EXISTS.at(to);
    }
    if (!target.isPlainName()) {
      throw switch (target.name()) { // fails as delete(target) does, its first step
        case "/" -> Errno.BUSY.at(to);
        case "." -> Errno.INVALID.at(to);
        default -> Errno.NOT_EMPTY.at(to);
      };
    }
    if (there instanceof Directory directory && !directory.isEmpty()) {
      throw Errno.NOT_EMPTY.at(to);
    }
  }

  /** Moves the node, and returns the replaced one. The caller holds the locks. */
  private @Nullable Node move() throws FileSystemException {
    Node moved = source.directory().child(source.name());
    Node replaced = target.directory().child(target.name());
    if (moved == null) {
      throw atSource(Errno.NO_SUCH_FILE);
    }
    if (moved == replaced) {
      return null;
    }
    if (!alike() && replaced != null) {
      checkReplaceable(replaced);
    }
    if (target.directory().isRemoved()) {
      throw Errno.NO_SUCH_FILE.at(from, to);
    }
    checkNoCycle(moved, replaced);
    checkAccess(moved, replaced);
    if (replaced != null) {
      checkKinds(moved, replaced);
    }
    source.directory().move(source.name(), moved, target.directory(), target.name(), replaced);
    hasMoved = true;
    return replaced;
  }

  private void checkNoCycle(Node moved, @Nullable Node replaced) throws FileSystemException {
    Directory goal = target.directory();
    if (moved instanceof Directory directory && (goal == directory || goal.isBelow(directory))) {
      throw Errno.INVALID.at(from, to);
    }
    Directory start = source.directory();
    if (replaced instanceof Directory directory
        && (start == directory || start.isBelow(directory))) {
      throw atTarget(Errno.NOT_EMPTY);
    }
  }

  private void checkAccess(Node moved, @Nullable Node replaced) throws FileSystemException {
    if (!Access.allowed(target.directory(), Access.WRITE | Access.EXECUTE)) {
      throw replaced == null ? Errno.ACCESS_DENIED.at(from, to) : atTarget(Errno.ACCESS_DENIED);
    }
    if (!Access.allowed(source.directory(), Access.WRITE | Access.EXECUTE)) {
      throw Errno.ACCESS_DENIED.at(from, to);
    }
    boolean newParent = source.directory() != target.directory();
    if (newParent && moved instanceof Directory && !Access.allowed(moved, Access.WRITE)) {
      throw Errno.ACCESS_DENIED.at(from, to); // its ".." changes
    }
  }

  private void checkKinds(Node moved, Node replaced) throws FileSystemException {
    if (replaced instanceof Directory directory) {
      if (alike() && !(moved instanceof Directory)) {
        throw Errno.IS_A_DIRECTORY.at(from, to);
      }
      if (!directory.closeForever()) {
        throw atTarget(Errno.NOT_EMPTY);
      }
    } else if (alike() && moved instanceof Directory) {
      throw Errno.NOT_A_DIRECTORY.at(from, to);
    }
  }
}
