package io.github.niotmp.internal.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Files that other programs change between two calls of one operation. */
final class ChangingFileTest {
  private static InputStream stream(FileChannel channel) {
    return new OwnedInput(OwnedFile.unnamed(channel, Path.of("file"), 0), channel);
  }

  @Test
  void aFileThatIsCutWhileItIsReadHasTheBytesThatAreLeft() throws IOException {
    try (InputStream in = stream(new BytesChannel(5, new byte[] {1, 2, 3}))) {
      assertThat(in.readAllBytes()).containsExactly(1, 2, 3);
      assertThat(in.read()).isEqualTo(-1);
    }
  }

  @Test
  void aFileThatGrowsWhileItIsReadIsReadToItsEnd() throws IOException {
    try (InputStream in = stream(new BytesChannel(2, new byte[] {1, 2, 3, 4, 5}))) {
      assertThat(in.readNBytes(4)).containsExactly(1, 2, 3, 4);
      assertThat(in.readAllBytes()).containsExactly(5);
    }
  }

  @Test
  void aLockThatAnotherProgramHasIsNotTaken() throws IOException {
    try (FileChannel channel =
        OwnedFile.unnamed(new BytesChannel(0), Path.of("file"), 0).channelClosing(() -> {}, this)) {
      assertThat(channel.tryLock()).isNull();
    }
  }
}
