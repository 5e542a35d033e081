package io.github.niotmp.tck.fuse;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program that exits while its files on a mount are open. */
final class FuseProgram {
  private static final List<Object> OPEN = new ArrayList<>();

  private FuseProgram() {}

  /** Takes the mounted directory. */
  public static void main(String[] arguments) throws Exception {
    Path mount = Path.of(arguments[0]);
    TempOptions options = TempOptions.defaults().directory(mount);
    TempDirectory directory = TempDirectory.create(options);
    OPEN.add(directory);
    OPEN.add(TempFile.create(options));
    Files.writeString(directory.resolve("file"), "text");
    FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", mount));
    OPEN.add(FileChannel.open(Files.writeString(tmp.getPath("/file"), "text")));
  }
}
