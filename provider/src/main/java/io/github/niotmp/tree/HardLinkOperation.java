package io.github.niotmp.tree;

import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.jspecify.annotations.Nullable;

/**
 * One creation of a hard link. The thread locks only the directory of the new name. It re-checks
 * the old name while look-ups of the new name block on the PENDING marker.
 */
final class HardLinkOperation {
  private final Walk source;
  private final TmpPath existing;
  private final Walk target;
  private final TmpPath link;

  HardLinkOperation(Walk source, TmpPath existing, Walk target, TmpPath link) {
    this.source = source;
    this.existing = existing;
    this.target = target;
    this.link = link;
  }

  /** Adds the name. Returns false if the old one no longer names the same file. */
  boolean run() throws IOException {
    throwIf(source.miss());
    throwIf(target.fault());
    if (!target.isPlainName()) {
      throw Errno.EXISTS.at(link, existing);
    }
    Node node = source.found(existing);
    Directory directory = target.directory();
    if (source.isUnchanged()) {
      throwIf(inTheWay(directory, node)); // an existing name takes no quota
    }
    directory.countName(target.name(), link);
    boolean added = false;
    directory.lock.lock();
    try {
      Errno fault = inTheWay(directory, node);
      if (!source.isUnchanged()) {
        return false;
      }
      throwIf(fault);
      added = add(directory, node);
      return added;
    } finally {
      directory.lock.unlock();
      if (!added) {
        directory.uncountName(target.name());
      }
    }
  }

  private @Nullable Errno inTheWay(Directory directory, Node node) {
    Errno fault = directory.inTheWayOf(target.name());
    return fault == null && !(node instanceof LinkableNode) ? Errno.NOT_PERMITTED : fault;
  }

  /**
   * Adds the counted name if the old one still names the file while the marker hides the new one.
   */
  private boolean add(Directory directory, Node node) {
    String name = target.name();
    boolean added = false;
    try {
      directory.mark(name);
      added = source.isUnchanged() && node instanceof LinkableNode leaf && leaf.addName();
    } finally {
      if (added) {
        directory.put(name, node);
      } else {
        directory.giveUp(name);
      }
    }
    return added;
  }

  private void throwIf(@Nullable Errno fault) throws FileSystemException {
    if (fault != null) {
      throw fault.at(link, existing);
    }
  }
}
