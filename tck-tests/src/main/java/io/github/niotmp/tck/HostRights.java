package io.github.niotmp.tck;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process may do on the host, whatever the subject is. */
final class HostRights {
  private static final int ROOT = 0;
  private static final int ANOTHER = 1;

  private HostRights() {}

  /** Says whether it is root's, with the capability that root may have lost in a container. */
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
