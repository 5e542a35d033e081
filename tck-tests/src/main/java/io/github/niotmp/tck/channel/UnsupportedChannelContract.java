package io.github.niotmp.tck.channel;

import static java.nio.channels.FileChannel.MapMode.PRIVATE;
import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.READ;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;

/** The contract of a file system without file channels, or without mapping. */
public class UnsupportedChannelContract extends ChannelContract {

  @ContractTest
  @Without(Feature.FILE_CHANNELS)
  @Required(
      by = FileSystemProvider.class,
      member = "newFileChannel(Path,Set,FileAttribute...)",
      sentence =
          "A provider that does not support all the features required to construct a file channel"
              + " throws UnsupportedOperationException.")
  void aFileChannelIsRefused() throws IOException {
    fileOf("abc");
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> FileChannel.open(file(), READ_WRITE_CREATE));
  }

  static List<MapMode> modes() {
    return List.of(READ_ONLY, READ_WRITE, PRIVATE);
  }

  @ContractTest(rows = "modes")
  @Needs(Feature.FILE_CHANNELS)
  @Without(Feature.MAP)
  @Required(
      by = FileChannel.class,
      member = "map(MapMode,long,long)",
      sentence = "UnsupportedOperationException If an unsupported map mode is specified")
  void aMappingIsRefused(MapMode mode) throws IOException {
    fileOf("abc");
    try (FileChannel channel = mode == READ_ONLY ? open(READ) : open()) {
      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> channel.map(mode, 0, 3));
    }
  }
}
