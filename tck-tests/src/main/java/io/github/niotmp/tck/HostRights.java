package io.github.niotmp.tck;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rights of this process on the host. */
final class HostRights {
  private static final int ROOT = 0;
  private static final int ANOTHER = 1;

  private HostRights() {}

  /**
   * Says whether the process is root and may change owners; a container may lack the capability.
   */
  static boolean givesFilesAway() throws IOException {
    if (!FileSystems.getDefault().supportedFileAttributeViews().contains("unix")) {
      return false;
    }
    Path probe = Files.createTempFile("nio-tmp-tck", null);
    try {
      boolean root = Files.getAttribute(probe, "unix:uid").equals(ROOT);
      Files.setAttribute(probe, "unix:uid", ANOTHER);
      return root;
    } catch (FileSystemException e) {
      return false;
    } finally {
      Files.delete(probe);
    }
  }
}
