package io.github.niotmp.tck.exit;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.session.DirectoryLease;
import io.github.niotmp.session.FreshDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Field;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * An application that creates names on the host, runs the hook of its copy of the library as the
 * exit of a JVM does, goes on meanwhile and afterwards, and closes all in the end. Returns lines
 * with what it saw.
 */
public final class SimulatedExit implements Function<Path, List<String>> {
  private final List<String> seen = new ArrayList<>();
  private final List<Closeable> open = new ArrayList<>();

  /** Is made by name. */
  public SimulatedExit() {}

  @Override
  public List<String> apply(Path directory) {
    try {
      SystemTemp.setDirectory(directory);
      run();
      return seen;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private void run() throws Exception {
    Path root = keep(TmpFileSystems.open(Map.of("storage", "host"))).getPath("/");
    names(root, "before");
    Path real = Files.getFileAttributeView(root, TmpFileAttributeView.class).hostPath();
    TempFile kept = keep(TempFile.create(onDisk()));
    TempDirectory keptTree = keep(TempDirectory.create(onDisk()));
    DirectoryLease elsewhere = elsewhere();
    Path inZip = elsewhere.enter();
    Thread hook = hook();
    Runtime.getRuntime().removeShutdownHook(hook);

    HostNames.Creation creation = HostNames.creating();

    hook.start();
    while (!HostNames.isExiting()) {
      Thread.onSpinWait();
    }
    creation.close(); // the exit waits for it
    names(root, "meanwhile");
    seen.add("kept " + kept.keep());
    seen.add("kept " + keptTree.keep());
    hook.join();
    seen.add("ending " + HostNames.isEnding() + ", on the host " + Files.exists(real));
    seen.add("elsewhere " + Files.exists(inZip) + ", again " + enters(elsewhere));
    elsewhere.leave();
    Path late = keep(TmpFileSystems.open(Map.of("storage", "host"))).getPath("/late");
    Files.writeString(late, "late");
    seen.add("afterwards " + Files.readString(late) + ", a TempFile " + createsTempFile());

    for (Closeable each : open) {
      try {
        each.close();
      } catch (IOException e) {
        seen.add("stopped " + e.toString().endsWith(": The JVM is exiting, and removes the rest"));
      }
    }
  }

  /** Returns a place on another provider, whose names the JDK cannot delete. */
  private DirectoryLease elsewhere() throws IOException {
    Path zip = Files.createTempFile("simulated-exit", ".zip");
    Files.delete(zip);
    FileSystem archive =
        keep(FileSystems.newFileSystem(URI.create("jar:" + zip.toUri()), Map.of("create", "true")));
    open.add(() -> Files.deleteIfExists(zip));
    return new FreshDirectory(archive.getPath("/"));
  }

  private static boolean createsTempFile() throws IOException {
    try (TempFile file = TempFile.create(onDisk())) {
      return Files.exists(file.path());
    } catch (IllegalStateException e) {
      return !String.valueOf(e.getMessage()).matches("The JVM is exiting: .+ was removed");
    }
  }

  private static boolean enters(DirectoryLease place) {
    try {
      place.enter();
      return true;
    } catch (IOException e) {
      return !String.valueOf(e.getMessage())
          .endsWith(": No file can be created in it any more: the JVM is exiting");
    }
  }

  private void names(Path root, String name) throws IOException {
    Path directory = Files.createDirectories(root.resolve(name + "/inner/most"));
    Files.writeString(directory.resolve("file"), name);
    Files.createSymbolicLink(root.resolve(name + "-link"), directory);
    Files.createLink(root.resolve(name + "-second"), directory.resolve("file"));
    Path moved = Files.move(root.resolve(name), root.resolve(name + "-moved"));
    Files.setPosixFilePermissions(
        moved.resolve("inner"), PosixFilePermissions.fromString("r-x------"));
    Path spooled = keep(TmpFileSystems.open(Map.of())).getPath("/file");
    Files.writeString(spooled, name);
    Path real = Files.getFileAttributeView(spooled, TmpFileAttributeView.class).hostPath();
    keep(TmpFileSystems.open(Map.of("storage", "host")));
    TempFile file = keep(TempFile.create(onDisk()));
    file.newOutputStream().write(1);
    TempDirectory tree = keep(TempDirectory.create(onDisk()));
    Files.createFile(tree.resolve("entry"));
    seen.add(
        Files.readString(moved.resolve("inner/most/file"))
            + " "
            + Files.readString(real)
            + " "
            + Files.exists(file.path())
            + " "
            + Files.exists(tree.resolve("entry")));
  }

  private <T extends Closeable> T keep(T closeable) {
    open.add(0, closeable);
    return closeable;
  }

  private FileSystem keep(FileSystem fileSystem) {
    open.add(0, fileSystem);
    return fileSystem;
  }

  private static TempOptions onDisk() throws IOException {
    return TempOptions.defaults().directory(SystemTemp.directory());
  }

  private static Thread hook() throws ReflectiveOperationException {
    Field hook = HostNames.class.getDeclaredField("HOOK");
    hook.setAccessible(true);
    return (Thread) Objects.requireNonNull(((AtomicReference<?>) hook.get(null)).get());
  }
}
