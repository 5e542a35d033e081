package io.github.niotmp.host;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.disposable.Names;
import io.github.niotmp.disposable.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the temporary directory: the first of the candidates in which a file can be created,
 * written and removed. Found once and kept; an override set by the program is looked at each time.
 */
public final class TemporaryDirectory {
  private static volatile @Nullable Path found;

  private TemporaryDirectory() {}

  /**
   * Returns the temporary directory.
   *
   * @throws FileSystemException if no candidate is usable; it names them all, each with its reason
   */
  public static Path find() throws IOException {
    Path override = TempDirectory.override().orElse(null);
    if (override != null) {
      return firstUsable(Set.of(override));
    }
    Path known = found;
    if (known == null) {
      known = firstUsable(candidates(System::getenv, System::getProperty));
      found = known;
    }
    return known;
  }

  /** Returns where to look, best first. */
  static Set<Path> candidates(
      Function<String, @Nullable String> environment,
      Function<String, @Nullable String> properties) {
    boolean windows = orEmpty(properties.apply("os.name")).startsWith("Windows");
    List<@Nullable String> names = new ArrayList<>();
    String ofJava = properties.apply("java.io.tmpdir");
    if (!"/tmp".equals(ofJava) && !windows) {
      names.add(ofJava); // set by somebody, or macOS's directory of this user
    }
    names.add(environment.apply("TMPDIR"));
    names.add(environment.apply("TEMP"));
    names.add(environment.apply("TMP"));
    names.add(ofJava);
    if (windows) {
      names.addAll(List.of("C:\\TEMP", "C:\\TMP", "\\TEMP", "\\TMP"));
    } else {
      names.addAll(List.of("/tmp", "/var/tmp", "/usr/tmp"));
    }
    names.add(orEmpty(properties.apply("user.dir")));
    Set<Path> paths = new LinkedHashSet<>();
    for (String name : names) {
      if (name != null && !name.isEmpty()) {
        addIfPath(paths, name);
      }
    }
    return paths;
  }

  static Path firstUsable(Set<Path> candidates) throws IOException {
    FileSystemException failure =
        new FileSystemException(
            candidates.toString(),
            null,
            "No usable temporary directory: set TMPDIR, -Djava.io.tmpdir or the setting 'directory'");
    for (Path candidate : candidates) {
      try {
        probe(candidate);
        return candidate.toAbsolutePath();
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    throw failure;
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
      Files.deleteIfExists(file);
    }
  }

  private static void addIfPath(Set<Path> paths, String name) {
    try {
      paths.add(Path.of(name));
    } catch (InvalidPathException e) {
      // an environment variable that names no path is no candidate
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
