package io.github.niotmp.tck.security;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.FutureTask;

/** Makes trees that are deeper than any path may be long, and removes them on a small stack. */
final class DeepTree {
  private static final long STACK_BYTES = 256 * 1024;

  private DeepTree() {}

  /** Takes a directory and how deep the trees are to be. */
  public static void main(String[] arguments) throws Exception {
    Path host = Path.of(arguments[0]);
    int depth = Integer.parseInt(arguments[1]);
    makeAndRemove(host, depth);
    FileSystem onHost = TmpFileSystems.open(Map.of("storage", "host", "directory", host));
    make(onHost.getPath("/"), depth);
    onASmallStack(onHost);
    System.out.println("removed");
  }

  static void makeAndRemove(Path directory, int depth) throws Exception {
    TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(directory));
    make(tree.path(), depth);
    onASmallStack(tree);
  }

  /** Puts what there is into one more directory, again and again. */
  private static void make(Path top, int depth) throws IOException {
    for (int i = 0; i < depth; i++) {
      Path outer = Files.createDirectory(top.resolve("outer"));
      if (i > 0) {
        Files.move(top.resolve("tree"), outer.resolve("tree"));
      }
      Files.createFile(outer.resolve("file"));
      Files.move(outer, top.resolve("tree"));
    }
  }

  private static void onASmallStack(Closeable task) throws Exception {
    FutureTask<Void> result =
        new FutureTask<>(
            () -> {
              task.close();
              return null;
            });
    Thread thread = new Thread(null, result, "small stack", STACK_BYTES);
    thread.start();
    result.get();
  }
}
