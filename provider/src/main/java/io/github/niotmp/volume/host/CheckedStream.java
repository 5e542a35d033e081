package io.github.niotmp.volume.host;

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
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A directory that converts each RuntimeException of the host's provider to an IOException with the
 * caller's path, because callers handle that. An {@link UnsupportedOperationException} stays one
 * where {@link java.nio.file.Files} declares it. These classes are the boundary of this package.
 */
sealed class CheckedStream implements OpenDirectory permits CheckedDirectory {
  private final OpenDirectory directory;
  private final String openedAs;

  CheckedStream(OpenDirectory directory, String openedAs) {
    this.directory = directory;
    this.openedAs = openedAs;
  }

  @Override
  public final boolean isSecure() {
    return directory.isSecure();
  }

  @Override
  public final boolean offers(Class<? extends FileAttributeView> view) {
    return directory.offers(view);
  }

  @Override
  public final OpenFile open(TmpPath path, OpenMode mode, List<AttributeChange> initial)
      throws IOException {
    return new CheckedFile(
        HostFailure.setting(initial, path, () -> directory.open(path, mode, initial)), path);
  }

  @Override
  public final OpenDirectory openStream(TmpPath path, boolean follow) throws IOException {
    return new CheckedStream(
        HostFailure.checked(path, () -> directory.openStream(path, follow)), path.toString());
  }

  @Override
  public final Iterator<String> names() throws IOException {
    Iterator<String> names = HostFailure.checked(openedAs, directory::names);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return step(names::hasNext);
      }

      @Override
      public String next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return step(names::next);
      }

      private <T> T step(HostFailure.Step<T> step) {
        try {
          return HostFailure.checked(openedAs, step);
        } catch (IOException e) {
          throw new DirectoryIteratorException(e);
        }
      }
    };
  }

  @Override
  public final void delete(TmpPath path, Removal removal) throws IOException {
    HostFailure.checked(
        path,
        () -> {
          directory.delete(path, removal);
          return path;
        });
  }

  @Override
  public final void rename(
      TmpPath source, OpenDirectory targetDirectory, TmpPath target, Replace replace)
      throws IOException {
    OpenDirectory other = ((CheckedStream) targetDirectory).directory;
    HostFailure.optional(
        source,
        () -> {
          directory.rename(source, other, target, replace);
          return source;
        });
  }

  @Override
  public final FileAttributes readAttributes(TmpPath path, boolean follow) throws IOException {
    return HostFailure.optional(path, () -> directory.readAttributes(path, follow));
  }

  @Override
  public final void change(TmpPath path, boolean follow, AttributeChange change)
      throws IOException {
    HostFailure.setting(
        List.of(change),
        path,
        () -> {
          directory.change(path, follow, change);
          return path;
        });
  }

  @Override
  public final Path hostPath(TmpPath path, boolean follow) throws IOException {
    return HostFailure.optional(path, () -> directory.hostPath(path, follow));
  }

  @Override
  public final List<String> userAttributeNames(TmpPath path, boolean follow) throws IOException {
    return HostFailure.optional(path, () -> directory.userAttributeNames(path, follow));
  }

  @Override
  public final byte[] readUserAttribute(TmpPath path, boolean follow, String name)
      throws IOException {
    return HostFailure.optional(path, () -> directory.readUserAttribute(path, follow, name));
  }

  @Override
  public final void close() throws IOException {
    HostFailure.checked(
        openedAs,
        () -> {
          directory.close();
          return openedAs;
        });
  }
}
