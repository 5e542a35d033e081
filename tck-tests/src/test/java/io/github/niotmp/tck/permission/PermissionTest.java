package io.github.niotmp.tck.permission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.forked.UnprivilegedJvm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PermissionTest {
  @TempDir Path directory;

  @Test
  void theOwnersBitsBindAsOnTheDisk() throws Exception {
    assertThat(new UnprivilegedJvm(directory).outputOf(":", PermissionProbe.class))
        .containsExactly("done");
  }

  @Test
  void anOpenHandleNeedsNoPermissionsButToMapAndToRemoveOnTheHost() throws Exception {
    assertThat(new UnprivilegedJvm(directory).outputOf(":", OpenHandleProbe.class))
        .containsExactly(
            "on the disk, mapped: ok",
            "on the disk, closed: ok, stays: false",
            "spooled, mapped: ok",
            "spooled, closed: ok, stays: false",
            "host, mapped: AccessDeniedException /d/file",
            "host, closed: AccessDeniedException /d/file, stays: true");
  }

  @Test
  void whoMayReadAndWriteAFileMayMoveItsBytes() throws Exception {
    assertThat(new UnprivilegedJvm(directory).outputOf(":", StorageProbe.class))
        .containsExactly(
            "--------- denied denied denied ok ok ok",
            "r-------- denied denied denied ok ok ok",
            "-w------- ok ok denied ok ok ok",
            "rw------- ok ok ok ok ok ok");
  }

  @Test
  void aDirectoryIsRemovedAsFarAsItsOwnerMay() throws Exception {
    assertThat(new UnprivilegedJvm(directory).outputOf(":", RemovalProbe.class))
        .containsExactly(
            "read-only directories: removed",
            "an empty directory that cannot be entered: removed",
            "an empty directory that cannot be entered, in a tree: removed",
            "a directory that cannot be entered, with an entry: FileSystemException",
            "beside it: nothing",
            "once it can: removed",
            "a directory that cannot be entered, with an entry, below another: FileSystemException",
            "once it can: removed");
  }

  @Test
  void rootPasses() throws IOException {
    assumeTrue(UnprivilegedJvm.isRoot(directory), "not root");
    try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://root-passes"), Map.of())) {
      assertThat(
              PermissionProbe.differences(
                  Files.createDirectory(directory.resolve("oracle")), tmp.getPath("/")))
          .isEmpty();
    }
  }
}
