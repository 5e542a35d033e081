package io.github.niotmp.tck.segment;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.nio.channels.FileChannel.MapMode.PRIVATE;
import static java.nio.channels.FileChannel.MapMode.READ_ONLY;
import static java.nio.channels.FileChannel.MapMode.READ_WRITE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** {@link FileChannel#map(MapMode, long, long, Arena)} in its three modes and in each arena. */
@Needs(Feature.MAP)
class SegmentContract extends FileSystemContract {
  private static final List<Supplier<Arena>> ARENAS =
      List.of(Arena::ofConfined, Arena::ofShared, Arena::ofAuto, Arena::global);

  private static final long FAR = (1L << 31) + 4097;

  /** Skips the test where a spill file is mapped in shared arenas only. */
  private static void needsArenasOfOneThread() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "no /proc to open a spill file again");
  }

  private Path file() {
    return root().resolve("file");
  }

  private FileChannel open(OpenOption... options) throws IOException {
    return FileChannel.open(file(), options);
  }

  private void fileOf(String content) throws IOException {
    Files.writeString(file(), content);
  }

  private static String text(MemorySegment segment) {
    return new String(segment.toArray(JAVA_BYTE), ISO_8859_1);
  }

  @ContractTest
  void aSegmentShowsTheRangeInAnyArena() throws IOException {
    needsArenasOfOneThread();
    fileOf("0123456789");
    for (Supplier<Arena> arena : ARENAS) {
      try (FileChannel channel = open(READ)) {
        MemorySegment segment = channel.map(READ_ONLY, 2, 5, arena.get());
        assertThat(text(segment)).isEqualTo("23456");
        assertThat(segment.isReadOnly()).isTrue();
        assertThat(segment.isMapped()).isTrue();
        assertThat(channel.position()).isZero();
      }
    }
  }

  @ContractTest
  void aSegmentAndChannelsSeeEachOthersWritesInAnyArena() throws IOException {
    needsArenasOfOneThread();
    for (Supplier<Arena> arena : ARENAS) {
      fileOf("0123456789");
      try (FileChannel channel = open(READ, WRITE)) {
        MemorySegment segment = channel.map(READ_WRITE, 0, 10, arena.get());
        channel.write(ByteBuffer.wrap("AB".getBytes(ISO_8859_1)), 3);
        segment.set(JAVA_BYTE, 0, (byte) 'Z');
        segment.force();
        assertThat(text(segment)).isEqualTo("Z12AB56789");
      }
      assertThat(Files.readString(file())).isEqualTo("Z12AB56789");
    }
  }

  @ContractTest
  void writesToAPrivateSegmentStayPrivate() throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        Arena arena = Arena.ofConfined()) {
      MemorySegment segment = channel.map(PRIVATE, 0, 3, arena);
      segment.set(JAVA_BYTE, 0, (byte) 'X');
      assertThat(text(segment)).isEqualTo("Xbc");
    }
    assertThat(Files.readString(file())).isEqualTo("abc");
  }

  @ContractTest
  void aSegmentExtendsAFileThatIsOpenForWriting() throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        Arena arena = Arena.ofConfined()) {
      assertThat(channel.map(READ_ONLY, 2, 3, arena).get(JAVA_BYTE, 2)).isZero();
      assertThat(channel.size()).isEqualTo(5);
      channel.map(READ_WRITE, 5, 10, arena).set(JAVA_BYTE, 9, (byte) 'Z');
      assertThat(channel.size()).isEqualTo(15);
    }
    assertThat(Files.readString(file())).isEqualTo("abc" + "\0".repeat(11) + "Z");
    try (FileChannel reader = open(READ);
        Arena arena = Arena.ofConfined()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> reader.map(READ_ONLY, 10, 6, arena));
    }
  }

  @ContractTest
  void aSegmentOfNothingIsEmpty() throws IOException {
    needsArenasOfOneThread();
    try (FileChannel channel = open(READ, WRITE, CREATE);
        Arena arena = Arena.ofConfined()) {
      assertThat(channel.map(READ_WRITE, 0, 0, arena).byteSize()).isZero();
      assertThat(channel.size()).isZero();
    }
  }

  @ContractTest
  @Needs(Feature.SPARSE_FILES)
  void aSegmentIsLargerThanABufferCanBe() throws IOException {
    try (FileChannel channel = open(READ, WRITE, CREATE);
        Arena arena = Arena.ofShared()) {
      MemorySegment segment = channel.map(READ_WRITE, 0, FAR, arena);
      assertThat(segment.byteSize()).isEqualTo(FAR);
      segment.set(JAVA_BYTE, FAR - 1, (byte) 'Z');
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.read(last, FAR - 1);
      assertThat(last.get(0)).isEqualTo((byte) 'Z');
    }
  }

  @ContractTest
  void aSegmentLivesAsLongAsItsArena() throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    for (Supplier<Arena> confinedOrShared : ARENAS.subList(0, 2)) {
      MemorySegment segment;
      try (Arena arena = confinedOrShared.get()) {
        try (FileChannel channel = open(READ)) {
          segment = channel.map(READ_ONLY, 0, 3, arena);
        }
        assertThat(text(segment)).isEqualTo("abc");
        assertThat(segment.scope()).isEqualTo(arena.scope());
      }
      assertThat(segment.scope().isAlive()).isFalse();
      assertThatIllegalStateException().isThrownBy(() -> segment.get(JAVA_BYTE, 0));
    }
  }

  @ContractTest
  void aSegmentOutlivesItsChannelAndItsFile() throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment;
      try (FileChannel channel = open(READ, WRITE)) {
        segment = channel.map(READ_WRITE, 0, 3, arena);
      }
      Files.delete(file());
      segment.set(JAVA_BYTE, 0, (byte) 'X');
      assertThat(text(segment)).isEqualTo("Xbc");
    }
  }

  @ContractTest
  @Needs(Feature.DELETES_AT_THE_LAST_CLOSE)
  void aDeletedFileThatIsOpenIsMapped() throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        Arena arena = Arena.ofConfined()) {
      Files.delete(file());
      assertThat(text(channel.map(READ_WRITE, 0, 3, arena))).isEqualTo("abc");
    }
  }

  @ContractTest
  @Needs(Feature.DELETES_AT_THE_LAST_CLOSE)
  void aFileWhoseNameAnotherHasTakenIsMapped() throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        Arena arena = Arena.ofConfined()) {
      Files.delete(file());
      fileOf("other");
      assertThat(text(channel.map(READ_WRITE, 0, 3, arena))).isEqualTo("abc");
    }
  }

  @ContractTest
  void theChannelMustAllowTheMode() throws IOException {
    fileOf("abc");
    try (FileChannel reader = open(READ);
        FileChannel writer = open(WRITE);
        Arena arena = Arena.ofConfined()) {
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.map(READ_WRITE, 0, 3, arena));
      assertThatExceptionOfType(NonWritableChannelException.class)
          .isThrownBy(() -> reader.map(PRIVATE, 0, 3, arena));
      assertThatExceptionOfType(NonReadableChannelException.class)
          .isThrownBy(() -> writer.map(READ_ONLY, 0, 3, arena));
    }
  }

  @ContractTest
  void argumentsAreChecked() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        Arena arena = Arena.ofConfined()) {
      assertThatIllegalArgumentException().isThrownBy(() -> channel.map(READ_ONLY, -1, 1, arena));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.map(READ_ONLY, 0, -1, arena));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> channel.map(READ_ONLY, Long.MAX_VALUE, 1, arena));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @SuppressWarnings("NullAway") // null is what is tested
  void aModeAndAnArenaAreNeeded() throws IOException {
    fileOf("abc");
    try (FileChannel channel = open(READ);
        Arena arena = Arena.ofConfined()) {
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.map(null, 0, 1, arena));
      assertThatExceptionOfType(NullPointerException.class)
          .isThrownBy(() -> channel.map(READ_ONLY, 0, 1, null));
    }
  }

  @ContractTest
  void aClosedChannelMapsNothing() throws IOException {
    fileOf("abc");
    FileChannel channel = open(READ);
    channel.close();
    try (Arena arena = Arena.ofConfined()) {
      assertThatExceptionOfType(ClosedChannelException.class)
          .isThrownBy(() -> channel.map(READ_ONLY, 0, 3, arena));
      assertThatIllegalArgumentException().isThrownBy(() -> channel.map(READ_ONLY, -1, 3, arena));
    }
  }

  @ContractTest
  void anArenaThatIsClosedMapsNothing() throws IOException {
    fileOf("abc");
    for (Supplier<Arena> confinedOrShared : ARENAS.subList(0, 2)) {
      Arena arena = confinedOrShared.get();
      arena.close();
      try (FileChannel channel = open(READ, WRITE)) {
        assertThatIllegalStateException().isThrownBy(() -> channel.map(READ_WRITE, 0, 9, arena));
        assertThat(channel.size()).isEqualTo(3);
      }
    }
  }

  @ContractTest
  void aConfinedArenaOfAnotherThreadMapsNothing() throws Exception {
    fileOf("abc");
    Arena[] theirs = new Arena[1];
    Thread other = new Thread(() -> theirs[0] = Arena.ofConfined());
    other.start();
    other.join();
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatExceptionOfType(WrongThreadException.class)
          .isThrownBy(() -> channel.map(READ_WRITE, 0, 9, theirs[0]));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  void anInterruptClosesTheChannelAndNotTheFile() throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    for (Supplier<Arena> arena : ARENAS) {
      try (FileChannel channel = open(READ, WRITE);
          FileChannel other = open(READ, WRITE)) {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(ClosedByInterruptException.class)
            .isThrownBy(() -> channel.map(READ_WRITE, 0, 3, arena.get()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(channel.isOpen()).isFalse();
        assertThat(text(other.map(READ_WRITE, 0, 3, arena.get()))).isEqualTo("abc");
      }
    }
  }
}
