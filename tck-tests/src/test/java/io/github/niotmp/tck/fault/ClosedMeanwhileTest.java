package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls during which another thread closes, or opens, a file system. */
@Timeout(60)
class ClosedMeanwhileTest {
  private final List<Thread> closing = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FaultyFileSystem faulty;

  @SuppressWarnings("NullAway.Init") // created before each test
  private Path directory;

  @BeforeEach
  void open() throws IOException {
    faulty = new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));
    directory = Files.createDirectory(faulty.getPath("/host"));
  }

  @AfterEach
  void close() throws Exception {
    for (Thread thread : closing) {
      thread.join();
    }
    faulty.close();
  }

  private FileSystem onHost() throws IOException {
    return TmpFileSystems.open(Map.of("storage", "host", "directory", directory));
  }

  /** Closes the file system, which may wait for the caller, and returns once it is closed. */
  private void begin(FileSystem closed) {
    Thread thread =
        new Thread(
            () -> {
              try {
                closed.close();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    closing.add(thread);
    thread.start();
    while (closed.isOpen()) {
      Thread.onSpinWait();
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  /** Does something after each call of that name. */
  private static Fault after(String name, Action action) {
    return new Fault() {
      @Override
      public void before(Call call) {}

      @Override
      public void after(Call call) throws IOException {
        if (call.name().equals(name)) {
          action.run();
        }
      }
    };
  }

  @Test
  void aFileDoesNotExistInAFileSystemThatIsClosedMeanwhile() throws IOException {
    FileSystem host = onHost();
    Path file = Files.createFile(host.getPath("/file"));
    faulty.set(call -> begin(host));

    assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(() -> Files.exists(file));
    faulty.set(Fault.none());
  }

  @Test
  void aMoveToAFileSystemThatIsClosedMeanwhileKeepsTheSource() throws IOException {
    try (FileSystem memory = TmpFileSystems.open(Map.of())) {
      Path source = Files.createDirectory(memory.getPath("/source"));
      FileSystem host = onHost();
      faulty.set(after("createDirectory", () -> begin(host)));

      assertThatExceptionOfType(ClosedFileSystemException.class)
          .isThrownBy(() -> Files.move(source, host.getPath("/target")));
      faulty.set(Fault.none());
      assertThat(source).isDirectory();
    }
  }

  @Test
  void aMoveFromAFileSystemThatIsClosedMeanwhileLeavesNoCopy() throws IOException {
    try (FileSystem host = onHost()) {
      FileSystem memory = TmpFileSystems.open(Map.of());
      Path source = Files.createDirectory(memory.getPath("/source"));
      faulty.set(after("createDirectory", () -> begin(memory)));

      assertThatExceptionOfType(ClosedFileSystemException.class)
          .isThrownBy(() -> Files.move(source, host.getPath("/target")));
      faulty.set(Fault.none());
      assertThat(host.getPath("/target")).doesNotExist();
    }
  }

  @Test
  void aFileSystemWhoseNameIsTakenWhileItOpensLeavesNothing() throws IOException {
    Map<String, Object> settings = Map.of("storage", "host", "directory", directory);
    List<FileSystem> faster = new ArrayList<>();
    faulty.set(
        after(
            "createDirectory",
            () -> {
              if (faster.isEmpty()) {
                faster.add(TmpFileSystems.open("overtaken", Map.of()));
              }
            }));

    try {
      assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
          .isThrownBy(() -> TmpFileSystems.open("overtaken", settings));
    } finally {
      faulty.set(Fault.none());
      for (FileSystem each : faster) {
        each.close();
      }
    }
    assertThat(directory).isEmptyDirectory();
  }
}
