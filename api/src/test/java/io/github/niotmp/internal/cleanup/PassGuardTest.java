package io.github.niotmp.internal.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PassGuardTest {
  private static final int MANY = 100_000;
  private static final Path ENTRY = Path.of("entry");

  private record Listing(Iterator<Path> iterator) implements DirectoryStream<Path> {
    static Listing of(long entries) {
      return new Listing(Collections.nCopies((int) entries, ENTRY).iterator());
    }

    @Override
    public void close() {}
  }

  @Test
  void aPassThatLeavesFewerAndFewerGoesOn() throws IOException {
    int[] left = {MANY};
    PassGuard guard = new PassGuard(() -> Listing.of(left[0]), name -> false);

    while (left[0] > 0) {
      assertThat(guard.isOvertakenAt(ENTRY)).isFalse();
      left[0]--;
    }
  }

  @Test
  void aPassThatLeavesAsManyEnds() throws IOException {
    assertThat(removed(new PassGuard(() -> Listing.of(3), name -> false))).isLessThan(MANY);
  }

  @Test
  void aPassOverAStreamWithoutEndEnds() throws IOException {
    PassGuard guard =
        new PassGuard(() -> new Listing(Stream.generate(() -> ENTRY).iterator()), name -> false);

    assertThat(removed(guard)).isLessThan(MANY);
  }

  @Test
  void entriesThatAreIgnoredEndNoPass() throws IOException {
    assertThat(removed(new PassGuard(() -> Listing.of(3), name -> true))).isEqualTo(MANY);
  }

  private static int removed(PassGuard guard) throws IOException {
    int removed = 0;
    while (removed < MANY && !guard.isOvertakenAt(ENTRY)) {
      removed++;
    }
    return removed;
  }
}
