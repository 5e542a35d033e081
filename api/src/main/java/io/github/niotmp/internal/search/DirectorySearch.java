package io.github.niotmp.internal.search;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The search for the temporary directory: the first of the candidates in which a file can be
 * created, written and removed.
 */
public final class DirectorySearch {
  private DirectorySearch() {}

  /** Returns where to look in this process, best first, each with who names it. */
  public static Map<Path, String> candidates() {
    return candidates(System::getenv, System::getProperty);
  }

  /** Returns where to look, best first, each with who names it. */
  static Map<Path, String> candidates(
      Function<String, @Nullable String> environment,
      Function<String, @Nullable String> properties) {
    boolean windows = String.valueOf(properties.apply("os.name")).startsWith("Windows");
    Map<Path, String> paths = new LinkedHashMap<>();
    String ofJava = properties.apply("java.io.tmpdir");
    if (!"/tmp".equals(ofJava) && !windows) {
      addIfPath(paths, ofJava, "java.io.tmpdir"); // set, or macOS's directory of this user
    }
    for (String variable : List.of("TMPDIR", "TEMP", "TMP")) {
      addIfPath(paths, environment.apply(variable), variable);
    }
    addIfPath(paths, ofJava, "java.io.tmpdir");
    List<String> ofThePlatform =
        windows
            ? List.of("C:\\TEMP", "C:\\TMP", "\\TEMP", "\\TMP")
            : List.of("/tmp", "/var/tmp", "/usr/tmp");
    for (String name : ofThePlatform) {
      addIfPath(paths, name, "the platform's list");
    }
    addIfPath(paths, properties.apply("user.dir"), "the working directory");
    return paths;
  }

  /**
   * Returns the first in which files can be made, absolute.
   *
   * @throws FileSystemException if there is none; it names them all, each with its reason
   */
  public static Path firstUsable(Set<Path> candidates) throws IOException {
    FileSystemException failure =
        new FileSystemException(
            candidates.toString(),
            null,
            "No usable temporary directory: set TMPDIR, -Djava.io.tmpdir or the setting 'directory'");
    for (Path candidate : candidates) {
      try {
        return usable(candidate);
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
  }

  /**
   * Returns the directory as an absolute path.
   *
   * @throws FileSystemException if files cannot be created, written and removed in it
   */
  public static Path usable(Path directory) throws IOException {
    try {
      return ForeignProvider.call(
          directory,
          () -> {
            probe(directory);
            return directory.toAbsolutePath();
          });
    } catch (IOException e) {
      FileSystemException failure =
          new FileSystemException(
              directory.toString(),
              null,
              "Not usable as temporary directory; allowed: an existing one in which files can be"
                  + " created, written and removed");
      failure.initCause(e);
      throw failure;
    }
  }

  private static void probe(Path directory) throws IOException {
    Path file = directory.resolve(Names.random("nio-tmp-probe-"));
    try (SeekableByteChannel channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            OwnerOnly.file(directory))) {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    } finally {
      ForeignProvider.deleteIfExists(file);
    }
  }

  private static void addIfPath(Map<Path, String> paths, @Nullable String name, String source) {
    if (name == null || name.isEmpty()) {
      return;
    }
    try {
      paths.putIfAbsent(Path.of(name), source);
    } catch (InvalidPathException e) {
      // an environment variable that names no path is no candidate
    }
  }
}
