package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.path.Replace;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.OpenDirectory;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryStream;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory stream whose operations start from the open directory, even after the directory was
 * moved.
 */
final class TmpSecureDirectoryStream extends TmpDirectoryStream
    implements SecureDirectoryStream<Path> {
  private final TmpFileSystem fileSystem;
  private final TmpPath path;
  private final OpenDirectory directory;

  TmpSecureDirectoryStream(
      TmpFileSystem fileSystem,
      TmpPath path,
      OpenDirectory directory,
      DirectoryStream.Filter<? super Path> filter)
      throws IOException {
    super(fileSystem, path, directory, filter);
    this.fileSystem = fileSystem;
    this.path = path;
    this.directory = directory;
  }

  @Override
  public SecureDirectoryStream<Path> newDirectoryStream(Path relative, LinkOption... options)
      throws IOException {
    TmpPath given = usable(relative);
    boolean follow = TmpFileSystem.follows(options);
    return (TmpSecureDirectoryStream)
        answer(
            () ->
                open(
                    fileSystem,
                    path.resolve(given),
                    openDirectory(directory, given, follow),
                    entry -> true));
  }

  @Override
  public SeekableByteChannel newByteChannel(
      Path relative, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    TmpPath given = usable(relative);
    OpenMode mode = OpenModes.ofChannel(options);
    fileSystem.checkOpening(given, mode);
    return answer(
        () ->
            fileSystem
                .channels()
                .fileChannel(directory.open(given, mode, fileSystem.views().initial(attributes))));
  }

  @Override
  public void deleteFile(Path relative) throws IOException {
    delete(changeable(relative), Removal.FILE);
  }

  @Override
  public void deleteDirectory(Path relative) throws IOException {
    delete(changeable(relative), Removal.DIRECTORY);
  }

  private void delete(TmpPath given, Removal removal) throws IOException {
    answer(
        () -> {
          directory.delete(given, removal);
          return given;
        });
  }

  @Override
  public void move(Path source, SecureDirectoryStream<Path> targetDirectory, Path target)
      throws IOException {
    TmpPath from = changeable(source);
    if (!(requireNonNull(targetDirectory) instanceof TmpSecureDirectoryStream there)) {
      throw new ProviderMismatchException("Not a stream of this provider: " + targetDirectory);
    }
    TmpPath to = there.changeable(target);
    if (there.fileSystem != fileSystem) {
      throw new AtomicMoveNotSupportedException(
          source.toString(), target.toString(), "Invalid cross-device link");
    }
    answer(
        () -> {
          directory.rename(from, there.directory, to, Replace.ATOMIC);
          return to;
        });
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
    return viewOf(TmpPath.of(fileSystem, ""), true, type);
  }

  @Override
  public <V extends FileAttributeView> @Nullable V getFileAttributeView(
      Path relative, Class<V> type, LinkOption... options) {
    return viewOf(TmpPath.cast(relative), TmpFileSystem.follows(options), type);
  }

  private <V extends FileAttributeView> @Nullable V viewOf(
      TmpPath relative, boolean follow, Class<V> type) {
    return directory.offers(type)
        ? fileSystem.views().of(this::usable, relative, follow, type)
        : null;
  }

  /** Runs an operation. If this stream was closed meanwhile, throws that as the reason. */
  private <T> T answer(TmpFileSystem.Operation<T> operation) throws IOException {
    try {
      return fileSystem.answer(operation);
    } catch (IOException e) {
      usable(); // throws if the failure is due to the close
      throw e;
    }
  }

  private TmpPath usable(Path relative) {
    TmpPath given = TmpPath.cast(relative);
    usable();
    return given;
  }

  private TmpPath changeable(Path relative) {
    TmpPath given = usable(relative);
    fileSystem.checkChanging(given);
    return given;
  }
}
