package io.github.niotmp.volume;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LeakReportTest {
  private static final FileSystemEvents EVENTS = new FileSystemEvents("tmp://leaks/");

  /** A handle without resources. */
  private static final class Opened implements Handle {
    @Override
    public HandleReference reference() {
      throw new UnsupportedOperationException("a report does not ask for it");
    }

    @Override
    public void close() {}
  }

  /** The reference to it. */
  private static final class Reference extends HandleReference {
    Reference(OpenHandles handles) {
      super(new Opened(), "FileChannel", Path.of("f"), handles);
    }

    @Override
    protected void free() {}
  }

  @Test
  void aFailureToFreeIsAWarningOfItsOwn() {
    IOException failure = new IOException("no disk");
    List<LogRecord> logged = new ArrayList<>();
    Logger logger = Logger.getLogger("io.github.niotmp");
    logger.setFilter(entry -> !logged.add(entry));
    try {
      new LeakReport(EVENTS).send(new Reference(new OpenHandles(EVENTS, false)), failure);
      Notices.deliverHere();
    } finally {
      logger.setFilter(null);
    }

    assertThat(logged)
        .extracting(LogRecord::getMessage)
        .containsExactly(
            "FileChannel on f in tmp://leaks/ was collected before it was closed; the setting"
                + " trackOpeners, or -Dio.github.niotmp.trackOpeners=true, tells where it was"
                + " opened",
            "FileChannel on f in tmp://leaks/ was collected, and freeing its resources failed");
    assertThat(logged.get(1).getThrown()).isEqualTo(failure);
  }
}
