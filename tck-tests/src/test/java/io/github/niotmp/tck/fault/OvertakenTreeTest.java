package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Another program that changes a tree on the host between two steps of one call. */
class OvertakenTreeTest {
  private static final String REASON = "Input/output error";
  private static final byte[] LITTLE = {1, 2, 3};
  private static final byte[] MUCH = new byte[200_000]; // too much for one call

  private final FaultyFileSystem disk =
      new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem tmp;

  /** A step of another program. */
  private interface Step {
    void run(Path real) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    Path directory = Files.createDirectory(disk.getPath("/host"));
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", directory));
  }

  @AfterEach
  void close() throws IOException {
    disk.set(Fault.none());
    tmp.close();
    assertThat(disk.open().all()).isEmpty();
    disk.close();
  }

  @Test
  void aFileThatIsCreatedFirstIsOpened() throws IOException {
    before("open", real -> Files.write(real, LITTLE));

    try (FileChannel channel =
        FileChannel.open(
            tmp.getPath("/file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @Test
  void aFileThatIsCreatedFirstIsNotTakenForANewOne() throws IOException {
    Path file = tmp.getPath("/file");
    before("open", real -> Files.write(real, LITTLE));

    assertThatThrownBy(() -> Files.createFile(file))
        .isInstanceOf(FileAlreadyExistsException.class)
        .hasMessage("/file");

    assertThat(file).hasBinaryContent(LITTLE);
  }

  @Test
  void aFileIsNotOpenedThroughALinkInThePlaceOfItsDirectory() throws IOException {
    Files.createDirectory(tmp.getPath("/d"));
    Files.write(tmp.getPath("/d/file"), LITTLE);
    Path outside = Files.createDirectory(disk.getPath("/outside"));
    Files.write(outside.resolve("file"), MUCH);
    before(
        "open",
        real -> {
          Path directory = Objects.requireNonNull(real.getParent());
          Files.move(directory, directory.resolveSibling("aside"));
          Files.createSymbolicLink(directory, outside);
        });

    assertThatThrownBy(
            () ->
                FileChannel.open(
                    tmp.getPath("/d/file"),
                    StandardOpenOption.WRITE,
                    StandardOpenOption.TRUNCATE_EXISTING))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/d/file: The symbolic link leads out of the file system");

    assertThat(outside.resolve("file")).hasBinaryContent(MUCH);
  }

  @Test
  void aFileThatCannotBeTruncatedIsClosedAgain() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), LITTLE);
    before("truncate", real -> fail());

    assertThatThrownBy(
            () ->
                FileChannel.open(
                    file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING))
        .hasMessage("/file: " + REASON);

    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
    assertThat(file).hasBinaryContent(LITTLE);
  }

  @Test
  void aFileThatIsNotReturnedIsNotRemovedOnceItHasGone() {
    Path file = tmp.getPath("/file");
    afterCreation(this::removeAndFail);

    assertThatThrownBy(() -> createDeletedOnClose(file))
        .hasMessage("/file: " + REASON)
        .hasNoSuppressedExceptions();
  }

  @Test
  void aFileThatReplacesOneThatIsNotReturnedStays() {
    Path file = tmp.getPath("/file");
    afterCreation(this::replaceAndFail);

    assertThatThrownBy(() -> createDeletedOnClose(file)).hasMessage("/file: " + REASON);

    assertThat(file).hasBinaryContent(LITTLE);
  }

  @Test
  void aDirectoryThatIsNotMadeIsNotRemovedOnceItHasGone() {
    afterCreation(this::removeAndFail);

    assertThatThrownBy(() -> Files.createDirectory(tmp.getPath("/d")))
        .hasMessage("/d: " + REASON)
        .hasNoSuppressedExceptions();
  }

  @Test
  void aFileThatReplacesADirectoryThatIsNotMadeStays() {
    Path directory = tmp.getPath("/d");
    afterCreation(this::replaceAndFail);

    assertThatThrownBy(() -> Files.createDirectory(directory)).hasMessage("/d: " + REASON);

    assertThat(directory).hasBinaryContent(LITTLE);
  }

  @Test
  void anAppendThatFailsKeepsTheBytesThatAnotherProgramHasWrittenAfterIt() throws IOException {
    Path file = Files.write(tmp.getPath("/file"), LITTLE);
    int[] writes = {0};
    try (OutputStream stream = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
      disk.set(
          call -> {
            if (call.name().equals("write") && ++writes[0] > 1) {
              if (writes[0] == 2) {
                disk.set(Fault.none());
                Files.write(disk.getPath(call.path()), MUCH, StandardOpenOption.APPEND);
                disk.set(Fault.failing(REASON));
              }
              fail();
            }
          });

      assertThatThrownBy(() -> stream.write(MUCH)).hasMessage("/file: " + REASON);
      disk.set(Fault.none());
    }

    assertThat(Files.size(file)).isGreaterThan(3 + MUCH.length);
  }

  /** The call asks, once the file is there, whether it may be removed. */
  private static void createDeletedOnClose(Path file) throws IOException {
    FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE)
        .close();
  }

  private void removeAndFail(Path real) throws IOException {
    Files.delete(real);
    fail();
  }

  private void replaceAndFail(Path real) throws IOException {
    Path replacement = Files.write(real.resolveSibling("replacement"), LITTLE);
    Files.delete(real);
    Files.move(replacement, real);
    fail();
  }

  private static void fail() throws IOException {
    throw new FileSystemException("the host's path", null, REASON);
  }

  /** Runs a step once, before the last look at what a call has created. */
  private void afterCreation(Step step) {
    AtomicReference<@Nullable String> created = new AtomicReference<>();
    disk.set(
        call -> {
          String there = created.get();
          if (call.name().equals("open") || call.name().equals("createDirectory")) {
            created.set(call.path());
          } else if (there != null && isLastLook(call, there)) {
            disk.set(Fault.none());
            step.run(disk.getPath(there));
          }
        });
  }

  /** A directory is looked at itself; of a file that has a key by then, the directory above it. */
  private static boolean isLastLook(Fault.Call call, String created) {
    return created.endsWith("/d")
        ? call.name().equals("readAttributes")
        : !call.path().equals(created);
  }

  /** Runs a step once, before the next call of that name. */
  private void before(String name, Step step) {
    disk.set(
        call -> {
          if (call.name().equals(name)) {
            disk.set(Fault.none());
            step.run(disk.getPath(call.path()));
          }
        });
  }
}
