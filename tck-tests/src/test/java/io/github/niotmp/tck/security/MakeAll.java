package io.github.niotmp.tck.security;

import io.github.niotmp.PersistOptions;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/** Has the library make everything on the host that it ever makes there. */
final class MakeAll {
  /** Begins each name that a user gives in a file system whose names stay in memory. */
  static final String USER_GIVEN = "user-given-";

  private MakeAll() {}

  public static void main(String[] arguments) throws IOException {
    Path host = Path.of(arguments[0]);
    SystemTemp.setDirectory(host);
    spill(host);
    pack(host);
    own(TempOptions.defaults().directory(host));
    persist(host);
    tree(host);
  }

  private static void tree(Path host) throws IOException {
    try (FileSystem tmp =
        TmpFileSystems.open(Map.of("storage", "host", "directory", host.toString()))) {
      Path directory = Files.createDirectories(tmp.getPath("/a/b"));
      Path file = Files.writeString(directory.resolve("file"), "text");
      Files.copy(file, directory.resolve("copy"));
      Files.createTempFile(directory, "temp", ".file");
      Files.createTempDirectory(directory, "temp");
    }
  }

  private static void spill(Path host) throws IOException {
    try (FileSystem tmp =
        TmpFileSystems.open(Map.of("spoolThreshold", "0", "directory", host.toString()))) {
      Path directory = Files.createDirectory(tmp.getPath("/" + USER_GIVEN + "directory"));
      Path spilled = directory.resolve(USER_GIVEN + "spilled");
      Files.write(spilled, new byte[100_000]);
      Path real = Files.getFileAttributeView(spilled, TmpFileAttributeView.class).hostPath();
      Files.writeString(real, "from outside", StandardOpenOption.WRITE);
      Files.move(spilled, spilled.resolveSibling(USER_GIVEN + "moved"));
    }
  }

  private static void pack(Path host) throws IOException {
    try (FileSystem tmp =
        TmpFileSystems.open(Map.of("memoryBudget", "64KiB", "directory", host.toString()))) {
      for (int i = 0; i < 100; i++) {
        Files.write(tmp.getPath("/" + USER_GIVEN + i), new byte[4_000]);
      }
    }
  }

  private static void own(TempOptions onDisk) throws IOException {
    try (TempFile file = TempFile.create(onDisk);
        TempFile unnamed = TempFile.createUnnamed(onDisk);
        TempDirectory directory = TempDirectory.create(onDisk)) {
      Files.writeString(file.path(), "text", StandardOpenOption.WRITE);
      unnamed.newOutputStream().write(1);
      Files.createTempDirectory(directory.path(), "below");
    }
  }

  private static void persist(Path host) throws IOException {
    Path target = host.resolve("persisted");
    for (boolean replacing : new boolean[] {false, true}) {
      try (TempFile file = TempFile.create()) {
        Files.write(file.path(), new byte[10]);
        file.persist(target, PersistOptions.defaults().replaceExisting(replacing).sync(true));
      }
    }
    Files.delete(target);
  }
}
