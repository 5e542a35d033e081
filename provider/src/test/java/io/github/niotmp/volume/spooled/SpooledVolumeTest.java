package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.CREATE;
import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.memory.HeapBudget;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The space of a volume that is bounded by its budget of memory and the disk alone. */
class SpooledVolumeTest {
  private static final long BUDGET = 1 << 20;

  @Test
  void allItsSpaceIsTheBudgetAndTheDisk(@TempDir Path directory) throws IOException {
    SpooledVolume volume = open(BUDGET, directory);
    assertThat(volume.totalSpace())
        .isEqualTo(BUDGET + Files.getFileStore(directory).getTotalSpace());
    volume.close();
  }

  @Test
  void aBudgetWithoutALimitEndsWithThatOfTheJvm(@TempDir Path directory) throws IOException {
    SpooledVolume volume = open(Long.MAX_VALUE, directory);
    assertThat(volume.totalSpace())
        .isEqualTo(HeapBudget.ofJvm().limit() + Files.getFileStore(directory).getTotalSpace());
    volume.close();
  }

  @Test
  void withoutADiskTheUsableSpaceIsTheRestOfTheBudget() throws IOException {
    Path noDisk = Path.of("/proc");
    assumeTrue(
        Files.exists(noDisk) && Files.getFileStore(noDisk).getTotalSpace() == 0, "no such place");
    SpooledVolume volume = open(BUDGET, noDisk);
    try (OpenFile file = volume.root().open(path("/f"), CREATE, List.of())) {
      assertThat(volume.usableSpace()).isEqualTo(BUDGET);
      file.append(new byte[1000], 0, 1000);
      assertThat(volume.usableSpace()).isEqualTo(BUDGET - volume.usage().memoryBytes());
      assertThat(volume.usage().memoryBytes()).isPositive();
    }
    volume.close();
  }

  private static SpooledVolume open(long budget, Path directory) {
    return new SpooledVolume(
        new ContentSettings(1 << 16, 1 << 16, budget, Long.MAX_VALUE, Long.MAX_VALUE),
        new SpillDirectory(directory, null),
        Long.MAX_VALUE,
        false,
        null,
        Lifetime.FILE_SYSTEM,
        new FileSystemEvents("test"));
  }
}
