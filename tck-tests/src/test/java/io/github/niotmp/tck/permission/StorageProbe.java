package io.github.niotmp.tck.permission;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileHandle;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/** Prints which moves of a file's bytes its permission bits allow, by its name and by a handle. */
public final class StorageProbe {
  private static final String[] BITS = {"---------", "r--------", "-w-------", "rw-------"};

  private interface Move {
    void by(TmpFileAttributeView view) throws IOException;
  }

  private StorageProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    try (FileSystem tmp =
        FileSystems.newFileSystem(
            URI.create("tmp://probe"), Map.of("directory", Path.of(arguments[0])))) {
      for (String bits : BITS) {
        Path file = Files.createFile(tmp.getPath("/" + bits));
        try (FileChannel handle =
            FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
          Set<PosixFilePermission> permissions = PosixFilePermissions.fromString(bits);
          Files.setPosixFilePermissions(file, permissions);
          System.out.println(
              bits
                  + outcomes(Files.getFileAttributeView(file, TmpFileAttributeView.class))
                  + outcomes(((TmpFileHandle) handle).view()));
        }
      }
    }
  }

  private static String outcomes(TmpFileAttributeView view) throws IOException {
    return outcome(view, byView -> byView.setSpoolThreshold(5))
        + outcome(view, TmpFileAttributeView::rollOver)
        + outcome(view, TmpFileAttributeView::hostPath);
  }

  private static String outcome(TmpFileAttributeView view, Move move) throws IOException {
    try {
      move.by(view);
      return " ok";
    } catch (AccessDeniedException e) {
      return " denied";
    }
  }
}
