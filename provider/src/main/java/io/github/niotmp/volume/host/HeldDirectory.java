package io.github.niotmp.volume.host;

import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenDirectory;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * An open directory of the host. Look-ups start at its descriptor, so that other programs cannot
 * redirect them by renaming, removing or replacing the directory.
 */
final class HeldDirectory implements OpenDirectory {
  private final HostVolume volume;
  private final SecureDirectoryStream<Path> stream;

  /** The path of the directory, as far as this JVM has renamed it. */
  private final DirectoryPlace place;

  private final String openedAs;

  private HeldDirectory(
      HostVolume volume, SecureDirectoryStream<Path> stream, Path real, String openedAs) {
    this.volume = volume;
    this.stream = stream;
    this.place = volume.names().track(real);
    this.openedAs = openedAs;
  }

  /**
   * Opens the directory that a walk has found.
   *
   * @throws NotDirectoryException if the walk has found another kind of file
   */
  static HeldDirectory open(HostVolume volume, HeldWalk walk) throws IOException {
    if (walk.fault() == Errno.NOT_A_DIRECTORY) {
      throw new NotDirectoryException(walk.path.toString());
    }
    Path real = walk.found();
    if (!walk.existing().isDirectory()) {
      throw new NotDirectoryException(walk.path.toString());
    }
    try {
      return new HeldDirectory(volume, walk.openDirectory(), real, walk.path.toString());
    } catch (IOException e) {
      throw HostFailure.at(walk.path, e);
    }
  }

  /** Takes over an open directory. */
  static HeldDirectory open(
      HostVolume volume, SecureDirectoryStream<Path> stream, Path real, TmpPath path) {
    return new HeldDirectory(volume, stream, real, path.toString());
  }

  private HeldWalk walk(TmpPath path, boolean follow) throws IOException {
    return new HeldWalk(volume.tree(), stream, place.real(), path, follow);
  }

  @Override
  public boolean isSecure() {
    return true;
  }

  /** Says whether {@link SecureDirectoryStream} has the views behind this one. */
  @Override
  public boolean offers(Class<? extends FileAttributeView> view) {
    return view != UserDefinedFileAttributeView.class && view != DosFileAttributeView.class;
  }

  @Override
  public OpenFile open(TmpPath path, OpenMode mode, List<AttributeChange> initial)
      throws IOException {
    return new HostOpening(volume, path, mode, follow -> walk(path, follow)).open(initial);
  }

  @Override
  public OpenDirectory openStream(TmpPath path, boolean follow) throws IOException {
    try (HeldWalk walk = walk(path, follow)) {
      return open(volume, walk);
    }
  }

  @Override
  public Iterator<String> names() {
    Iterator<Path> entries = stream.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        try {
          return entries.hasNext();
        } catch (DirectoryIteratorException e) {
          throw new DirectoryIteratorException(
              HostFailure.at(openedAs, Objects.requireNonNull(e.getCause())));
        }
      }

      @Override
      public String next() {
        return String.valueOf(entries.next().getFileName());
      }
    };
  }

  @Override
  public void delete(TmpPath path, Removal removal) throws IOException {
    try (HeldWalk walk = walk(path, false)) {
      walk.found();
      Errno fault = HostDirectory.refusal(walk, removal);
      if (fault != null) {
        throw fault.at(path);
      }
      if (walk.existing().isDirectory()) {
        walk.held().deleteDirectory(walk.nameOnHost());
      } else {
        walk.held().deleteFile(walk.nameOnHost());
      }
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  @Override
  public void rename(TmpPath source, OpenDirectory targetDirectory, TmpPath target, Replace replace)
      throws IOException {
    HeldDirectory other = (HeldDirectory) targetDirectory;
    try (HeldWalk from = walk(source, false);
        HeldWalk to = other.walk(target, false)) {
      HostDirectory.rename(
          volume,
          from,
          source,
          to,
          target,
          replace,
          () -> from.held().move(from.nameOnHost(), to.held(), to.nameOnHost()));
    }
  }

  @Override
  public FileAttributes readAttributes(TmpPath path, boolean follow) throws IOException {
    try (HeldWalk walk = walk(path, follow)) {
      Path real = walk.found();
      return HostAttributes.of(volume, real, walk.existing());
    }
  }

  @Override
  public void change(TmpPath path, boolean follow, AttributeChange change) throws IOException {
    try (HeldWalk walk = walk(path, follow)) {
      BasicFileAttributes there = walk.existing();
      if (there.isOther()) {
        throw Errno.SPECIAL_FILE.at(path); // the JDK opens a file to change it, which could block
      }
      make(walk, change);
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  private static void make(HeldWalk walk, AttributeChange change) throws IOException {
    if (change instanceof AttributeChange.Times times) {
      view(walk, BasicFileAttributeView.class)
          .setTimes(times.modified(), times.accessed(), times.created());
    } else if (change instanceof AttributeChange.Mode mode) {
      if (walk.existing().isSymbolicLink()) {
        throw Errno.TOO_MANY_LINKS.at(walk.path);
      }
      view(walk, PosixFileAttributeView.class).setPermissions(ModeBits.toPermissions(mode.bits()));
    } else if (change instanceof AttributeChange.Owner owner) {
      PosixFileAttributeView view = view(walk, PosixFileAttributeView.class);
      if (owner.owner() != null) {
        view.setOwner(owner.owner());
      }
      if (owner.group() != null) {
        view.setGroup(owner.group());
      }
    } else if (change instanceof AttributeChange.RollOver) {
      HostChanges.requireRegularFile(walk.existing(), walk.path);
    } else {
      throw HostChanges.unsupported(change);
    }
  }

  private static <V extends FileAttributeView> V view(HeldWalk walk, Class<V> type) {
    V view = walk.view(type);
    if (view == null) {
      throw new UnsupportedOperationException(
          "The host has no " + type.getSimpleName() + " for an open directory");
    }
    return view;
  }

  @Override
  public Path hostPath(TmpPath path, boolean follow) throws IOException {
    try (HeldWalk walk = walk(path, follow)) {
      Path real = walk.found();
      if (!HostOpening.isSame(walk.existing().fileKey(), volume.tree().lookAt(real))) {
        throw new FileSystemException(
            path.toString(), null, "Another program has moved it, or a directory above it");
      }
      return volume.onHost(real);
    } catch (IOException e) {
      throw HostFailure.at(path, e);
    }
  }

  @Override
  public List<String> userAttributeNames(TmpPath path, boolean follow) {
    throw noUserAttributes();
  }

  @Override
  public byte[] readUserAttribute(TmpPath path, boolean follow, String name) {
    throw noUserAttributes();
  }

  private static UnsupportedOperationException noUserAttributes() {
    return new UnsupportedOperationException(
        "The host has no user-defined attributes for an open directory");
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}
