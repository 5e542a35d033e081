package io.github.niotmp.volume.host;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.file.AccessMode;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A directory handle that converts the RuntimeExceptions of the host's provider, as {@link
 * CheckedStream} does.
 */
final class CheckedDirectory extends CheckedStream implements DirectoryHandle {
  private final HostDirectory directory;

  CheckedDirectory(HostDirectory directory, String openedAs) {
    super(directory, openedAs);
    this.directory = directory;
  }

  @Override
  public OpenFile createUnnamed(TmpPath path, List<AttributeChange> initial) throws IOException {
    return new CheckedFile(
        HostFailure.setting(initial, path, () -> directory.createUnnamed(path, initial)), path);
  }

  @Override
  public DirectoryHandle openDirectory(TmpPath path, boolean follow) throws IOException {
    return new CheckedDirectory(
        HostFailure.checked(path, () -> directory.openDirectory(path, follow)), path.toString());
  }

  @Override
  public void createDirectory(TmpPath path, List<AttributeChange> initial) throws IOException {
    HostFailure.setting(
        initial,
        path,
        () -> {
          directory.createDirectory(path, initial);
          return path;
        });
  }

  @Override
  public void createSymbolicLink(TmpPath link, TmpPath target, List<AttributeChange> initial)
      throws IOException {
    HostFailure.optional(
        link,
        () -> {
          directory.createSymbolicLink(link, target, initial);
          return link;
        });
  }

  @Override
  public void createLink(TmpPath link, TmpPath existing) throws IOException {
    HostFailure.optional(
        link,
        () -> {
          directory.createLink(link, existing);
          return link;
        });
  }

  @Override
  public long maxFileSize() {
    return directory.maxFileSize();
  }

  @Override
  public TmpPath readSymbolicLink(TmpPath path) throws IOException {
    return HostFailure.optional(path, () -> directory.readSymbolicLink(path));
  }

  @Override
  public @Nullable FileAttributes readAttributesIfExists(TmpPath path, boolean follow)
      throws IOException {
    return HostFailure.optional(
            path, () -> Optional.ofNullable(directory.readAttributesIfExists(path, follow)))
        .orElse(null);
  }

  @Override
  public boolean exists(TmpPath path, boolean follow) {
    try {
      return HostFailure.checked(path, () -> directory.exists(path, follow));
    } catch (IOException e) {
      return false; // the look-up failed
    }
  }

  @Override
  public void checkAccess(TmpPath path, AccessMode... modes) throws IOException {
    HostFailure.checked(
        path,
        () -> {
          directory.checkAccess(path, modes);
          return path;
        });
  }

  @Override
  public TmpPath realPath(TmpPath path, boolean follow) throws IOException {
    return HostFailure.checked(path, () -> directory.realPath(path, follow));
  }

  @Override
  public Watch watch(TmpPath path, DirectoryListener listener) throws IOException {
    return HostFailure.optional(path, () -> directory.watch(path, listener));
  }
}
