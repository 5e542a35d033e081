package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/** Modification times that copies keep, within the precision of any file store. */
final class Times {
  private static final FileTime OLD = FileTime.fromMillis(1_000_000_000_000L);
  private static final long PRECISION_IN_MILLIS = 2000; // of FAT and of ZIP files

  private Times() {}

  /** Sets a time of long ago, and returns the time that the file has then. */
  static FileTime makeOld(Path file) throws IOException {
    try {
      Files.setLastModifiedTime(file, OLD);
    } catch (UnsupportedOperationException e) {
      abort("times are not supported: " + e);
    }
    return Files.getLastModifiedTime(file);
  }

  /** Asserts that a copy has the time of its source. */
  static void assertCopied(Path copy, FileTime time) throws IOException {
    assertThat(Files.getLastModifiedTime(copy).toMillis())
        .as("the last-modified-time, in milliseconds")
        .isCloseTo(time.toMillis(), within(PRECISION_IN_MILLIS));
  }
}
