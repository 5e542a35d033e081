package io.github.niotmp.tck.leak;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What is logged until this is closed, instead of being printed. */
final class LoggedWarnings implements Filter, AutoCloseable {
  /** How often to have garbage collected before what is waited for is given up. */
  static final int ROUNDS = 600;

  private final Logger logger = Logger.getLogger("io.github.niotmp");
  private final BlockingQueue<LogRecord> arriving = new LinkedBlockingQueue<>();
  private final List<LogRecord> arrived = new ArrayList<>();

  private volatile @Nullable RuntimeException failure;
  private final AtomicInteger failures = new AtomicInteger();

  LoggedWarnings() {
    logger.setFilter(this);
  }

  /** Fails to log with {@code next} from now on, or no more if it is null. */
  void failWith(@Nullable RuntimeException next) {
    failure = next;
  }

  /** Returns how often this has failed to log. */
  int failures() {
    return failures.get();
  }

  /** Has garbage collected until a record contains {@code text}; returns the record. */
  LogRecord collectUntil(String text) throws InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (LogRecord each : containing(text)) {
        return each;
      }
      System.gc();
      LogRecord next = arriving.poll(100, TimeUnit.MILLISECONDS);
      if (next != null) {
        arrived.add(next);
      }
    }
    throw new AssertionError("Nothing was logged with '" + text + "'");
  }

  /** Returns the records so far that contain {@code text}. */
  List<LogRecord> containing(String text) {
    arriving.drainTo(arrived);
    return arrived.stream().filter(each -> each.getMessage().contains(text)).toList();
  }

  @Override
  public boolean isLoggable(LogRecord entry) {
    RuntimeException thrown = failure;
    if (thrown != null) {
      failures.incrementAndGet();
      throw thrown;
    }
    arriving.add(entry);
    return false;
  }

  @Override
  public void close() {
    logger.setFilter(null);
  }
}
