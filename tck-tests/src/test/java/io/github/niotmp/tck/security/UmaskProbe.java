package io.github.niotmp.tck.security;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

/** Prints what can be made on the host under the umask that it is started with. */
final class UmaskProbe {
  private UmaskProbe() {}

  private interface Making {
    Closeable make() throws IOException;
  }

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    Path host = Path.of(arguments[0]);
    TempOptions onDisk = TempOptions.defaults().directory(host);
    say("file", () -> TempFile.create(onDisk));
    say("directory", () -> TempDirectory.create(onDisk));
    say("tree", () -> TmpFileSystems.open(Map.of("storage", "host", "directory", host)));
    try (FileSystem tmp = TmpFileSystems.open(Map.of("spoolThreshold", "8", "directory", host))) {
      Path file = Files.write(tmp.getPath("/file"), new byte[8]);
      say(
          "name",
          () -> {
            Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
            return () -> {};
          });
      say(
          "spilled file",
          () -> {
            Files.write(tmp.getPath("/spilled"), new byte[9]);
            return () -> {};
          });
      say(
          "memory",
          () -> {
            Files.write(file, new byte[] {1, 2, 3});
            return () -> {};
          });
      System.out.println("kept: " + Arrays.toString(Files.readAllBytes(file)));
    }
    try (Stream<Path> left = Files.list(host)) {
      System.out.println("left: " + left.count());
    }
  }

  private static void say(String what, Making making) {
    String outcome;
    try {
      making.make().close();
      outcome = "made";
    } catch (IOException e) {
      outcome = e.toString().contains("umask") ? "refused for the umask" : e.toString();
    }
    System.out.println(what + ": " + outcome);
  }
}
