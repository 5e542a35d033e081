package io.github.niotmp.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpLimitException;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.DataAmount;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemEventsTest {
  private static final int CALLS = 100_000;

  private final FileSystemEvents events = new FileSystemEvents("tmp://name/");
  private final TmpLimitException refusal = new TmpLimitException("/f", "maxSize", 1, "2 bytes");

  @Test
  void eventsAllocateNoMemoryWithoutARecording() throws JMException {
    new Recording().close(); // from now on events are looked at
    call(1); // loads the classes
    long before = allocated();

    call(CALLS);

    assertThat(allocated() - before).isLessThan(CALLS);
  }

  private static long allocated() throws JMException {
    return (Long)
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(ManagementFactory.THREAD_MXBEAN_NAME),
                "CurrentThreadAllocatedBytes");
  }

  private void call(int times) {
    long refusals = 0;
    for (int i = 0; i < times; i++) {
      events.rollover(SpillCause.THRESHOLD).end("/f", 1);
      events.packing(SpillCause.BUDGET).end(1, 1);
      events.unpacking().end("/f", 1);
      events.hostIo(HostOperation.WRITE).end("/f", 1);
      refusals += events.limitReached(refusal, 2).limit();
      events.budgetReached(2, 1);
      events.leak("channel", "/f", null);
      if (events.recordsClosing()) {
        throw new IllegalStateException("a recording runs");
      }
    }
    assertThat(refusals).isEqualTo(times);
  }

  @Test
  void refusalsAndLeaksAreCountedWithoutARecording() {
    FileSystemEvents view = events.ofView("tmp://view/");

    assertThat(events.limitReached(refusal, 2)).isSameAs(refusal);
    events.leak("channel", "/f", null);
    view.leak("channel", "/g", null);

    assertThat(events.refusals()).isEqualTo(1);
    assertThat(events.leaks()).as("with those of the view").isEqualTo(2);
    assertThat(view.refusals()).as("those of the volume").isEqualTo(1);
    assertThat(view.leaks()).isEqualTo(1);
    assertThat(view.fileSystem()).isEqualTo("tmp://view/");
  }

  @Test
  void aLeakIsRecordedWithTheStackOfItsOpener(@TempDir Path directory) throws IOException {
    Throwable opener = new Throwable("opened by thread 'main'");
    opener.setStackTrace(
        new StackTraceElement[] {
          new StackTraceElement("io.github.niotmp.channel.Opening", "open", "Opening.java", 1),
          new StackTraceElement("java.nio.channels.FileChannel", "open", "FileChannel.java", 2),
          new StackTraceElement("org.example.Server", "serve", "Server.java", 40),
          new StackTraceElement("org.example.Server", "main", "Server.java", 30)
        });
    List<RecordedEvent> leaks =
        recorded(
            "Leak",
            directory,
            () -> {
              events.leak("channel", "/f", opener);
              events.leak("channel", "/g", null);
            });

    assertThat(leaks).hasSize(2);
    assertThat(leaks.get(0).getString("fileSystem")).isEqualTo("tmp://name/");
    assertThat(leaks.get(0).getString("kind")).isEqualTo("channel");
    assertThat(leaks.get(0).getString("path")).isEqualTo("/f");
    assertThat(leaks.get(0).getString("opener"))
        .isEqualTo("org.example.Server.serve(Server.java:40)");
    assertThat(leaks.get(0).getString("stack"))
        .startsWith("opened by thread 'main'\n\tat io.github.niotmp.channel.Opening.open(")
        .endsWith("\n\tat org.example.Server.main(Server.java:30)");
    assertThat(leaks.get(1).getString("opener")).isEmpty();
    assertThat(leaks.get(1).getString("stack")).isEmpty();
  }

  @Test
  void aTimedEventIsRecordedOnlyFromTheThresholdOn(@TempDir Path directory) throws IOException {
    assertThat(recorded("Rollover", directory, this::endAll)).hasSize(1);
    assertThat(recorded("Packing", directory, this::endAll)).hasSize(1);
    assertThat(recorded("Unpacking", directory, this::endAll)).hasSize(1);
    assertThat(recorded("HostIo", directory, this::endAll)).hasSize(1);

    assertThat(recorded("Rollover", directory, Duration.ofHours(1), this::endAll)).isEmpty();
    assertThat(recorded("Packing", directory, Duration.ofHours(1), this::endAll)).isEmpty();
    assertThat(recorded("Unpacking", directory, Duration.ofHours(1), this::endAll)).isEmpty();
    assertThat(recorded("HostIo", directory, Duration.ofHours(1), this::endAll)).isEmpty();
  }

  private void endAll() {
    events.rollover(SpillCause.MAP).end("/f", 1);
    events.packing(SpillCause.BUDGET).end(2, 3);
    events.packing(SpillCause.BUDGET).end(0, 0); // has moved no file
    events.unpacking().end("/f", 4);
    events.hostIo(HostOperation.FORCE).end("/f", 0);
  }

  @Test
  void eachEventFollowsTheConventionsOfTheRecorder() {
    List<EventType> types;
    try (Recording recording = new Recording()) {
      recording.start();
      endAll(); // registers the types
      events.leak("channel", "/f", null);
      events.budgetReached(2, 1);
      assertThat(events.limitReached(refusal, 2)).isSameAs(refusal);
      events.recordsClosing();
      Notices.deliver();
      types =
          FlightRecorder.getFlightRecorder().getEventTypes().stream()
              .filter(type -> type.getName().startsWith("io.github.niotmp."))
              .toList();
    }

    assertThat(types).hasSizeGreaterThanOrEqualTo(8);
    for (EventType type : types) {
      assertThat(type.getCategoryNames()).containsExactly("Temporary Files");
      assertThat(type.getLabel()).matches("[A-Z].{1,29}");
      assertThat(type.getDescription()).matches("[A-Z].*[^.]");
      assertThat(type.getField("fileSystem").getLabel()).isEqualTo("File System");
      for (ValueDescriptor field : type.getFields()) {
        assertThat(field.getLabel()).as(field.getName()).matches("[A-Z].{1,29}");
        if (field.getName().toLowerCase(Locale.ROOT).endsWith("bytes")) {
          assertThat(field.getContentType())
              .as(field.getName())
              .isEqualTo(DataAmount.class.getName());
        }
      }
    }
    assertThat(thresholds(types))
        .isEqualTo(
            Map.of(
                "Rollover", "10 ms", "Packing", "10 ms", "Unpacking", "10 ms", "HostIo", "20 ms"));
  }

  private static Map<String, String> thresholds(List<EventType> types) {
    Map<String, String> thresholds = new HashMap<>();
    for (EventType type : types) {
      for (SettingDescriptor setting : type.getSettingDescriptors()) {
        if (setting.getName().equals("threshold") && !setting.getDefaultValue().equals("0 ns")) {
          thresholds.put(
              type.getName().substring("io.github.niotmp.".length()), setting.getDefaultValue());
        }
      }
    }
    return thresholds;
  }

  private static List<RecordedEvent> recorded(String event, Path directory, Runnable action)
      throws IOException {
    return recorded(event, directory, Duration.ZERO, action);
  }

  private static List<RecordedEvent> recorded(
      String event, Path directory, Duration threshold, Runnable action) throws IOException {
    Path file = directory.resolve("events.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.github.niotmp." + event).withThreshold(threshold);
      recording.start();
      action.run();
      Notices.deliver();
      recording.stop();
      recording.dump(file);
    }
    return RecordingFile.readAllEvents(file).stream()
        .filter(each -> each.getEventType().getName().equals("io.github.niotmp." + event))
        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
        .toList();
  }
}
