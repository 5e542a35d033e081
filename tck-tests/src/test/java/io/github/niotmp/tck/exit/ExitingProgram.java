package io.github.niotmp.tck.exit;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A program that exits with names on the host, and may use or create some in its hooks. */
final class ExitingProgram {
  private static final List<Object> OPEN = new ArrayList<>();

  private ExitingProgram() {}

  private interface Task {
    void run() throws Exception;
  }

  /** Takes the name of a task; {@code out} is the file to report to. */
  public static void main(String[] arguments) throws Exception {
    Path out = Path.of(arguments[1]);
    FileSystem host = keep(TmpFileSystems.open(Map.of("storage", "host")));
    Path root = host.getPath("/");
    switch (arguments[0]) {
      case "all" -> {
        allKinds(root);
        atExit(() -> Files.writeString(out, readAll(root)));
      }
      case "kept" -> {
        TempFile file = keep(TempFile.create(onDisk()));
        file.newOutputStream().write("kept".getBytes(StandardCharsets.UTF_8));
        TempDirectory directory = keep(TempDirectory.create(onDisk()));
        Files.writeString(directory.resolve("entry"), "kept");
        TempFile persisted = keep(TempFile.create(onDisk()));
        TempFile again = keep(TempFile.create(onDisk()));
        atExit(
            () -> {
              Thread.sleep(300); // the library's hook has registered its names by then
              Path kept = file.keep();
              Path tree = directory.keep();
              Path target = Path.of(persisted.path() + "-target");
              persisted.persist(target);
              again.keep();
              again.cleanup(true);
              Files.writeString(out, kept + "\n" + tree.resolve("entry") + "\n" + target);
            });
      }
      case "names" -> {
        Path directory = Files.createDirectory(root.resolve("directory"));
        Files.createFile(directory.resolve("file"));
        atExit(
            () -> {
              Thread.sleep(300);
              Files.move(directory, root.resolve("renamed"));
              Files.createDirectories(root.resolve("a/b/c"));
              Files.createFile(root.resolve("a/b/c/d"));
              Files.createSymbolicLink(root.resolve("a/link"), root.resolve("renamed"));
              Files.createLink(root.resolve("a/second"), root.resolve("a/b/c/d"));
              Files.move(root.resolve("a/b"), root.resolve("e"));
              allKinds(keep(TmpFileSystems.open(Map.of("storage", "host"))).getPath("/"));
              Files.writeString(out, readAll(root));
            });
      }
      case "last" -> {
        TempDirectory directory = keep(TempDirectory.create(onDisk()));
        Path real = Files.getFileAttributeView(root, TmpFileAttributeView.class).hostPath();
        for (int i = 0; i < 10; i++) {
          String name = "last" + i;
          int millis = 20 * i;
          atExit(
              () -> {
                Thread.sleep(millis);
                Files.writeString(directory.resolve(name), "text");
                Files.writeString(real.resolve(name), "by another library");
              });
        }
      }
      case "busy" -> {
        CountDownLatch begun = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
          String name = "busy" + i;
          boolean hook = i < 2;
          Thread thread =
              new Thread(() -> busy(root.resolve(name), begun, hook ? 400_000_000L : 1L << 40));
          thread.setDaemon(true);
          if (hook) {
            Runtime.getRuntime().addShutdownHook(thread);
            begun.countDown();
          } else {
            thread.start();
          }
        }
        begun.await();
      }
      case "moved" -> {
        TempDirectory directory = keep(TempDirectory.create(onDisk()));
        Files.createFile(Files.createDirectory(directory.resolve("published")).resolve("file"));
        Path real = Files.getFileAttributeView(root, TmpFileAttributeView.class).hostPath();
        Path tree = Files.createDirectory(real.resolve("tree"));
        Files.createFile(tree.resolve("file"));
        atExit(
            () -> {
              Thread.sleep(300); // the library's hook has registered its names by then
              Path published = directory.path().resolveSibling("published");
              Files.move(directory.resolve("published"), published);
              Files.createSymbolicLink(directory.resolve("published"), published);
              Path moved = directory.path().resolveSibling("moved");
              Files.move(tree, moved);
              Files.createSymbolicLink(tree, moved);
            });
      }
      case "closing" -> {
        TempDirectory directory = keep(TempDirectory.create(onDisk()));
        manyDirectories(directory.path());
        manyDirectories(root);
        whileExiting(directory::close);
        whileExiting(host::close);
      }
      case "unwritable" -> {
        Path inner = Files.createDirectories(root.resolve("outer/inner"));
        Files.createFile(inner.resolve("file"));
        Files.setPosixFilePermissions(inner, PosixFilePermissions.fromString("r-x------"));
        Files.setPosixFilePermissions(
            root.resolve("outer"), PosixFilePermissions.fromString("---------"));
        TempDirectory directory = keep(TempDirectory.create(onDisk()));
        Path other = Files.createDirectory(directory.resolve("other"));
        Files.createFile(other.resolve("file"));
        Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("r-x------"));
      }
      case "undecodable" -> {
        Path file = Files.createFile(root.resolve("file"));
        Path real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
        Path directory = keep(TempDirectory.create(onDisk())).path();
        for (Path parent : List.of(real.resolveSibling(""), directory)) {
          String script = "d=$(printf '\\303\\244'); mkdir $d; touch $d/$d $d/b $d.c";
          new ProcessBuilder("sh", "-c", script).directory(parent.toFile()).start().waitFor();
        }
      }
      case "deep" -> {
        deepen(root);
        deepen(keep(TempDirectory.create(onDisk())).path());
      }
      case "elsewhere" -> {
        FileSystem other = keep(Jimfs.newFileSystem(Configuration.unix()));
        Path directory = Files.createDirectory(other.getPath("/work/spills"));
        FileSystem spooled =
            keep(TmpFileSystems.open(Map.of("spoolThreshold", 0, "directory", directory)));
        Path file = Files.writeString(spooled.getPath("/file"), "text");
        keep(TempFile.create(TempOptions.defaults().directory(directory)));
        atExit(
            () -> {
              Thread.sleep(300);
              Files.writeString(file.resolveSibling("late"), "text");
              Files.writeString(out, Files.readString(file));
            });
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    if (arguments.length > 2) {
      System.exit(0);
    }
  }

  private static <T> T keep(T open) {
    OPEN.add(open);
    return open;
  }

  private static TempOptions onDisk() throws IOException {
    return TempOptions.defaults().directory(SystemTemp.directory());
  }

  private static void allKinds(Path root) throws IOException {
    Files.createDirectories(root.resolve("directory/inner"));
    Files.writeString(root.resolve("directory/inner/file"), "text");
    Files.createSymbolicLink(root.resolve("link"), root.resolve("directory"));
    Path spooled = keep(TmpFileSystems.open(Map.of())).getPath("/spooled.txt");
    Files.writeString(spooled, "text");
    Files.getFileAttributeView(spooled, TmpFileAttributeView.class).hostPath();
    keep(TempFile.create(onDisk())).newOutputStream().write(1);
    keep(TempFile.createUnnamed(onDisk()));
    TempDirectory directory = keep(TempDirectory.create(onDisk()));
    Files.createDirectory(directory.resolve("inner"));
    Files.writeString(directory.resolve("inner/file"), "text");
    keep(
        TempResource.create(
            onDisk(),
            path ->
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
  }

  private static String readAll(Path root) throws IOException {
    StringBuilder seen = new StringBuilder(TmpFileSystems.listing(root));
    for (Object each : OPEN) {
      if (each instanceof TempDirectory directory) {
        seen.append(Files.readString(directory.resolve("inner/file")));
      }
    }
    return seen.toString();
  }

  /** Enough to be removed for a longer time than the exit takes, were they left to themselves. */
  private static void manyDirectories(Path directory) throws IOException {
    for (int i = 0; i < 200; i++) {
      Path inner = Files.createDirectories(directory.resolve("a" + i + "/b/c/d/e"));
      Files.createFile(inner.resolve("file"));
    }
  }

  /** Runs a task in a daemon thread; once the exit has stopped it, it may fail. */
  private static void whileExiting(Task task) {
    Thread thread =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                // the exit goes on with the rest
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private static void atExit(Task task) {
    Thread hook =
        new Thread(
            () -> {
              try {
                task.run();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private static void busy(Path directory, CountDownLatch begun, long nanos) {
    long end = System.nanoTime() + nanos;
    try {
      Files.createDirectories(directory);
      for (int i = 0; System.nanoTime() - end < 0; i++) {
        Path inner = Files.createDirectories(directory.resolve("d" + i % 7));
        Files.writeString(inner.resolve("f" + i), "text");
        FileSystem another =
            TmpFileSystems.open(Map.of("storage", i % 2 == 0 ? "host" : "spooled"));
        Files.writeString(another.getPath("/file"), "text");
        if (i % 3 == 0) {
          another.close();
        } else {
          synchronized (OPEN) {
            OPEN.add(another);
            OPEN.add(TempFile.create(onDisk()));
          }
        }
        begun.countDown();
      }
    } catch (IOException | IllegalStateException e) {
      if (nanos < 1L << 39) { // the other threads go on while the JDK deletes
        throw new IllegalStateException(e);
      }
    }
  }

  /** Makes a path of more than 4,095 bytes of two that are shorter. */
  private static void deepen(Path root) throws IOException {
    String name = "n".repeat(200);
    Path one = root.resolve("one");
    Path other = root.resolve("other");
    for (Path start : List.of(one, other)) {
      Path deep = start;
      for (int i = 0; i < 15; i++) {
        deep = deep.resolve(name);
      }
      Files.createDirectories(deep);
      Files.createFile(deep.resolve("file"));
    }
    Path end = one;
    for (int i = 0; i < 10; i++) {
      end = end.resolve(name);
    }
    Files.move(other, end.resolve("other"));
  }
}
