package io.github.niotmp.volume.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostOpenFileTest {
  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private TestVolume volume;

  @BeforeEach
  void open() throws IOException {
    volume = new TestVolume(directory);
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void anAppendReturnsTheEndAfterIt() throws IOException {
    try (OpenFile file = volume.create("/file")) {
      assertThat(file.append(ByteBuffer.wrap(new byte[3]))).isEqualTo(3);
      assertThat(file.append(new byte[9], 1, 2)).isEqualTo(5);
      assertThat(file.size()).isEqualTo(5);
    }
  }

  @Test
  void eachCallAfterTheCloseSaysSo() throws IOException {
    OpenFile file = volume.create("/file");
    file.close();
    file.close();
    ByteBuffer full = ByteBuffer.allocate(0);
    List<ThrowingCallable> calls =
        List.of(
            () -> file.read(full, 0),
            () -> file.read(new byte[1], 0, 1, 0),
            () -> file.write(full, 0),
            () -> file.write(new byte[1], 0, 1, 0),
            () -> file.append(full),
            () -> file.append(new byte[1], 0, 1),
            file::size,
            () -> file.truncate(0),
            () -> file.force(true),
            () -> file.map(Mapping.buffer(MapMode.READ_ONLY, 0, 0)),
            () -> file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 1)),
            file::readAttributes,
            () -> file.change(new AttributeChange.Mode(0600)),
            file::hostPath);
    for (int i = 0; i < calls.size(); i++) {
      assertThatExceptionOfType(ClosedChannelException.class)
          .as("call %s", i)
          .isThrownBy(calls.get(i));
    }
  }
}
