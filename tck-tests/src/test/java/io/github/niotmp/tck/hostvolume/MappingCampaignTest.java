package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is mapped is the file of the channel, while other threads of the application open and close
 * a file of their own, whose descriptor gets the numbers that are free, and another program moves
 * other files to the name.
 *
 * <p>{@code -Dniotmp.tck.mappings=1000000} makes as many mappings in each thread.
 */
class MappingCampaignTest {
  private static final int MAPPINGS = Integer.getInteger("niotmp.tck.mappings", 200);
  private static final int THREADS = 3;
  private static final long FOREIGN = -1;

  @TempDir Path host;

  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
  private volatile boolean over;

  /** Something that a thread does. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException;
  }

  private Thread thread(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (Throwable e) { // reported by the test
                failure.compareAndSet(null, e);
              }
            });
    thread.start();
    return thread;
  }

  @ParameterizedTest
  @CsvSource({"host,false,false", "host,true,false", "host,false,true", "spooled,false,false"})
  void eachMappingShowsTheFileOfItsChannel(String storage, boolean unlinked, boolean replaced)
      throws Exception {
    Path foreign = Files.write(host.resolve("foreign"), bytes(FOREIGN));
    Path place = Files.createDirectory(host.resolve("place"));
    Map<String, ?> settings =
        storage.equals("host")
            ? Map.of("storage", storage, "directory", place)
            : Map.of("spoolThreshold", "0", "directory", place);
    try (FileSystem tmp = TmpFileSystems.open(settings)) {
      Path file = Files.write(tmp.getPath("/file"), bytes(0));
      List<Thread> others = new ArrayList<>();
      List<Thread> mappers = new ArrayList<>();
      others.add(thread(() -> openAndClose(foreign)));
      if (replaced) {
        Path real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
        others.add(thread(() -> replace(real)));
      }
      for (int i = 0; i < THREADS; i++) {
        Path mapped = unlinked ? tmp.getPath("/own" + i) : file;
        mappers.add(thread(() -> map(mapped, unlinked, replaced)));
      }
      for (Thread mapper : mappers) {
        mapper.join();
      }
      over = true;
      for (Thread other : others) {
        other.join();
      }
    }
    assertThat(failure.get()).isNull();
    assertThat(foreign).hasBinaryContent(bytes(FOREIGN));
    assertThat(place).isEmptyDirectory();
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private void openAndClose(Path foreign) throws IOException {
    while (!over) {
      FileChannel.open(foreign, StandardOpenOption.READ, StandardOpenOption.WRITE).close();
    }
  }

  /** Gives the name to one file after the other, each with a number of its own. */
  private void replace(Path real) throws IOException {
    Path next = host.resolve("next");
    for (long number = 1; !over; number++) {
      Files.write(next, bytes(number));
      Files.move(next, real, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private void map(Path file, boolean unlinked, boolean replaced) throws IOException {
    for (int i = 1; i <= MAPPINGS; i++) {
      if (unlinked) {
        Files.write(file, bytes(i));
      }
      try (FileChannel channel =
          FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        if (unlinked) {
          Files.delete(file);
        }
        ByteBuffer read = ByteBuffer.allocate(Long.BYTES);
        channel.read(read, 0);
        MappedByteBuffer mapped = channel.map(MapMode.READ_WRITE, 0, Long.BYTES);
        assertThat(mapped.getLong(0)).isEqualTo(read.getLong(0));
      } catch (FileSystemException e) {
        if (!replaced) {
          throw e;
        }
        // another file took the name as this one was opened, so that its identity is not known
        assertThat(e).hasMessageMatching("/file: .*cannot be opened.*|/file: Cannot be opened.*");
      }
    }
  }
}
