package io.github.niotmp.tck.exit;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** A program that takes some steps, and exits in another thread while it takes the last of them. */
final class ExitStepsProgram {
  static final String KEPT = "kept-";
  static final String PERSISTED = "persisted";

  private final List<Step> steps = new ArrayList<>();

  private interface Step {
    void run() throws Exception;
  }

  private ExitStepsProgram(Path disk) throws IOException {
    FileSystem host = TmpFileSystems.open(Map.of("storage", "host", "directory", disk));
    Path root = host.getPath("/");
    FileSystem spooled = TmpFileSystems.open(Map.of("directory", disk));
    Path tree = root.resolve("a/b");
    TempOptions onDisk = TempOptions.defaults().directory(disk);
    TempFile kept = TempFile.create(onDisk.prefix(KEPT));
    TempFile persisted = TempFile.create(onDisk);
    TempDirectory directory = TempDirectory.create(onDisk);
    steps.add(() -> Files.createDirectories(tree.resolve("c")));
    steps.add(() -> Files.writeString(tree.resolve("file"), "text"));
    steps.add(() -> hostPath(tree.resolve("file")));
    steps.add(() -> Files.move(tree, root.resolve("moved")));
    steps.add(() -> hostPath(Files.writeString(spooled.getPath("/file"), "text")));
    steps.add(() -> kept.newOutputStream().write(KEPT.getBytes(StandardCharsets.UTF_8)));
    steps.add(kept::keep);
    steps.add(() -> persisted.persist(disk.resolve(PERSISTED)));
    steps.add(() -> Files.createDirectories(directory.resolve("x/y")));
    steps.add(() -> Files.writeString(directory.resolve("x/y/z"), "text"));
    steps.add(() -> TmpFileSystems.open(Map.of("storage", "host", "directory", disk)));
    steps.add(() -> Files.delete(root.resolve("moved/file")));
    steps.add(directory::close);
    steps.add(spooled::close);
    steps.add(host::close);
  }

  /** The number of the step that keeps a file, and of that which persists one. */
  static final int KEEPS = 6;

  static final int PERSISTS = 7;
  static final int COUNT = 15;

  /** Takes a directory on the host and the number of the step at which to exit. */
  public static void main(String[] arguments) throws Exception {
    new ExitStepsProgram(Path.of(arguments[0])).run(Integer.parseInt(arguments[1]));
  }

  private void run(int last) throws Exception {
    if (steps.size() != COUNT) {
      throw new IllegalStateException("There are " + steps.size());
    }
    for (Step step : steps.subList(0, last)) {
      step.run();
    }
    Thread exiting = new Thread(() -> System.exit(0));
    exiting.start();
    try {
      steps.get(last).run();
    } catch (IOException | IllegalStateException e) {
      // the exit was faster
    }
    new CountDownLatch(1).await();
  }

  private static void hostPath(Path path) throws IOException {
    Files.getFileAttributeView(path, TmpFileAttributeView.class).hostPath();
  }
}
