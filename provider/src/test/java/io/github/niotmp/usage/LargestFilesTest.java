package io.github.niotmp.usage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileAttributes.Storage;
import org.junit.jupiter.api.Test;

class LargestFilesTest {
  @Test
  void aFileAsLargeAsTheSmallestIsNotAskedForItsPath() {
    LargestFiles largest = new LargestFiles(1);
    largest.add("first", 5, Storage.MEMORY, () -> "/first");

    largest.add(
        "second",
        5,
        Storage.MEMORY,
        () -> {
          throw new AssertionError("path");
        });

    assertThat(largest.list()).containsExactly(new StoredFile("/first", 5, Storage.MEMORY));
  }
}
