package io.github.niotmp.volume.spooled;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Access;
import io.github.niotmp.tree.Directory;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.OpenedEntry;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.tree.SymbolicLink;
import io.github.niotmp.tree.Tree;
import io.github.niotmp.tree.Walk;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call that opens a file. If another thread adds, moves or removes the name in between, the
 * call looks the path up again.
 */
final class Opening {
  private static final OpenMode UNNAMED = OpenMode.existing(true, true);

  private final SpooledVolume volume;
  private final Tree tree;
  private final Directory start;
  private final TmpPath path;
  private final OpenMode mode;

  Opening(SpooledVolume volume, Directory start, TmpPath path, OpenMode mode) {
    this.volume = volume;
    this.tree = volume.tree();
    this.start = start;
    this.path = path;
    this.mode = mode;
  }

  /** Creates an unlinked file; {@code directory} is the path of {@code parent}, for exceptions. */
  static SpooledFile createUnnamed(
      SpooledVolume volume, Directory parent, TmpPath directory, List<AttributeChange> initial)
      throws IOException {
    RegularFile file = volume.tree().newUnnamedFile();
    try {
      AttributeChanges.applyInitial(file, parent, initial, directory);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, file::discard);
      throw e;
    }
    return new SpooledFile(volume, file, directory, UNNAMED, null);
  }

  OpenFile open(List<AttributeChange> initial) throws IOException {
    if (mode.createNew() && endsInDot()) {
      throw Errno.EXISTS.at(path); // even without a directory, as the default provider
    }
    // as in the default provider, delete-on-close does not follow a link
    boolean follow = mode.followLinks() && !mode.createNew() && !mode.deleteOnClose();
    OpenFile file = null;
    while (file == null) {
      Walk walk = tree.walk(start, path, follow);
      Node node = walk.node();
      if (node != null) {
        file = openExisting(walk, node);
      } else if (walk.fault() == null && (mode.create() || mode.createNew())) {
        file = create(walk, initial);
      } else {
        throw notFound(walk);
      }
    }
    return file;
  }

  private boolean endsInDot() {
    int count = path.getNameCount();
    return count > 0 && path.name(count - 1).equals(".");
  }

  private FileSystemException notFound(Walk walk) {
    Errno fault = walk.fault();
    return (fault == null ? Errno.NO_SUCH_FILE : fault).at(path);
  }

  /** Returns null if the name leads to another file now. */
  private @Nullable OpenFile openExisting(Walk walk, Node node) throws IOException {
    check(node);
    if (!(node instanceof RegularFile file)) {
      return new DirectoryFile(volume, (Directory) node, path, mode);
    }
    if (!file.open()) {
      return null;
    }
    OpenedEntry name = trackedName(walk, file);
    if (name != null && walk.directory().child(walk.name()) != file) {
      file.untrack(name);
      file.close(null);
      return null;
    }
    SpooledFile opened = new SpooledFile(volume, file, path, mode, name);
    if (mode.truncateExisting()) {
      empty(opened);
    }
    return opened;
  }

  private void check(Node node) throws FileSystemException {
    if (mode.createNew()) {
      throw Errno.EXISTS.at(path);
    }
    if (node instanceof SymbolicLink) {
      throw Errno.LINK_NOT_FOLLOWED.at(path);
    }
    if (node instanceof Directory && mode.write()) {
      throw Errno.IS_A_DIRECTORY.at(path);
    }
    int wanted = (mode.read() ? Access.READ : 0) | (mode.write() ? Access.WRITE : 0);
    if (!Access.allowed(node, wanted)) {
      throw Errno.ACCESS_DENIED.at(path);
    }
  }

  private static void empty(SpooledFile opened) throws IOException {
    try {
      opened.empty();
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, opened);
      throw e;
    }
  }

  /** Returns null if another thread has created the name first. */
  private @Nullable SpooledFile create(Walk walk, List<AttributeChange> initial)
      throws IOException {
    RegularFile file = tree.newFile();
    OpenedEntry name;
    Errno fault;
    try {
      AttributeChanges.applyInitial(file, walk.directory(), initial, path);
      name = trackedName(walk, file); // before others can rename it
      fault = walk.directory().add(walk.name(), file, path);
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, file::discard);
      throw e;
    }
    if (fault == null) {
      return new SpooledFile(volume, file, path, mode, name);
    }
    file.discard();
    if (fault == Errno.EXISTS && !mode.createNew()) {
      return null;
    }
    throw fault.at(path);
  }

  private @Nullable OpenedEntry trackedName(Walk walk, RegularFile file) {
    if (!mode.write() && !mode.deleteOnClose()) {
      return null;
    }
    // checked now, because the default provider on Linux removes the name on opening, if permitted
    boolean goes =
        mode.deleteOnClose() && Access.allowed(walk.directory(), Access.WRITE | Access.EXECUTE);
    return file.track(walk.directory(), walk.name(), goes);
  }
}
