package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each kind of throwable from each call that the close of a file system makes to another provider.
 *
 * <p>{@code -Dniotmp.tck.faults=all} has each call throw each kind, not one of them.
 */
class CloseCampaignTest {
  private static final boolean ALL = "all".equals(System.getProperty("niotmp.tck.faults"));
  private static final List<Supplier<Throwable>> KINDS =
      List.of(
          () -> new FileSystemException("f", null, "Input/output error"),
          () -> new IllegalStateException("state"),
          () -> new UnsupportedOperationException("unsupported"),
          () -> new AssertionError("error"),
          () -> new StackOverflowError("deep"),
          () -> new OutOfMemoryError("heap"));

  private static Stream<Map<String, String>> settings() {
    return Stream.of(
        Map.of("spoolThreshold", "0"),
        Map.of("storage", "host"),
        Map.of("storage", "host", "mxbean", "true"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void allIsClosedWhateverOneCallThrows(Map<String, String> settings) throws IOException {
    boolean happened = true;
    for (int number = 1; happened; number++) {
      happened = false;
      for (int kind = 0; kind < KINDS.size(); kind++) {
        if (ALL || kind == number % KINDS.size() || kind == (number + 3) % KINDS.size()) {
          Throwable thrown = KINDS.get(kind).get();
          happened |= closeThrowing(settings, number, thrown);
        }
      }
    }
  }

  private static boolean closeThrowing(Map<String, String> settings, int number, Throwable thrown)
      throws IOException {
    String what = settings + ", call " + number + ", " + thrown;
    try (FaultyFileSystem faulty =
        new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()))) {
      Path directory = Files.createDirectory(faulty.getPath("/host"));
      Map<String, Object> onIt = new HashMap<>(settings);
      onIt.put("directory", directory);
      FileSystem tmp = TmpFileSystems.open("close-campaign", onIt);
      FileSystem view = TmpFileSystems.readOnly(tmp);
      List<FileChannel> channels = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        Path file = tmp.getPath("/" + i);
        FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.write(ByteBuffer.allocate(1000));
        channels.add(channel);
        channels.add(FileChannel.open(view.getPath("/" + i)));
      }
      Files.delete(tmp.getPath("/0"));
      WatchService watch = tmp.newWatchService();
      ClosingStep step = new ClosingStep(number, () -> throwAsItIs(thrown));
      faulty.set(step);

      Throwable told = catchThrowable(tmp::close);
      faulty.set(Fault.none());

      assertThat(tmp.isOpen()).as(what).isFalse();
      assertThat(view.isOpen()).as(what).isFalse();
      assertThat(channels).as(what).noneMatch(FileChannel::isOpen);
      assertThat(catchThrowable(watch::poll)).isInstanceOf(ClosedWatchServiceException.class);
      if (told != null) {
        assertThat(isPartOf(thrown, told)).as(what + " in " + told).isTrue();
      }
      tmp.close(); // removes what the first could not
      try (Stream<Path> left = Files.walk(directory)) {
        assertThat(left).as(what).containsExactly(directory);
      }
      assertThat(faulty.open().all()).as(what).isEmpty();
      TmpFileSystems.open("close-campaign", Map.of("mxbean", "true")).close();
      return step.happened();
    }
  }

  /** Says whether a failure is the one that was thrown, or tells of it. */
  private static boolean isPartOf(Throwable thrown, Throwable told) {
    String reason =
        thrown instanceof FileSystemException named ? named.getReason() : thrown.getMessage();
    if (told == thrown || String.valueOf(told).contains(String.valueOf(reason))) {
      return true;
    }
    return told.getCause() != null && isPartOf(thrown, told.getCause());
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void throwAsItIs(Throwable thrown) throws E {
    throw (E) thrown;
  }
}
