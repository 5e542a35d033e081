package io.github.niotmp.tck.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.tck.kit.UsageNumbers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedEventsTest {
  private static final String PREFIX = "io.github.niotmp.";

  @TempDir Path directory;
  @TempDir Path recordings;

  private interface Action {
    void run() throws Exception;
  }

  @Test
  void aFileThatOutgrowsItsThreshold() throws Exception {
    List<RecordedEvent> events =
        recorded(
            "Rollover",
            () -> {
              try (FileSystem tmp = open("jfr-threshold", 1000, 100_000)) {
                Files.write(tmp.getPath("/small"), new byte[500]);
                Path grows = Files.write(tmp.getPath("/grows"), new byte[800]);
                Files.write(grows, new byte[400], StandardOpenOption.APPEND);
                Files.write(grows, new byte[400], StandardOpenOption.APPEND);
              }
            });

    assertThat(events).hasSize(1);
    assertThat(events.get(0).getString("fileSystem")).isEqualTo("tmp://jfr-threshold/");
    assertThat(events.get(0).getLong("bytes")).isEqualTo(800);
    assertThat(events.get(0).getString("cause")).isEqualTo("THRESHOLD");
    assertThat(events.get(0).getStackTrace().getFrames())
        .extracting(frame -> name(frame.getMethod()))
        .contains("java.nio.file.Files.write");
  }

  @Test
  void aFileThatIsMapped() throws Exception {
    List<RecordedEvent> events =
        recorded(
            "Rollover",
            () -> {
              try (FileSystem tmp = open("jfr-map", 1000, 100_000)) {
                Path file = Files.write(tmp.getPath("/f"), new byte[500]);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                  assertThat(channel.map(MapMode.READ_ONLY, 0, 500).get(0)).isZero();
                  assertThat(channel.map(MapMode.READ_ONLY, 0, 500).get(1)).isZero();
                }
              }
            });

    assertThat(events).hasSize(1);
    assertThat(events.get(0).getString("cause")).isEqualTo("MAP");
    assertThat(events.get(0).getLong("bytes")).isEqualTo(500);
  }

  @Test
  void aBudgetIsReachedOnceForAllFilesThatMoveTogether() throws Exception {
    List<RecordedEvent> events =
        recorded(
            "BudgetReached",
            () -> {
              try (FileSystem tmp = open("jfr-budget", 1000, 64_000)) {
                for (int i = 0; i < 1000; i++) {
                  Files.write(tmp.getPath("/" + i), new byte[640]);
                }
                TmpUsage usage = TmpFileSystems.usage(tmp);
                assertThat(usage.filesPacked()).isGreaterThan(800);
              }
            });

    assertThat(events)
        .hasSizeBetween(1, 250) // not one for each of the writes
        .allMatch(event -> event.getString("fileSystem").equals("tmp://jfr-budget/"))
        .allMatch(event -> event.getLong("budget") == 64_000)
        .allMatch(event -> event.getLong("wanted") >= 640 && event.getLong("wanted") < 64_000);
  }

  @Test
  void aFileForWhichThereIsNoRoomInMemory() throws Exception {
    List<RecordedEvent> events =
        recorded(
            "Rollover",
            () -> {
              try (FileSystem tmp = open("jfr-room", 4 << 20, 4 << 20)) {
                Files.write(tmp.getPath("/cold"), new byte[3 << 20]);
                Files.write(tmp.getPath("/hot"), new byte[3 << 20]);
              }
            });

    assertThat(events).isNotEmpty();
    assertThat(events.get(0).getString("cause")).isEqualTo("BUDGET");
  }

  @Test
  void aFileSystemThatClosesTellsWhatItHeld() throws Exception {
    TmpUsage[] held = new TmpUsage[1];
    long start = System.nanoTime();
    List<RecordedEvent> events =
        recorded(
            "FileSystemClosed",
            () -> {
              FileSystem tmp = open("jfr-closed", 1000, 100_000);
              Files.write(tmp.getPath("/small"), new byte[500]);
              Files.write(tmp.getPath("/large"), new byte[5000]);
              FileChannel left = FileChannel.open(tmp.getPath("/small"));
              held[0] = TmpFileSystems.usage(tmp);
              tmp.close();
              tmp.close();
              assertThat(left.isOpen()).isFalse();
            });
    Duration most = Duration.ofNanos(System.nanoTime() - start);

    assertThat(events).hasSize(1);
    RecordedEvent event = events.get(0);
    assertThat(event.getString("fileSystem")).isEqualTo("tmp://jfr-closed/");
    assertThat(event.getDuration("openFor")).isPositive().isLessThan(most);
    assertThat(held[0].openHandles()).isEqualTo(1);
    UsageNumbers.of(held[0])
        .forEach((name, number) -> assertThat(event.getLong(name)).as(name).isEqualTo(number));
  }

  private FileSystem open(String name, long threshold, long budget) throws IOException {
    return TmpFileSystems.open(
        name, Map.of("directory", directory, "spoolThreshold", threshold, "memoryBudget", budget));
  }

  private static String name(RecordedMethod method) {
    return method.getType().getName() + "." + method.getName();
  }

  /** Returns the events of one kind that {@code action} causes. */
  private List<RecordedEvent> recorded(String event, Action action) throws Exception {
    Path file = recordings.resolve(event + ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(PREFIX + event);
      recording.start();
      action.run();
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(each -> each.getEventType().getName().equals(PREFIX + event))
          .toList();
    }
  }
}
