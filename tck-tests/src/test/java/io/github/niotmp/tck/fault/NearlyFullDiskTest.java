package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * With {@code storage=host}, a write for which the disk has too little space: a channel returns the
 * part that has arrived, as on a disk, and fails only if none has.
 */
class NearlyFullDiskTest {
  private static final String REASON = "No space left on device";
  private static final int ROOM = 30;

  private final FaultyFileSystem disk =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // set before each test
  private Path file;

  @BeforeEach
  void open() throws IOException {
    Path directory = Files.createDirectory(disk.getPath("/host"));
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", directory));
    file = Files.createFile(tmp.getPath("/file"));
  }

  @AfterEach
  void close() throws IOException {
    disk.set(Fault.none());
    tmp.close();
    assertThat(disk.open().all()).isEmpty();
    disk.close();
  }

  @Test
  void aWriteReturnsThePartAndTheNextOneFails() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      fillUp();
      ByteBuffer source = ByteBuffer.wrap(bytes(100));

      assertThat(channel.write(source)).isEqualTo(ROOM);
      assertThat(source.position()).isEqualTo(ROOM);
      assertThat(source.limit()).isEqualTo(100);
      assertThat(channel.position()).isEqualTo(ROOM);
      assertRefused(() -> channel.write(source));
      assertThat(source.position()).isEqualTo(ROOM);
      assertThat(channel.position()).isEqualTo(ROOM);
    }
    assertThat(Files.size(file)).isEqualTo(ROOM);
  }

  @Test
  void aWriteAtAPositionReturnsThePart() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      fillUp();

      assertThat(channel.write(ByteBuffer.wrap(bytes(100)), 5)).isEqualTo(ROOM);
      assertThat(channel.position()).isZero();
      assertThat(channel.size()).isEqualTo(5 + ROOM);
    }
  }

  @Test
  void aGatheringWriteReturnsWhatArrivedOfAllItsBuffers() throws IOException {
    for (int first : new int[] {10, ROOM}) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        fillUp();
        ByteBuffer[] sources = {
          ByteBuffer.wrap(bytes(first)), ByteBuffer.wrap(bytes(50)), ByteBuffer.wrap(bytes(1))
        };

        assertThat(channel.write(sources)).isEqualTo(ROOM);
        assertThat(channel.position()).isEqualTo(ROOM);
        assertThat(sources[1].position()).isEqualTo(ROOM - first);
        assertThat(sources[2].position()).isZero();
        assertRefused(() -> channel.write(sources));
      }
    }
  }

  @Test
  void anAppendReturnsThePart() throws IOException {
    Files.write(file, bytes(3));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
      fillUp();

      assertThat(channel.write(ByteBuffer.wrap(bytes(100)))).isEqualTo(ROOM);
      assertThat(channel.position()).isEqualTo(3 + ROOM);
      assertRefused(() -> channel.write(ByteBuffer.wrap(bytes(100))));
      assertThat(channel.size()).isEqualTo(3 + ROOM);
    }
  }

  @Test
  void anAsynchronousWriteReturnsThePart() throws Exception {
    try (AsynchronousFileChannel channel =
        AsynchronousFileChannel.open(file, StandardOpenOption.WRITE)) {
      fillUp();

      assertThat(channel.write(ByteBuffer.wrap(bytes(100)), 0).get()).isEqualTo(ROOM);
      assertThatThrownBy(() -> channel.write(ByteBuffer.wrap(bytes(9)), ROOM).get())
          .hasRootCauseMessage(channelRefusal());
    }
  }

  @Test
  void aStreamFails() throws IOException {
    try (OutputStream stream = Files.newOutputStream(file)) {
      fillUp();

      assertRefused(() -> stream.write(bytes(100)));
    }
    assertThat(Files.size(file)).isEqualTo(ROOM);
  }

  @Test
  void aStreamThatAppendsFailsAndLeavesTheFileAsItWas() throws IOException {
    Files.write(file, bytes(3));
    try (OutputStream stream = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      fillUp();

      assertRefused(() -> stream.write(bytes(100)));
    }
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes(3));
  }

  @Test
  void aTransferReturnsThePartAndLeavesTheSourceBehindIt() throws IOException {
    Path other = Files.write(tmp.getPath("/other"), bytes(100));
    try (FileChannel source = FileChannel.open(other, StandardOpenOption.READ);
        FileChannel target = FileChannel.open(file, StandardOpenOption.WRITE);
        FileSystem memory = TmpFileSystems.open(Map.of());
        FileChannel cached =
            FileChannel.open(
                Files.write(memory.getPath("/cached"), bytes(100)), StandardOpenOption.READ)) {
      fillUp();

      assertThat(target.transferFrom(cached, 0, 100)).isEqualTo(ROOM);
      assertThat(cached.position()).isEqualTo(ROOM);
      fillUp();
      assertThat(cached.transferTo(0, 100, target)).isEqualTo(ROOM);
      assertThat(target.position()).isEqualTo(ROOM);
      assertThat(source.size()).isEqualTo(100);
    }
  }

  @Test
  void anOwnersStreamFailsThoughAPartHasArrived() throws IOException {
    try (TempFile owned = TempFile.create(TempOptions.defaults().directory(tmp.getPath("/")));
        OutputStream stream = owned.newOutputStream(StandardOpenOption.APPEND)) {
      fillUp();

      assertRefused(() -> stream.write(bytes(100)));
      disk.set(Fault.none());
      assertThat(owned.size()).isEqualTo(ROOM);
    }
  }

  private static void assertRefused(ThrowingCallable write) {
    assertThatThrownBy(write)
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageContaining(REASON);
  }

  private static String channelRefusal() {
    return "/file: " + REASON;
  }

  /** Leaves room for a few bytes. */
  private void fillUp() {
    Fault failing = Fault.failing(REASON);
    disk.set(
        new Fault() {
          private int room = ROOM;
          private int granted;

          @Override
          public int most(int wanted) {
            granted = Math.min(wanted, room);
            room -= granted;
            return Math.max(1, granted);
          }

          @Override
          public void before(Call call) throws IOException {
            if (call.name().equals("write") && granted == 0) {
              failing.before(call);
            }
          }
        });
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (i + 1);
    }
    return bytes;
  }
}
