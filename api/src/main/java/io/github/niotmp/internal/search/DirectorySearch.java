package io.github.niotmp.internal.search;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The search for the temporary directory. It takes the first candidate in which it can create a
 * spill file: in this user's directory if no other user can replace that, otherwise an unlinked
 * file directly in the candidate.
 */
public final class DirectorySearch {
  /** The most attempts, because other processes may remove an empty session root each time. */
  private static final int MOST_TRIES = 100;

  private DirectorySearch() {}

  /** Returns the candidates of this process, best first, each with its source. */
  public static Map<Path, String> candidates() {
    return candidates(System::getenv, System::getProperty);
  }

  /** Returns the candidates, best first, each with its source. */
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
   * Returns the absolute path of the first candidate in which spill files can be created.
   *
   * @param refusals receives each earlier candidate, with the reason
   * @throws FileSystemException if no candidate is usable, with the reason of each; or if this
   *     process has no descriptor left, because that is no fault of a candidate
   */
  public static Path firstUsable(Set<Path> candidates, BiConsumer<Path, IOException> refusals)
      throws IOException {
    Map<Path, IOException> refused = new LinkedHashMap<>();
    for (Path candidate : candidates) {
      try {
        Path usable = usable(candidate);
        refused.forEach(refusals);
        return usable;
      } catch (IOException e) {
        refuseWithoutDescriptors(candidate, e);
        refused.put(candidate, e);
      }
    }
    FileSystemException failure =
        new FileSystemException(
            candidates.toString(),
            null,
            "No usable temporary directory: set TMPDIR, -Djava.io.tmpdir or the setting 'directory'. "
                + refused.entrySet().stream()
                    .map(refusal -> refusal.getKey() + ": " + reason(refusal.getValue()))
                    .collect(Collectors.joining("; ")));
    refused.values().forEach(failure::addSuppressed);
    throw failure;
  }

  private static void refuseWithoutDescriptors(Path candidate, IOException refusal)
      throws FileSystemException {
    String reason = reason(refusal);
    if (reason.contains("Too many open files")) {
      FileSystemException failure = new FileSystemException(candidate.toString(), null, reason);
      failure.initCause(refusal);
      throw failure;
    }
  }

  private static String reason(IOException refusal) {
    Exception reason = refusal.getCause() instanceof Exception cause ? cause : refusal;
    return ForeignProvider.words(reason);
  }

  /**
   * Returns the directory as an absolute path.
   *
   * @throws FileSystemException if spill files cannot be created in it; its cause is the reason
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

  /** Creates a file like a spill file; if the process is killed meanwhile, a reaper removes it. */
  private static void probe(Path directory) throws IOException {
    if (directory.getFileSystem() != FileSystems.getDefault()) {
      probeByName(directory);
    } else if (UserDirectory.firstUnsafe(directory) != null) {
      probeUnlinked(directory); // other users may replace the name: the file does not need it
    } else {
      probeIn(UserDirectory.in(directory));
    }
  }

  private static void probeIn(UserDirectory root) throws IOException {
    for (int tries = 1; ; tries++) {
      root.create();
      try {
        probeUnlinked(root.path());
        return;
      } catch (NoSuchFileException e) { // the last user of the root has removed it
        if (tries == MOST_TRIES) {
          throw e;
        }
      } finally {
        root.removeIfEmpty();
      }
    }
  }

  /**
   * On Unix the JDK unlinks the file when it opens it; on Windows the end of the process deletes
   * it.
   */
  private static void probeUnlinked(Path directory) throws IOException {
    write(
        directory.resolve(Names.random(UserDirectory.UNLINKED)),
        Set.of(
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE));
  }

  private static void probeByName(Path directory) throws IOException {
    Path file = directory.resolve(Names.random("nio-tmp-probe-"));
    try {
      write(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } finally {
      ForeignProvider.deleteIfExists(file);
    }
  }

  private static void write(Path file, Set<OpenOption> options) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file, options, OwnerOnly.file(file))) {
      channel.write(ByteBuffer.wrap(new byte[] {1}));
    }
  }

  private static void addIfPath(Map<Path, String> paths, @Nullable String name, String source) {
    if (name == null || name.isEmpty()) {
      return;
    }
    try {
      paths.putIfAbsent(Path.of(name), source);
    } catch (InvalidPathException e) {
      // the value of the environment variable is not a path
    }
  }
}
