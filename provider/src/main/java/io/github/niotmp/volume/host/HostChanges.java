package io.github.niotmp.volume.host;

import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The changes of attributes of one file on the host, and its user-defined attributes. */
final class HostChanges {
  private final HostTree tree;
  private final Path real;
  private final TmpPath path;
  private final LinkOption[] options;

  /**
   * Creates the changes of one file.
   *
   * @param real a path of the host that leads to it
   * @param path the caller's path, for exceptions
   * @param options whether to follow a link at {@code real}; the path of a descriptor is one
   */
  HostChanges(HostTree tree, Path real, TmpPath path, LinkOption... options) {
    this.tree = tree;
    this.real = real;
    this.path = path;
    this.options = options;
  }

  /** Makes one change. */
  void apply(AttributeChange change) throws IOException {
    try {
      make(change);
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  private void make(AttributeChange change) throws IOException {
    if (change instanceof AttributeChange.Times times) {
      refuseSpecialFile();
      view(BasicFileAttributeView.class, "times")
          .setTimes(times.modified(), times.accessed(), times.created());
    } else if (change instanceof AttributeChange.Mode mode) {
      setMode(mode.bits());
    } else if (change instanceof AttributeChange.Owner owner) {
      setOwner(owner);
    } else if (change instanceof AttributeChange.OwnerId owner) {
      setAttribute("unix:uid", owner.uid());
      setAttribute("unix:gid", owner.gid());
    } else if (change instanceof AttributeChange.Dos dos) {
      refuseSpecialFile();
      setDosFlags(dos);
    } else if (change instanceof AttributeChange.User user) {
      refuseSpecialFile();
      setUser(user);
    } else if (change instanceof AttributeChange.RollOver) {
      requireRegularFile(attributes(), path);
    } else {
      throw unsupported(change);
    }
  }

  /** Refuses to set a limit, because files of the host have none. */
  static void refuseLimit(AttributeChange change) {
    if (change instanceof AttributeChange.SpoolThreshold) {
      throw new UnsupportedOperationException(
          "'tmp:spoolThreshold': with storage=host no file is in memory");
    }
    if (change instanceof AttributeChange.MaxFileSize) {
      throw new UnsupportedOperationException(
          "'tmp:maxFileSize': with storage=host no size is limited");
    }
  }

  /** Returns the exception for an attribute that the host does not have. */
  static UnsupportedOperationException unsupported(AttributeChange change) {
    refuseLimit(change);
    return new UnsupportedOperationException(
        "The host has no such attribute for an open directory: "
            + change.getClass().getSimpleName());
  }

  private BasicFileAttributes attributes() throws IOException {
    return Files.readAttributes(real, BasicFileAttributes.class, options);
  }

  /**
   * Refuses a FIFO, because the JDK opens a file to change or read it, and opening a FIFO can
   * block.
   */
  private void refuseSpecialFile() throws IOException {
    if (attributes().isOther()) {
      throw Errno.SPECIAL_FILE.at(path);
    }
  }

  static void requireRegularFile(BasicFileAttributes there, TmpPath path)
      throws FileSystemException {
    if (there.isDirectory()) {
      throw Errno.IS_A_DIRECTORY.at(path);
    }
    if (there.isSymbolicLink()) {
      throw Errno.TOO_MANY_LINKS.at(path);
    }
  }

  private <V extends FileAttributeView> V view(Class<V> type, String what) {
    V view = Files.getFileAttributeView(real, type, options);
    if (view == null) {
      throw new UnsupportedOperationException("The host has no " + what);
    }
    return view;
  }

  private void setAttribute(String name, @Nullable Object value) throws IOException {
    if (value != null) {
      Files.setAttribute(real, name, value, options);
    }
  }

  private void setMode(int bits) throws IOException {
    BasicFileAttributes there = attributes();
    // JDK 25 follows a link in spite of NOFOLLOW_LINKS
    if (there.isSymbolicLink()) {
      throw Errno.TOO_MANY_LINKS.at(path);
    }
    if (there.isOther()) {
      setMode(bits, new LinkOption[0]); // by its path, because chmod(2) does not open it
      return;
    }
    try {
      setMode(bits, options);
    } catch (FileSystemException e) {
      // With NOFOLLOW_LINKS the JDK opens the file, which its owner may not be permitted to.
      if (options.length == 0 || isLinkNotToFollow()) {
        throw e;
      }
      setMode(bits, new LinkOption[0]);
    }
  }

  private boolean isLinkNotToFollow() {
    return options.length > 0 && Files.isSymbolicLink(real);
  }

  private void setMode(int bits, LinkOption[] following) throws IOException {
    if (tree.supports("unix")) {
      Files.setAttribute(real, "unix:mode", bits, following);
    } else {
      view(PosixFileAttributeView.class, "permissions")
          .setPermissions(ModeBits.toPermissions(bits));
    }
  }

  private void setOwner(AttributeChange.Owner owner) throws IOException {
    PosixFileAttributeView view = view(PosixFileAttributeView.class, "owners");
    if (owner.owner() != null) {
      view.setOwner(owner.owner());
    }
    if (owner.group() != null) {
      view.setGroup(owner.group());
    }
  }

  private void setDosFlags(AttributeChange.Dos dos) throws IOException {
    DosFileAttributeView view = view(DosFileAttributeView.class, "flags of DOS");
    if (dos.readOnly() != null) {
      view.setReadOnly(dos.readOnly());
    }
    if (dos.hidden() != null) {
      view.setHidden(dos.hidden());
    }
    if (dos.system() != null) {
      view.setSystem(dos.system());
    }
    if (dos.archive() != null) {
      view.setArchive(dos.archive());
    }
  }

  private void setUser(AttributeChange.User user) throws IOException {
    UserDefinedFileAttributeView view = userView();
    if (user.value() == null) {
      view.delete(user.name());
    } else {
      view.write(user.name(), ByteBuffer.wrap(user.value()));
    }
  }

  /** Returns the names of the user-defined attributes. */
  List<String> userAttributeNames() throws IOException {
    try {
      refuseSpecialFile();
      return userView().list();
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  /** Returns the value of a user-defined attribute. */
  byte[] readUserAttribute(String name) throws IOException {
    try {
      refuseSpecialFile();
      UserDefinedFileAttributeView view = userView();
      byte[] value = new byte[view.size(name)];
      int count = view.read(name, ByteBuffer.wrap(value));
      return Arrays.copyOf(value, count); // shorter if another program has shortened it meanwhile
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  private UserDefinedFileAttributeView userView() {
    return view(UserDefinedFileAttributeView.class, "user-defined attributes");
  }
}
