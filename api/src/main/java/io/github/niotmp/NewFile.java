package io.github.niotmp;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.RandomName;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.spi.UnnamedFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A newly created file, open for reading and writing.
 *
 * @param path its name, or the directory of a file without a name
 * @param named whether {@code path} is its name
 * @param leftName a name that could not be removed while the file is open; empty for none
 */
record NewFile(Path path, FileChannel channel, boolean named, List<Path> leftName) {
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

  /** Creates a file under a fresh name. */
  static NewFile named(TempOptions options) throws IOException {
    return named(options, options.name());
  }

  private static NewFile named(TempOptions options, RandomName name) throws IOException {
    Path directory = options.place();
    FileAttribute<?>[] attributes = attributes(directory, options);
    return name.make(
        directory,
        path ->
            checked(
                new NewFile(path, FileChannel.open(path, OPTIONS, attributes), true, List.of()),
                attributes));
  }

  /**
   * Creates a file without a name, or removes its name at once, or at the latest when it is closed.
   * On a foreign provider the name is deleted again after the close, because an object store
   * uploads the file when the channel is closed.
   */
  static NewFile unnamed(TempOptions options) throws IOException {
    Path directory = options.place();
    if (directory.getFileSystem() instanceof UnnamedFiles files) {
      FileChannel channel = files.createUnnamed(directory, attributes(directory, options));
      return new NewFile(directory, channel, false, List.of());
    }
    boolean foreign = ForeignProvider.isForeign(directory);
    NewFile file = named(options, foreign ? options.name().unique() : options.name());
    try {
      Files.deleteIfExists(file.path);
      return new NewFile(directory, file.channel, false, foreign ? List.of(file.path) : List.of());
    } catch (IOException | RuntimeException e) {
      return new NewFile(directory, file.channel, false, List.of(file.path));
    } catch (Error e) {
      file.discardAfter(e);
      throw e;
    }
  }

  private static NewFile checked(NewFile file, FileAttribute<?>... attributes) throws IOException {
    try {
      OwnerOnly.require(file.path, attributes);
      return file;
    } catch (NoSuchFileException e) {
      return file; // another program has removed the name; the file is open
    } catch (IOException | RuntimeException | Error e) {
      file.discardAfter(e);
      throw e;
    }
  }

  /** Closes and removes the file after a failure. */
  void discardAfter(Throwable failure) {
    Closer.after(failure, channel); // first, because a provider may create the file on close
    for (Path name : named ? List.of(path) : leftName) {
      Closer.after(failure, () -> ForeignProvider.deleteIfExists(name));
    }
  }

  private static FileAttribute<?>[] attributes(Path directory, TempOptions options) {
    if (options.setsNothing()) {
      return OwnerOnly.file(directory);
    }
    boolean tmp = directory.getFileSystem().supportedFileAttributeViews().contains("tmp");
    List<FileAttribute<?>> attributes = new ArrayList<>();
    if (options.permissions().isPresent()) {
      attributes.add(PosixFilePermissions.asFileAttribute(options.permissions().get()));
    } else {
      attributes.addAll(List.of(OwnerOnly.file(directory)));
    }
    options
        .spoolThreshold()
        .ifPresent(bytes -> attributes.add(limit("spoolThreshold", bytes, directory, tmp)));
    options
        .maxFileSize()
        .ifPresent(bytes -> attributes.add(limit("maxFileSize", bytes, directory, tmp)));
    return attributes.toArray(FileAttribute<?>[]::new);
  }

  private static FileAttribute<Long> limit(String name, long bytes, Path directory, boolean tmp) {
    if (!tmp) {
      throw new IllegalArgumentException(
          name
              + " is "
              + bytes
              + ", but the directory is "
              + ForeignProvider.text(directory)
              + "; allowed: a directory in tmp:");
    }
    return new FileAttribute<>() {
      @Override
      public String name() {
        return "tmp:" + name;
      }

      @Override
      public Long value() {
        return bytes;
      }
    };
  }
}
