package io.github.niotmp.tck.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.tck.kit.UsageNumbers;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    assertThat(events.get(0).getString("path")).isEqualTo("/grows");
    assertThat(events.get(0).getLong("bytes")).isEqualTo(800);
    assertThat(events.get(0).getString("cause")).isEqualTo("THRESHOLD");
    assertThat(events.get(0).getDuration()).isPositive();
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
    assertThat(events.get(0).getString("path")).isEqualTo("/f");
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
    assertThat(events.get(0).getString("path")).isEqualTo("/cold");
  }

  @Test
  void aFileWhoseRolloverIsRequested() throws Exception {
    List<RecordedEvent> events =
        recorded(
            "Rollover",
            () -> {
              try (FileSystem tmp = open("jfr-request", 1000, 100_000)) {
                Path set = Files.write(tmp.getPath("/set"), new byte[500]);
                Files.setAttribute(set, "tmp:rolledOver", true);
                Path lower = Files.write(tmp.getPath("/lower"), new byte[500]);
                Files.setAttribute(lower, "tmp:spoolThreshold", 499L);
                Path shown = Files.write(tmp.getPath("/shown"), new byte[500]);
                assertThat(Files.getFileAttributeView(shown, TmpFileAttributeView.class).hostPath())
                    .hasSize(500);
              }
            });

    assertThat(events)
        .extracting(event -> event.getString("path") + " " + event.getString("cause"))
        .containsExactly("/set REQUEST", "/lower THRESHOLD", "/shown REQUEST");
  }

  @Test
  void smallFilesThatArePackedAndUnpacked() throws Exception {
    Action writes =
        () -> {
          try (FileSystem tmp = open("jfr-pack", 1000, 64_000)) {
            for (int i = 0; i < 1000; i++) {
              Files.write(tmp.getPath("/" + i), new byte[640]);
            }
            Files.write(tmp.getPath("/0"), new byte[1], StandardOpenOption.APPEND);
          }
        };
    List<RecordedEvent> packing = recorded("Packing", writes);
    List<RecordedEvent> unpacking = recorded("Unpacking", writes);

    assertThat(packing.stream().mapToLong(event -> event.getLong("files")).sum())
        .isGreaterThan(800);
    assertThat(packing)
        .allMatch(event -> event.getLong("bytes") == 640 * event.getLong("files"))
        .allMatch(event -> event.getString("cause").equals("BUDGET"))
        .allMatch(event -> event.getString("fileSystem").equals("tmp://jfr-pack/"));
    assertThat(unpacking).hasSize(1);
    assertThat(unpacking.get(0).getString("path")).isEqualTo("/0");
    assertThat(unpacking.get(0).getLong("bytes")).isEqualTo(640);
  }

  @Test
  void filesThatSpillOnRequestHaveThatCause() throws Exception {
    Action spill =
        () -> {
          try (FileSystem tmp = open("jfr-spill-now", 4 << 20, 16 << 20)) {
            Files.write(tmp.getPath("/small"), new byte[640]);
            Files.write(tmp.getPath("/large"), new byte[3 << 20]);
            assertThat(TmpFileSystems.spillNow(tmp)).isPositive();
          }
        };
    List<RecordedEvent> packing = recorded("Packing", spill);
    List<RecordedEvent> rollovers = recorded("Rollover", spill);

    assertThat(packing)
        .extracting(event -> event.getLong("files") + " " + event.getString("cause"))
        .containsExactly("1 REQUEST");
    assertThat(rollovers)
        .extracting(event -> event.getString("path") + " " + event.getString("cause"))
        .containsExactly("/large REQUEST");
  }

  @Test
  void eachLimitThatRefusesACall() throws Exception {
    Map<String, Object> limits =
        Map.of("maxFileSize", 1000, "maxSize", 1500, "maxFiles", 3, "directory", directory);
    List<RecordedEvent> events =
        recorded(
            "LimitReached",
            () -> {
              try (FileSystem tmp = TmpFileSystems.open("jfr-limits", limits)) {
                Path one = Files.write(tmp.getPath("/one"), new byte[800]);
                Path other = Files.write(tmp.getPath("/other"), new byte[500]);
                refused(() -> Files.write(one, new byte[400], StandardOpenOption.APPEND));
                refused(() -> Files.write(other, new byte[300], StandardOpenOption.APPEND));
                Files.createFile(tmp.getPath("/third"));
                refused(() -> Files.createFile(tmp.getPath("/fourth")));
                Path large = Files.write(directory.resolve("large"), new byte[1001]);
                refused(
                    () ->
                        Files.copy(
                            large, tmp.getPath("/other"), StandardCopyOption.REPLACE_EXISTING));
              }
            });

    assertThat(events)
        .extracting(
            event ->
                "%s %s %d %d"
                    .formatted(
                        event.getString("path"),
                        event.getString("setting"),
                        event.getLong("limit"),
                        event.getLong("wanted")))
        .contains("/one maxFileSize 1000 1200", "/other maxSize 1500 1600", "/fourth maxFiles 3 4");
    assertThat(events)
        .allMatch(event -> event.getString("fileSystem").equals("tmp://jfr-limits/"))
        .allMatch(event -> event.getStackTrace() != null);
  }

  private static void refused(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(TmpLimitException.class);
  }

  @Test
  void operationsOnTheHost() throws Exception {
    List<RecordedEvent> spilled =
        recorded(
            "HostIo",
            () -> {
              try (FileSystem tmp = open("jfr-spill", 0, 100_000)) {
                Path file = Files.write(tmp.getPath("/f"), new byte[50_000]);
                assertThat(Files.readAllBytes(file)).hasSize(50_000);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                  channel.truncate(1000);
                  channel.force(true);
                }
              }
            });
    List<RecordedEvent> hosted =
        recorded(
            "HostIo",
            () -> {
              try (FileSystem tmp =
                  TmpFileSystems.open(
                      "jfr-host", Map.of("directory", directory, "storage", "host"))) {
                Path file = Files.write(tmp.getPath("/f"), new byte[5000]);
                assertThat(Files.readAllBytes(file)).hasSize(5000);
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                  channel.truncate(1000);
                  channel.force(true);
                }
              }
            });

    assertThat(spilled)
        .allMatch(event -> event.getString("path").equals(directory.toString()))
        .allMatch(event -> event.getString("fileSystem").equals("tmp://jfr-spill/"))
        .extracting(event -> event.getString("operation"))
        .contains("CREATE", "READ", "WRITE", "TRUNCATE", "FORCE");
    assertThat(bytes(spilled, "WRITE")).isEqualTo(50_000);
    assertThat(bytes(spilled, "READ")).isEqualTo(50_000);
    assertThat(hosted)
        .allMatch(event -> event.getString("path").equals("/f"))
        .allMatch(event -> event.getString("fileSystem").equals("tmp://jfr-host/"))
        .extracting(event -> event.getString("operation"))
        .contains("READ", "WRITE", "TRUNCATE", "FORCE");
    assertThat(bytes(hosted, "WRITE")).isEqualTo(5000);
    assertThat(bytes(hosted, "READ")).isEqualTo(5000);
  }

  @Test
  void operationsOnAnotherProvider() throws Exception {
    List<RecordedEvent> events =
        recorded(
            "HostIo",
            () -> {
              try (FileSystem disk = TmpFileSystems.open("jfr-disk", Map.of());
                  FileSystem tmp =
                      TmpFileSystems.open(
                          "jfr-foreign",
                          Map.of("directory", disk.getPath("/"), "spoolThreshold", 0))) {
                Files.write(tmp.getPath("/f"), new byte[50_000]);
              }
            });

    assertThat(events).allMatch(event -> event.getString("path").equals("tmp://jfr-disk/"));
    assertThat(bytes(events, "WRITE")).isEqualTo(50_000);
  }

  private static long bytes(List<RecordedEvent> events, String operation) {
    return events.stream()
        .filter(event -> event.getString("operation").equals(operation))
        .mapToLong(event -> event.getLong("bytes"))
        .sum();
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

  @Test
  void theCloseOfAHostVolumeHasNoMemoryBudget() throws Exception {
    TmpUsage[] held = new TmpUsage[1];
    List<RecordedEvent> events =
        recorded(
            "FileSystemClosed",
            () -> {
              try (FileSystem tmp =
                  TmpFileSystems.open(
                      "jfr-closed-host", Map.of("directory", directory, "storage", "host"))) {
                Files.write(tmp.getPath("/f"), new byte[500]);
                held[0] = TmpFileSystems.usage(tmp);
              }
            });

    assertThat(events).hasSize(1);
    RecordedEvent event = events.get(0);
    assertThat(UsageNumbers.of(held[0])).containsEntry("filesOnHost", 1L);
    UsageNumbers.of(held[0])
        .forEach((name, number) -> assertThat(event.getLong(name)).as(name).isEqualTo(number));
    assertThat(event.toString())
        .contains("memoryBudget = N/A", "jvmMemoryBytes = N/A", "jvmMemoryBudget = N/A");
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
      recording.enable(PREFIX + event).withoutThreshold();
      recording.start();
      action.run();
      recording.stop();
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(each -> each.getEventType().getName().equals(PREFIX + event))
          .sorted(Comparator.comparing(RecordedEvent::getStartTime))
          .toList();
    }
  }
}
