package io.github.niotmp.tck.platform;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that ends while its files are open. */
final class EndingProgram {
  private static final List<Object> OPEN = new ArrayList<>();

  private EndingProgram() {}

  /** Takes the directory, and how to end: "exit" or "halt". */
  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[0]);
    FileSystem host = TmpFileSystems.open(Map.of("storage", "host", "directory", directory));
    OPEN.add(FileChannel.open(Files.write(host.getPath("/file"), new byte[9])));
    FileSystem spooled = TmpFileSystems.open(Map.of("spoolThreshold", 0, "directory", directory));
    Path file = Files.write(spooled.getPath("/file"), new byte[9]);
    Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
    if (arguments[1].equals("halt")) {
      Runtime.getRuntime().halt(0);
    }
    TempOptions options = TempOptions.defaults().directory(directory);
    OPEN.add(TempFile.create(options));
    TempDirectory tree = TempDirectory.create(options);
    OPEN.add(tree);
    Files.write(tree.resolve("file"), new byte[9]);
  }
}
