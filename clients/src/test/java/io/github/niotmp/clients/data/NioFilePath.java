package io.github.niotmp.clients.data;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.message.DbException;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FileUtils;
import org.jspecify.annotations.Nullable;

/**
 * A recipe: a file system of H2 whose files are those of any NIO provider, named by {@code nio:}
 * and their URI.
 *
 * <pre>{@code
 * FilePath.register(new NioFilePath()); // once
 * DriverManager.getConnection("jdbc:h2:nio:" + directory.resolve("db").toUri());
 * }</pre>
 *
 * <p>A URI may have no semicolon, where H2 begins its settings. Safe for use by any number of
 * threads.
 */
public final class NioFilePath extends FilePath {
  private static final String SCHEME = "nio";

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  public NioFilePath getPath(String name) {
    NioFilePath path = new NioFilePath();
    path.name = name;
    return path;
  }

  @Override
  public FileChannel open(String mode) throws IOException {
    return FileChannel.open(path(), FileUtils.modeToOptions(mode));
  }

  @Override
  public long size() {
    return answer(() -> Files.size(path()));
  }

  @Override
  public long lastModified() {
    return answer(() -> Files.getLastModifiedTime(path()).toMillis());
  }

  @Override
  public boolean exists() {
    return Files.exists(path());
  }

  @Override
  public boolean isDirectory() {
    return Files.isDirectory(path());
  }

  @Override
  public boolean isRegularFile() {
    return Files.isRegularFile(path());
  }

  @Override
  public boolean isAbsolute() {
    return true; // as every URI of a path
  }

  @Override
  public boolean canWrite() {
    return Files.isWritable(path());
  }

  @Override
  public boolean setReadOnly() {
    return answer(
        () -> {
          Files.setPosixFilePermissions(path(), Set.of(PosixFilePermission.OWNER_READ));
          return true;
        });
  }

  @Override
  public boolean createFile() {
    return answer(
        () -> {
          try {
            Files.createFile(path());
            return true;
          } catch (FileAlreadyExistsException e) {
            return false; // H2 locks a database by creating a file
          }
        });
  }

  @Override
  public void createDirectory() {
    answer(() -> Files.createDirectories(path()));
  }

  @Override
  public void delete() {
    answer(() -> Files.deleteIfExists(path()));
  }

  @Override
  public void moveTo(FilePath target, boolean atomicReplace) {
    Path to = ((NioFilePath) target).path();
    answer(
        () ->
            atomicReplace
                ? Files.move(path(), to, StandardCopyOption.ATOMIC_MOVE)
                : Files.move(path(), to));
  }

  @Override
  public List<FilePath> newDirectoryStream() {
    return answer(
        () -> {
          try (Stream<Path> children = Files.list(path())) {
            return children.<FilePath>map(NioFilePath::of).toList();
          }
        });
  }

  @Override
  public NioFilePath toRealPath() {
    return of(path().normalize());
  }

  @Override
  public @Nullable FilePath getParent() {
    Path parent = path().getParent();
    return parent == null ? null : of(parent);
  }

  private static NioFilePath of(Path path) {
    return new NioFilePath().getPath(SCHEME + ":" + path.toUri());
  }

  private Path path() {
    return Path.of(URI.create(name.substring(SCHEME.length() + 1)));
  }

  private <T> T answer(Answer<T> question) {
    try {
      return question.get();
    } catch (IOException e) {
      throw DbException.convertIOException(e, name);
    }
  }

  private interface Answer<T> {
    T get() throws IOException;
  }
}
