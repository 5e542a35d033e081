package io.github.niotmp.examples;

import com.ibm.icu.util.VersionInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.zip.ZipException;

/**
 * Unpacks a zip or jar and leaves no file on the disk: streams it into a {@code tmp:} file, mounts
 * that with the JDK's zipfs, copies every entry to a second {@code tmp:} file system and prints
 * where the bytes were stored.
 */
public final class Unpack {
  private final UnpackOptions options;
  private final PrintStream out;
  private final boolean showProgress;

  private Unpack(UnpackOptions options, PrintStream out, boolean showProgress) {
    this.options = options;
    this.out = out;
    this.showProgress = showProgress;
  }

  /** Runs the command; {@code --help} prints the options. Ends the JVM with status 0 or 1. */
  public static void main(String[] args) {
    System.exit(run(args, System.out, System.err, Progress.isTerminal()));
  }

  static int run(String[] args, PrintStream out, PrintStream err, boolean showProgress) {
    try {
      UnpackOptions options = UnpackOptions.parse(args);
      if (options.help()) {
        out.print(UnpackOptions.HELP);
      } else {
        new Unpack(options, out, showProgress).run();
      }
      return 0;
    } catch (IOException | IllegalArgumentException e) {
      err.println("unpack: " + ErrorLine.of(e));
      return 1;
    } catch (OutOfMemoryError e) {
      // both file systems are closed, so memory is free again
      err.println("unpack: not enough memory: lower --memoryBudget or raise -Xmx");
      return 1;
    }
  }

  private void run() throws IOException {
    Path archive = archive();
    HostTrace trace;
    SortedSet<String> whileOpen;
    try (FileSystem received = open("received");
        FileSystem unpacked = open("unpacked")) {
      trace = new HostTrace(directory(unpacked));
      Path copy = received.getPath("/archive.zip");
      receive(archive, copy);
      Unpacker unpacker = unpack(archive, copy, unpacked.getPath("/"));
      whileOpen = trace.added();
      out.println(archive);
      out.print(table(copy, unpacker, unpacked.getPath("/")));
    }
    out.println(
        "new " + trace + ": " + whileOpen + " while open, " + trace.added() + " after closing");
  }

  private FileSystem open(String name) throws IOException {
    return FileSystems.newFileSystem(URI.create("tmp://" + name), options.settings());
  }

  /** Returns the directory of the host for bytes that leave memory. */
  private static Path directory(FileSystem fileSystem) throws IOException {
    return (Path) Files.getFileStore(fileSystem.getPath("/")).getAttribute("tmp:directory");
  }

  /** Copies the archive as if it came from the network, as a stream that can be read once. */
  private void receive(Path archive, Path copy) throws IOException {
    if (Files.isDirectory(archive)) {
      throw new FileSystemException(
          archive.toAbsolutePath().toString(), null, "is a directory, not an archive");
    }
    try (InputStream in = Files.newInputStream(archive);
        Progress progress = progress("receiving", Files.size(archive))) {
      Files.copy(progress.of(in), copy);
    }
  }

  private Unpacker unpack(Path archive, Path copy, Path tree) throws IOException {
    try (FileSystem mounted = FileSystems.newFileSystem(copy)) {
      Path root = mounted.getPath("/");
      try (Progress progress = progress("unpacking", Unpacker.sizeOf(root))) {
        Unpacker unpacker = new Unpacker(root, tree, progress);
        Files.walkFileTree(root, unpacker);
        return unpacker;
      }
    } catch (ZipException e) {
      throw new FileSystemException(
          archive.toString(), null, "not a usable zip archive: " + ErrorLine.of(e));
    }
  }

  private static UsageTable table(Path copy, Unpacker unpacker, Path tree) throws IOException {
    FileStore received = Files.getFileStore(copy);
    FileStore unpacked = Files.getFileStore(tree);
    return new UsageTable("archive", "unpacked")
        .row("entries", 1, unpacker.entries())
        .row("bytes", Files.size(copy), unpacker.bytes())
        .row("files in memory", received, unpacked, "tmp:filesInMemory")
        .row("files rolled over to disk", received, unpacked, "tmp:filesOnDisk")
        .row("files packed on disk", received, unpacked, "tmp:filesPacked")
        .row("bytes of memory, peak", received, unpacked, "tmp:memoryPeak")
        .row("bytes of memory, budget", received, unpacked, "tmp:memoryBudget")
        .row("bytes on disk", received, unpacked, "tmp:diskBytes");
  }

  private Progress progress(String task, long bytes) {
    return showProgress ? Progress.shown(task, bytes, out) : Progress.hidden();
  }

  private Path archive() {
    Path given = options.archive();
    return given != null ? given : codeSource(VersionInfo.class);
  }

  /** Returns the jar that a class was loaded from. */
  private static Path codeSource(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
