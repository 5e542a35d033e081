package io.github.niotmp.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemEventsTest {
  private static final int CALLS = 100_000;

  private final FileSystemEvents events = new FileSystemEvents("tmp://name/");

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
    for (int i = 0; i < times; i++) {
      events.rollover(1, RolloverCause.THRESHOLD);
      events.budgetReached(2, 1);
      events.leak("channel", "/f");
      if (events.recordsClosing()) {
        throw new IllegalStateException("somebody records");
      }
    }
  }

  @Test
  void aLeakIsRecorded(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("leak.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.github.niotmp.Leak");
      recording.start();
      events.leak("channel", "/f");
      Notices.deliver();
      recording.stop();
      recording.dump(file);
    }

    List<RecordedEvent> leaks =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("io.github.niotmp.Leak"))
            .toList();
    assertThat(leaks).hasSize(1);
    assertThat(leaks.get(0).getString("fileSystem")).isEqualTo("tmp://name/");
    assertThat(leaks.get(0).getString("kind")).isEqualTo("channel");
    assertThat(leaks.get(0).getString("path")).isEqualTo("/f");
  }
}
