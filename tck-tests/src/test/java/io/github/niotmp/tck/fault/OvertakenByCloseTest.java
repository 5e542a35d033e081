package io.github.niotmp.tck.fault;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A provider below that, at each call of each operation, has another thread close the file system
 * or use it.
 */
@Timeout(120)
@SuppressWarnings("StreamResourceLeak") // count closes them
class OvertakenByCloseTest {
  private static final byte[] BYTES = new byte[140_000];

  /** An operation on a file system with a file "/d/f" of those bytes; says whether it was right. */
  private interface Answer {
    boolean isRight(Path file, Path elsewhere) throws IOException;
  }

  private static final Map<String, Answer> ANSWERS = new LinkedHashMap<>();

  static {
    ANSWERS.put("exists", (file, other) -> Files.exists(file));
    ANSWERS.put("not exists", (file, other) -> !Files.notExists(file));
    ANSWERS.put("exists itself", (file, other) -> Files.exists(file, LinkOption.NOFOLLOW_LINKS));
    ANSWERS.put("is directory", (file, other) -> Files.isDirectory(file.resolveSibling("")));
    ANSWERS.put("is regular", (file, other) -> Files.isRegularFile(file));
    ANSWERS.put("is readable", (file, other) -> Files.isReadable(file));
    ANSWERS.put("size", (file, other) -> Files.size(file) == BYTES.length);
    ANSWERS.put(
        "attributes",
        (file, other) ->
            Files.readAttributes(file, BasicFileAttributes.class).size() == BYTES.length);
    ANSWERS.put("attributes by name", (file, other) -> !Files.readAttributes(file, "*").isEmpty());
    ANSWERS.put("same", (file, other) -> Files.isSameFile(file, file.resolveSibling("../d/f")));
    ANSWERS.put("real path", (file, other) -> file.toRealPath().equals(file));
    ANSWERS.put("store", (file, other) -> Files.getFileStore(file).getUsableSpace() > 0);
    ANSWERS.put("read", (file, other) -> Files.readAllBytes(file).length == BYTES.length);
    ANSWERS.put("list", (file, other) -> count(Files.list(file.resolveSibling(""))) == 3);
    ANSWERS.put(
        "walk", (file, other) -> count(Files.walk(file.resolveSibling("..").normalize())) == 5);
    ANSWERS.put(
        "write", (file, other) -> Files.exists(Files.write(file.resolveSibling("w"), BYTES)));
    ANSWERS.put("append", (file, other) -> Files.exists(Files.write(file, BYTES, APPEND)));
    ANSWERS.put(
        "create directory",
        (file, other) -> Files.isDirectory(Files.createDirectories(file.resolveSibling("x/y"))));
    ANSWERS.put("delete", (file, other) -> Files.deleteIfExists(file));
    ANSWERS.put(
        "move", (file, other) -> Files.exists(Files.move(file, file.resolveSibling("moved"))));
    ANSWERS.put(
        "copy", (file, other) -> Files.size(Files.copy(file, file.resolveSibling("c"))) > 0);
    ANSWERS.put(
        "copy elsewhere",
        (file, other) -> Files.size(Files.copy(file, other.resolve("c"))) == BYTES.length);
    ANSWERS.put(
        "move elsewhere",
        (file, other) -> Files.size(Files.move(file, other.resolve("m"))) == BYTES.length);
    ANSWERS.put(
        "copy from elsewhere",
        (file, other) -> {
          Path source = other.resolve("source");
          Files.copy(source, file, StandardCopyOption.REPLACE_EXISTING);
          return Files.size(file) == BYTES.length;
        });
    ANSWERS.put(
        "copy from a stream",
        (file, other) ->
            Files.copy(new ByteArrayInputStream(BYTES), file.resolveSibling("s")) == BYTES.length);
    ANSWERS.put(
        "set time",
        (file, other) -> Files.exists(Files.setLastModifiedTime(file, FileTime.fromMillis(0))));
    ANSWERS.put(
        "transfer",
        (file, other) -> {
          try (FileChannel from = FileChannel.open(file, READ);
              FileChannel to = FileChannel.open(file.resolveSibling("g"), WRITE)) {
            return from.transferTo(0, BYTES.length, to) == BYTES.length;
          }
        });
    ANSWERS.put(
        "channel",
        (file, other) -> {
          try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocate(BYTES.length);
            while (buffer.hasRemaining() && channel.read(buffer) > 0) {}
            channel.truncate(10).force(true);
            return !buffer.hasRemaining() && channel.size() == 10;
          }
        });
  }

  private static long count(Stream<Path> paths) {
    try (paths) {
      return paths.count();
    }
  }

  private static Stream<Map<String, String>> settings() {
    return Stream.of(Map.of("spoolThreshold", "0"), Map.of("storage", "host"));
  }

  /** Something that another thread does with the file system. */
  private interface Meanwhile {
    void with(FileSystem tmp) throws IOException;
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anOperationIsRightOrSaysThatItsFileSystemIsClosed(Map<String, String> settings)
      throws Exception {
    for (Map.Entry<String, Answer> answer : ANSWERS.entrySet()) {
      boolean happened = true;
      for (int number = 1; happened; number++) {
        happened = runClosing(settings, answer.getKey(), answer.getValue(), number);
      }
    }
  }

  private static boolean runClosing(
      Map<String, String> settings, String name, Answer answer, int number) throws Exception {
    String what = name + " with " + settings + ", closed at call " + number;
    try (FaultyFileSystem faulty = new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));
        FileSystem elsewhere = TmpFileSystems.open(Map.of())) {
      Path directory = Files.createDirectory(faulty.getPath("/host"));
      FileSystem tmp = filled(settings, directory);
      Path other = elsewhere.getPath("/");
      Files.write(other.resolve("source"), BYTES);
      FutureTask<Object> close =
          new FutureTask<>(
              () -> {
                tmp.close();
                return what;
              });
      ClosingStep step =
          new ClosingStep(
              number,
              () -> {
                start(close);
                while (tmp.isOpen()) {
                  Thread.onSpinWait();
                }
              });
      faulty.set(step);
      try {
        assertThat(answer.isRight(tmp.getPath("/d/f"), other)).as(what).isTrue();
      } catch (ClosedFileSystemException | ClosedChannelException e) {
        assertThat(step.happened()).as(what).isTrue();
      } catch (IOException | RuntimeException e) {
        throw new AssertionError(what, e);
      }
      if (step.happened()) {
        close.get(30, TimeUnit.SECONDS);
      }
      tmp.close();
      try (Stream<Path> left = Files.walk(directory)) {
        assertThat(left).as(what).containsExactly(directory);
      }
      return step.happened();
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aProviderMayUseTheFileSystemFromAnyThread(Map<String, String> settings) throws Exception {
    Meanwhile uses =
        tmp -> {
          try {
            use(tmp);
          } catch (ClosedFileSystemException e) {
            assertThat(tmp.isOpen()).as("a call that the close makes").isFalse();
          }
        };
    for (Map.Entry<String, Answer> answer : ANSWERS.entrySet()) {
      boolean happened = true;
      for (int number = 1; happened; number++) {
        happened = runCallingBack(settings, answer, number, uses, number % 2 == 0);
      }
    }
  }

  private static void use(FileSystem tmp) throws IOException {
    Path file = Files.write(tmp.getPath("/d/used"), BYTES);
    Files.write(file, BYTES, APPEND);
    Files.move(file, file.resolveSibling("h"));
    Files.move(file.resolveSibling("h"), file);
    Files.createDirectory(tmp.getPath("/made"));
    Files.delete(tmp.getPath("/made"));
    count(Files.list(tmp.getPath("/d")));
  }

  private static boolean runCallingBack(
      Map<String, String> settings,
      Map.Entry<String, Answer> answer,
      int number,
      Meanwhile uses,
      boolean sameThread)
      throws Exception {
    String what = answer.getKey() + " with " + settings + ", called back at call " + number;
    try (FaultyFileSystem faulty = new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()));
        FileSystem elsewhere = TmpFileSystems.open(Map.of())) {
      Path directory = Files.createDirectory(faulty.getPath("/host"));
      FileSystem tmp = filled(settings, directory);
      Path other = elsewhere.getPath("/");
      Files.write(other.resolve("source"), BYTES);
      ClosingStep step =
          new ClosingStep(
              number,
              () -> {
                faulty.set(Fault.none());
                if (sameThread) {
                  uses.with(tmp);
                } else {
                  await(what, tmp, uses);
                }
              });
      faulty.set(step);
      answer.getValue().isRight(tmp.getPath("/d/f"), other);
      tmp.close();
      return step.happened();
    }
  }

  private static void await(String what, FileSystem tmp, Meanwhile uses) {
    FutureTask<Object> other =
        new FutureTask<>(
            () -> {
              uses.with(tmp);
              return what;
            });
    start(other);
    try {
      other.get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(what, e);
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
  }

  private static FileSystem filled(Map<String, String> settings, Path directory)
      throws IOException {
    Map<String, Object> onIt = new HashMap<>(settings);
    onIt.put("directory", directory);
    FileSystem tmp = TmpFileSystems.open(onIt);
    Path file = Files.createDirectory(tmp.getPath("/d")).resolve("f");
    Files.write(file, BYTES);
    Files.write(file.resolveSibling("g"), BYTES);
    Files.createFile(file.resolveSibling("e"));
    return tmp;
  }
}
