package io.github.niotmp.tree;

import io.github.niotmp.path.Fault;
import io.github.niotmp.path.TmpPath;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * One more name for a file that has one. Only the directory of the new name is locked; that the old
 * one is still there is seen while who looks for the new one waits.
 */
final class Link {
  private final Walk source;
  private final TmpPath existing;
  private final Walk target;
  private final TmpPath link;

  Link(Walk source, TmpPath existing, Walk target, TmpPath link) {
    this.source = source;
    this.existing = existing;
    this.target = target;
    this.link = link;
  }

  /** Adds the name; false if the old one names something else by now, or nothing. */
  boolean run() throws FileSystemException {
    throwIf(source.miss());
    throwIf(target.fault());
    if (!target.isPlainName()) {
      throw Fault.EXISTS.at(link, existing);
    }
    Node node = source.found(existing);
    Directory directory = target.directory();
    directory.lock.lock();
    try {
      Fault fault = inTheWay(directory, node);
      if (fault == null) {
        return add(directory, node);
      }
      if (source.isUnchanged()) {
        throw fault.at(link, existing);
      }
      return false;
    } finally {
      directory.lock.unlock();
    }
  }

  private @Nullable Fault inTheWay(Directory directory, Node node) {
    Fault fault = directory.inTheWayOf(target.name());
    if (fault == null && !(node instanceof Leaf)) {
      fault = Fault.NOT_PERMITTED;
    }
    return fault == null && !directory.countName() ? Fault.TOO_MANY_NAMES : fault;
  }

  /** Adds a name that has been counted, if the old one is there while nobody sees the new one. */
  private boolean add(Directory directory, Node node) {
    String name = target.name();
    directory.mark(name);
    boolean counted = source.isUnchanged() && node instanceof Leaf leaf && leaf.addName();
    if (counted) {
      directory.put(name, node);
    } else {
      directory.giveUp(name);
    }
    return counted;
  }

  private void throwIf(@Nullable Fault fault) throws FileSystemException {
    if (fault != null) {
      throw fault.at(link, existing);
    }
  }
}
