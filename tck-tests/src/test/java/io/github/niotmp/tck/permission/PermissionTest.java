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
import java.util.ArrayList;
import java.util.List;
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
  void aChangeOfTheBytesTakesSetIdBitsAwayAsOnTheDisk() throws Exception {
    List<String> lines = new UnprivilegedJvm(directory).outputOf(":", SetIdProbe.class);

    String onDisk = lines.get(0).substring("disk".length());
    assertThat(onDisk).contains(" write 770 2760 700 770 ");
    assertThat(lines)
        .containsExactly("disk" + onDisk, "spooled" + onDisk, "spooled" + onDisk, "host" + onDisk);
  }

  @Test
  void aTreeIsRemovedWhateverItsModesUnlessAnotherUserCouldReplaceADirectory() throws Exception {
    List<String> expected = new ArrayList<>();
    for (String place : List.of("disk", "spooled", "host")) {
      for (String mode : List.of("---", "--x", "-w-", "-wx", "r--", "r-x", "rw-", "rwx")) {
        expected.add(place + " " + mode + ": removed");
      }
    }
    expected.add("shared: stays, and is named");
    expected.add("shared, beside it: nothing");
    expected.add("shared, once it can be read: removed");

    assertThat(new UnprivilegedJvm(directory).outputOf(":", RemovalProbe.class))
        .containsExactlyElementsOf(expected);
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
