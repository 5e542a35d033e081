package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Another thread removes each name in the tree as it appears.
 *
 * <p>{@code -Dniotmp.tck.cleaned=1000000} makes as many files.
 */
class BesideACleanerTest {
  private static final int FILES = Integer.getInteger("niotmp.tck.cleaned", 300);

  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Thread cleaner;

  private volatile boolean over;

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", host));
    File tree =
        Files.getFileAttributeView(tmp.getPath("/"), TmpFileAttributeView.class)
            .hostPath()
            .toFile();
    cleaner =
        new Thread(
            () -> {
              while (!over) {
                for (File file : tree.listFiles()) {
                  file.delete();
                }
              }
            });
    cleaner.start();
  }

  @AfterEach
  void close() throws Exception {
    over = true;
    cleaner.join();
    tmp.close();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void anUnnamedFileIsMade() throws IOException {
    for (int i = 0; i < FILES; i++) {
      try (TempFile file =
          TempFile.createUnnamed(TempOptions.defaults().directory(tmp.getPath("/")))) {
        file.channel().write(ByteBuffer.allocate(1));
        assertThat(file.size()).isEqualTo(1);
      }
    }
  }

  @Test
  void aFileThatGoesWithItsChannelIsMadeAndMapped() throws IOException {
    for (int i = 0; i < FILES; i++) {
      try (FileChannel channel =
          FileChannel.open(
              tmp.getPath("/file"),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        channel.write(ByteBuffer.wrap(new byte[] {3}));
        assertThat(channel.map(MapMode.READ_ONLY, 0, 1).get(0)).isEqualTo((byte) 3);
      }
    }
  }
}
