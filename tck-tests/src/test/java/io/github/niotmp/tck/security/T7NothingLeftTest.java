package io.github.niotmp.tck.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.tck.spool.HostFiles;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * T7: after an exception, a cancel, or with handles left open, closing the owner leaves nothing on
 * the disk: no name, and no file without one that is still open. No garbage is collected for that.
 *
 * <p>CVE-2023-42794, CVE-2025-61795 (Tomcat).
 */
@ParameterizedClass
@MethodSource("settings")
class T7NothingLeftTest {
  private static final int MORE_THAN_THE_THRESHOLD = 100_000;

  @TempDir Path host;

  private final Map<String, String> settings;

  T7NothingLeftTest(Map<String, String> settings) {
    this.settings = settings;
  }

  static Stream<Map<String, String>> settings() {
    return Stream.of(
        Map.of("spoolThreshold", "1KiB"),
        Map.of("spoolThreshold", "1KiB", "maxDescriptors", "0"),
        Map.of("storage", "host"));
  }

  private FileSystem open() throws IOException {
    Map<String, Object> inHost = new HashMap<>(settings);
    inHost.put("directory", host);
    return TmpFileSystems.open(inHost);
  }

  private void assertNothingIsLeft() throws IOException {
    assertThat(host).isEmptyDirectory();
    assertThat(HostFiles.openBelow(host)).isEmpty();
  }

  @Test
  void anUploadThatBreaksOffLeavesNothing() throws IOException {
    try (FileSystem tmp = open()) {
      assertThatThrownBy(() -> Files.copy(breaksOff(), tmp.getPath("/upload")))
          .hasMessage("broken off");
    }

    assertNothingIsLeft();
  }

  @Test
  void aFileWhoseUserFailedIsGoneWithoutItsFileSystem() throws IOException {
    TempOptions onDisk = TempOptions.defaults().directory(host);

    assertThatThrownBy(
            () -> {
              try (TempFile file = TempFile.create(onDisk);
                  TempFile unnamed = TempFile.createUnnamed(onDisk);
                  TempDirectory directory = TempDirectory.create(onDisk)) {
                breaksOff().transferTo(unnamed.newOutputStream());
                Files.copy(breaksOff(), directory.resolve("part"));
                Files.copy(breaksOff(), file.path(), StandardCopyOption.REPLACE_EXISTING);
              }
            })
        .hasMessage("broken off");

    assertNothingIsLeft();
  }

  @Test
  void aThreadThatIsInterruptedAsItWritesLeavesNothing() throws IOException {
    try (FileSystem tmp = open()) {
      assertThatThrownBy(
              () -> {
                try (FileChannel channel = forWriting(tmp.getPath("/interrupted"))) {
                  channel.write(ByteBuffer.allocate(MORE_THAN_THE_THRESHOLD));
                  Thread.currentThread().interrupt();
                  channel.write(ByteBuffer.allocate(MORE_THAN_THE_THRESHOLD));
                }
              })
          .isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();
    }

    assertNothingIsLeft();
  }

  @Test
  void aWriteThatIsCancelledLeavesNothing() throws IOException {
    try (FileSystem tmp = open()) {
      AsynchronousFileChannel channel =
          AsynchronousFileChannel.open(
              tmp.getPath("/cancelled"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      List<Future<Integer>> writes = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        writes.add(channel.write(ByteBuffer.allocate(MORE_THAN_THE_THRESHOLD), i * 1_000L));
      }
      writes.forEach(write -> write.cancel(true));
    }

    assertNothingIsLeft();
  }

  @Test
  void handlesOfEveryKindMayBeOpenAsTheirFileSystemCloses() throws IOException {
    FileSystem tmp = open();
    Path path = tmp.getPath("/open");
    FileChannel channel = forWriting(path);
    channel.write(ByteBuffer.allocate(MORE_THAN_THE_THRESHOLD));
    FileChannel deleting =
        FileChannel.open(
            Files.write(tmp.getPath("/deleting"), new byte[MORE_THAN_THE_THRESHOLD]),
            StandardOpenOption.READ,
            StandardOpenOption.DELETE_ON_CLOSE);
    InputStream in = Files.newInputStream(path);
    OutputStream out = Files.newOutputStream(tmp.getPath("/out"));
    out.write(new byte[MORE_THAN_THE_THRESHOLD]);
    channel.map(MapMode.READ_ONLY, 0, 10);
    Path real =
        Files.getFileAttributeView(
                Files.write(tmp.getPath("/real"), new byte[10]), TmpFileAttributeView.class)
            .hostPath();
    assertThat(real).exists();

    tmp.close();

    assertNothingIsLeft();
    assertThat(List.of(channel.isOpen(), deleting.isOpen())).containsOnly(false);
    assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> out.write(1)).isInstanceOf(IOException.class);
  }

  @Test
  void aPersistThatFailsLeavesNoCopy() throws IOException {
    try (TempFile file = TempFile.create()) {
      Files.write(file.path(), new byte[MORE_THAN_THE_THRESHOLD]);
      Path full = host.resolve("directory");
      Files.createDirectories(full.resolve("entry"));

      assertThatThrownBy(() -> file.persist(full, PersistOptions.defaults().replaceExisting(true)))
          .isInstanceOf(IOException.class);

      assertThat(host).isDirectoryContaining(path -> path.equals(full));
      Files.delete(full.resolve("entry"));
      Files.delete(full);
    }

    assertNothingIsLeft();
  }

  private static FileChannel forWriting(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static InputStream breaksOff() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken off");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            return read();
          }
        };
    return new SequenceInputStream(
        new ByteArrayInputStream(new byte[MORE_THAN_THE_THRESHOLD]), broken);
  }
}
