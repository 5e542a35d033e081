package io.github.niotmp.tck.segment;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Segments of the files that have an owner or a limit, and of read-only views. */
class TempFileSegmentTest {
  private static TempOptions onDisk() throws IOException {
    return TempOptions.defaults().directory(SystemTemp.directory());
  }

  private static void isMapped(TempFile file) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      file.channel().map(READ_WRITE, 0, 3, arena).set(JAVA_BYTE, 2, (byte) 'c');
      assertThat(file.channel().size()).isEqualTo(3);
      assertThat(file.channel().map(READ_ONLY, 2, 1, arena).get(JAVA_BYTE, 0))
          .isEqualTo((byte) 'c');
    }
  }

  @Test
  void aTempFileIsMappedWithANameOrWithout() throws IOException {
    try (TempFile named = TempFile.create();
        TempFile unnamed = TempFile.createUnnamed();
        TempFile namedOnDisk = TempFile.create(onDisk());
        TempFile unnamedOnDisk = TempFile.createUnnamed(onDisk())) {
      isMapped(named);
      isMapped(unnamed);
      isMapped(namedOnDisk);
      isMapped(unnamedOnDisk);
    }
  }

  @Test
  void theFileThatHasTheNameNowIsMapped() throws IOException {
    try (TempFile file = TempFile.create();
        TempFile other = TempFile.create();
        Arena arena = Arena.ofConfined()) {
      Files.writeString(file.path(), "before");
      Files.writeString(other.path(), "after");
      FileChannel channel = file.channel();
      assertThat(channel.map(READ_ONLY, 0, 1, arena).get(JAVA_BYTE, 0)).isEqualTo((byte) 'b');
      Files.move(other.path(), file.path(), StandardCopyOption.REPLACE_EXISTING);
      assertThat(channel.map(READ_ONLY, 0, 1, arena).get(JAVA_BYTE, 0)).isEqualTo((byte) 'a');
    }
  }

  @Test
  void aReadOnlyViewMapsForReading() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of());
        FileSystem view = TmpFileSystems.readOnly(tmp);
        Arena arena = Arena.ofShared()) {
      Files.writeString(tmp.getPath("/file"), "text");
      try (FileChannel channel = FileChannel.open(view.getPath("/file"), READ)) {
        assertThat(channel.map(READ_ONLY, 3, 1, arena).get(JAVA_BYTE, 0)).isEqualTo((byte) 't');
        assertThatExceptionOfType(NonWritableChannelException.class)
            .isThrownBy(() -> channel.map(READ_WRITE, 0, 1, arena));
      }
    }
  }

  @Test
  void noSegmentGrowsAFileBeyondItsLimit() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxFileSize", 1000));
        Arena arena = Arena.ofShared()) {
      Path file = Files.writeString(tmp.getPath("/file"), "text");
      try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
        assertThatExceptionOfType(TmpLimitException.class)
            .isThrownBy(() -> channel.map(READ_WRITE, 0, 1001, arena));
        assertThat(channel.map(READ_WRITE, 0, 1000, arena).byteSize()).isEqualTo(1000);
      }
    }
  }
}
