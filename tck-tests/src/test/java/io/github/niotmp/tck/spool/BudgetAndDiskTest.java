package io.github.niotmp.tck.spool;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The failures of a full disk to which the memory budget has moved files. */
class BudgetAndDiskTest {
  private static final String OWN =
      "files leave memory because the memory budget of the file system is 65536 bytes; raise its"
          + " setting 'memoryBudget'";

  /** Opens a file system whose disk has the given size. */
  private static void onDisk(long size, Map<String, ?> settings, Use use) throws IOException {
    Configuration disk =
        Configuration.unix().toBuilder().setBlockSize(512).setMaxSize(size).build();
    try (FileSystem jimfs = Jimfs.newFileSystem(disk)) {
      Map<String, Object> all = new HashMap<>(settings);
      all.put("directory", jimfs.getPath("/work"));
      try (FileSystem tmp = TmpFileSystems.open(all)) {
        use.of(tmp);
      }
    }
  }

  private interface Use {
    void of(FileSystem tmp) throws IOException;
  }

  @Test
  void filesThatCannotBeEvicted() throws IOException {
    onDisk(
        2_000,
        Map.of("memoryBudget", "64KiB", "spoolThreshold", "unlimited"),
        tmp ->
            assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(
                    () -> {
                      for (int i = 0; i < 200; i++) {
                        Files.write(tmp.getPath("/" + i), new byte[1_000]);
                      }
                    })
                .withMessageContaining("Cannot spill to")
                .withMessageContaining(OWN));
  }

  @Test
  void aFileThatIsLargerThanTheBudget() throws IOException {
    onDisk(
        2_000,
        Map.of("memoryBudget", "64KiB", "spoolThreshold", "unlimited"),
        tmp ->
            assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Files.write(tmp.getPath("/large"), new byte[100_000]))
                .withMessageContaining("/large: Cannot spill to")
                .withMessageContaining(OWN));
  }

  @Test
  void aFileThatTheBudgetHasMovedBefore() throws IOException {
    onDisk(
        100_000,
        Map.of("memoryBudget", "64KiB", "spoolThreshold", "unlimited"),
        tmp -> {
          Path large = Files.write(tmp.getPath("/large"), new byte[70_000]);
          assertThatExceptionOfType(FileSystemException.class)
              .isThrownBy(() -> Files.write(large, new byte[100_000], StandardOpenOption.APPEND))
              .withMessageContaining("Cannot spill to")
              .withMessageContaining(OWN);
        });
  }

  @Test
  void aFileBeyondItsThresholdDoesNotBlameTheBudget() throws IOException {
    onDisk(
        2_000,
        Map.of("spoolThreshold", "1KiB"),
        tmp ->
            assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> Files.write(tmp.getPath("/large"), new byte[100_000]))
                .withMessageContaining("Cannot spill to")
                .withMessageNotContaining("budget"));
  }
}
