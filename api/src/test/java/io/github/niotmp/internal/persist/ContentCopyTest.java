package io.github.niotmp.internal.persist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.PersistMode;
import io.github.niotmp.TargetLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ContentCopyTest {
  private static final PersistPlan PLAN =
      new PersistPlan(false, PersistMode.AS_IS, null, false, null, TargetLink.REPLACE);

  @TempDir Path directory;

  private static Stream<Throwable> failures() {
    return Stream.of(
        new IOException("No space left on device"),
        new IllegalStateException("thrown by the target"),
        new StackOverflowError("thrown by the target"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void theCallerGetsTheFailureOfTheReadingThreadAndTheOnlyChannelStaysOpen(Throwable failure)
      throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "text");
    try (FileChannel only = FileChannel.open(file)) {
      try (ContentCopy copy = ContentCopy.shielding(only)) {
        Throwable thrown = catchThrowable(() -> copy.to(new Full(failure), file, PLAN));

        assertThat(thrown).isSameAs(failure);
      }
      assertThat(only.isOpen()).isTrue();
    }
  }

  /** Takes no byte. */
  private record Full(Throwable failure) implements WritableByteChannel {
    @Override
    public int write(ByteBuffer source) throws IOException {
      if (failure instanceof IOException e) {
        throw e;
      }
      if (failure instanceof RuntimeException e) {
        throw e;
      }
      throw (Error) failure;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
