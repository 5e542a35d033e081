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

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The contract of {@link FileChannel#map(MapMode, long, long, Arena)}, in its three modes and in
 * each kind of arena.
 */
@Needs({Feature.FILE_CHANNELS, Feature.MAP})
class SegmentContract extends FileSystemContract {
  private static final String MAP = "map(MapMode,long,long,Arena)";

  private static final long FAR = (1L << 31) + 4097;

  static Map<String, Supplier<Arena>> arenas() {
    Map<String, Supplier<Arena>> arenas = closableArenas();
    arenas.put("automatic", Arena::ofAuto);
    arenas.put("global", Arena::global);
    return arenas;
  }

  static Map<String, Supplier<Arena>> closableArenas() {
    Map<String, Supplier<Arena>> arenas = new LinkedHashMap<>();
    arenas.put("confined", Arena::ofConfined);
    arenas.put("shared", Arena::ofShared);
    return arenas;
  }

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

  @ContractTest(rows = "arenas")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "Maps a region of this channel's file into a new mapped memory segment, with the given"
              + " offset, size and arena.")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "If the specified mapping mode is READ_ONLY, the resulting segment will be read-only")
  void aSegmentShowsTheRangeInAnyArena(Supplier<Arena> arenas) throws IOException {
    needsArenasOfOneThread();
    fileOf("0123456789");
    try (FileChannel channel = open(READ)) {
      MemorySegment segment = channel.map(READ_ONLY, 2, 5, arenas.get());
      assertThat(text(segment)).isEqualTo("23456");
      assertThat(segment.isReadOnly()).isTrue();
      assertThat(segment.isMapped()).isTrue();
    }
  }

  @ContractTest(rows = "arenas")
  @AsOnLinux
  void aSegmentAndChannelsSeeEachOthersWritesInAnyArena(Supplier<Arena> arenas) throws IOException {
    needsArenasOfOneThread();
    fileOf("0123456789");
    try (FileChannel channel = open(READ, WRITE)) {
      MemorySegment segment = channel.map(READ_WRITE, 0, 10, arenas.get());
      channel.write(ByteBuffer.wrap("AB".getBytes(ISO_8859_1)), 3);
      segment.set(JAVA_BYTE, 0, (byte) 'Z');
      segment.force();
      assertThat(text(segment)).isEqualTo("Z12AB56789");
    }
    assertThat(Files.readString(file())).isEqualTo("Z12AB56789");
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = "map(MapMode,long,long)",
      sentence = "Private: Changes made to the resulting buffer will not be propagated to the file")
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
  @AsOnLinux
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
  @Required(by = FileChannel.class, member = MAP, sentence = "overflows the range of long")
  void aSegmentOfNothingIsEmpty() throws IOException {
    needsArenasOfOneThread();
    try (FileChannel channel = open(READ, WRITE, CREATE);
        Arena arena = Arena.ofConfined()) {
      assertThat(channel.map(READ_WRITE, 0, 0, arena).byteSize()).isZero();
      assertThat(channel.size()).isZero();
    }
  }

  @ContractTest
  @AsOnLinux
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

  @ContractTest(rows = "closableArenas")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence = "The lifetime of the returned segment is controlled by the provided arena.")
  void aSegmentLivesAsLongAsItsArena(Supplier<Arena> arenas) throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    MemorySegment segment;
    try (Arena arena = arenas.get()) {
      try (FileChannel channel = open(READ)) {
        segment = channel.map(READ_ONLY, 0, 3, arena);
      }
      assertThat(text(segment)).isEqualTo("abc");
      assertThat(segment.scope()).isEqualTo(arena.scope());
    }
    assertThat(segment.scope().isAlive()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> segment.get(JAVA_BYTE, 0));
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.POSIX_OPEN_FILES)
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
  @AsOnLinux
  @Needs({Feature.POSIX_OPEN_FILES, Feature.DELETES_AT_THE_LAST_CLOSE})
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
  @AsOnLinux
  @Needs({Feature.POSIX_OPEN_FILES, Feature.DELETES_AT_THE_LAST_CLOSE})
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
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "NonReadableChannelException If the mode is READ_ONLY or an implementation specific map"
              + " mode requiring read access, but this channel was not opened for reading")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "map mode requiring write access, but this channel was not opened for both reading and"
              + " writing")
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
  @Required(by = FileChannel.class, member = MAP, sentence = "overflows the range of long")
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
  @AsOnLinux
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
  @AsOnLinux
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

  @ContractTest(rows = "closableArenas")
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence = "IllegalStateException If arena.isAlive() == false")
  void anArenaThatIsClosedMapsNothing(Supplier<Arena> arenas) throws IOException {
    fileOf("abc");
    Arena arena = arenas.get();
    arena.close();
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatIllegalStateException().isThrownBy(() -> channel.map(READ_WRITE, 0, 9, arena));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest
  @Required(
      by = FileChannel.class,
      member = MAP,
      sentence =
          "WrongThreadException If arena is a confined scoped arena, and this method is called from"
              + " a thread T, other than the scoped arena's owner thread")
  void aConfinedArenaOfAnotherThreadMapsNothing() throws Exception {
    fileOf("abc");
    Arena[] theirs = new Arena[1];
    Thread other = new Thread(() -> theirs[0] = Arena.ofConfined());
    other.start();
    other.join(TimeUnit.SECONDS.toMillis(10));
    try (FileChannel channel = open(READ, WRITE)) {
      assertThatExceptionOfType(WrongThreadException.class)
          .isThrownBy(() -> channel.map(READ_WRITE, 0, 9, theirs[0]));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @ContractTest(rows = "arenas")
  @AsOnLinux
  void anInterruptClosesTheChannelAndNotTheFile(Supplier<Arena> arenas) throws IOException {
    needsArenasOfOneThread();
    fileOf("abc");
    try (FileChannel channel = open(READ, WRITE);
        FileChannel other = open(READ, WRITE)) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(ClosedByInterruptException.class)
          .isThrownBy(() -> channel.map(READ_WRITE, 0, 3, arenas.get()));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(channel.isOpen()).isFalse();
      assertThat(text(other.map(READ_WRITE, 0, 3, arenas.get()))).isEqualTo("abc");
    }
  }
}
