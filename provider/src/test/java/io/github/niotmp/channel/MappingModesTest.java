package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonReadableChannelException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The modes of the JDK for persistent memory, which only a disk of that kind maps in. */
class MappingModesTest {
  private final ChannelFactory factory =
      new ChannelFactory(new OpenHandles(new FileSystemEvents("tmp:///"), false));

  @ParameterizedTest
  @ValueSource(strings = {"READ_ONLY_SYNC", "READ_WRITE_SYNC"})
  void persistentMemoryIsRefusedAsByTheDefaultProviderOnAnyOtherDisk(String name) throws Exception {
    MapMode mode =
        (MapMode) Class.forName("jdk.nio.mapmode.ExtendedMapMode").getField(name).get(null);

    assertThatThrownBy(() -> open(ArrayFile.READ_WRITE).map(mode, 0, 1))
        .isExactlyInstanceOf(IOException.class)
        .hasMessage("Operation not supported: mode " + mode);
    assertThatThrownBy(() -> open(ArrayFile.READ).map(mode, 0, 1))
        .isExactlyInstanceOf(IOException.class);
    assertThatThrownBy(() -> open(ArrayFile.WRITE).map(mode, 0, 1))
        .isInstanceOf(NonReadableChannelException.class);
    assertThatThrownBy(() -> open(ArrayFile.READ_WRITE).map(mode, -1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private FileChannel open(OpenMode mode) throws IOException {
    return factory.fileChannel(new ArrayFile(new byte[8]).open(mode));
  }
}
