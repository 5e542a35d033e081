package io.github.niotmp.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticesTest {
  private final Logger logger = Logger.getLogger("io.github.niotmp");
  private final BlockingQueue<LogRecord> logged = new LinkedBlockingQueue<>();
  private final List<String> events = new ArrayList<>();

  @BeforeEach
  void catchAll() {
    filter(logged::add);
  }

  private void filter(Consumer<LogRecord> consumer) {
    Filter filter =
        entry -> {
          consumer.accept(entry);
          return false;
        };
    logger.setFilter(filter);
  }

  @AfterEach
  void letGo() {
    Notices.deliverHere();
    logger.setFilter(null);
  }

  @Test
  void waitForTheirDelivery() {
    Notices.warn("a line", null);
    Notices.record(() -> events.add("event"));
    assertThat(logged).isEmpty();
    assertThat(events).isEmpty();

    Notices.deliver();
    Notices.deliver();

    assertThat(logged).extracting(LogRecord::getMessage).containsExactly("a line");
    assertThat(events).containsExactly("event");
  }

  @Test
  void areDeliveredByTheThreadThatHasThem() throws InterruptedException {
    Notices.warn("a line", null);
    Thread other = new Thread(Notices::deliver);
    other.start();
    other.join();
    assertThat(logged).isEmpty();

    Notices.deliver();

    assertThat(logged).hasSize(1);
  }

  @Test
  void areDeliveredAsAFileSystemHasOpened() throws Exception {
    Notices.warn("a line", null);

    try (FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host"))) {
      assertThat(tmp.isOpen()).isTrue();
      assertThat(logged.poll(1, TimeUnit.MINUTES)).isNotNull();
    }
  }

  @Test
  void areDeliveredAsAKeyIsCancelledAndAsAWatchServiceCloses() throws Exception {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      WatchService service = tmp.newWatchService();
      WatchKey key = tmp.getPath("/").register(service, StandardWatchEventKinds.ENTRY_CREATE);
      Notices.warn("first", null);
      key.cancel();
      assertThat(logged.poll(1, TimeUnit.MINUTES).getMessage()).isEqualTo("first");

      Notices.warn("second", null);
      service.close();
      assertThat(logged.poll(1, TimeUnit.MINUTES).getMessage()).isEqualTo("second");
    }
  }

  @Test
  void ofALoggerAreDeliveredAfterItsOwn() {
    filter(
        entry -> {
          logged.add(entry);
          if (entry.getMessage().equals("first")) {
            Notices.warn("second", null);
          }
        });
    Notices.warn("first", null);

    Notices.deliver();
    assertThat(logged).hasSize(1);
    Notices.deliver();

    assertThat(logged).extracting(LogRecord::getMessage).containsExactly("first", "second");
  }

  @Test
  void areDeliveredThoughTheOneBeforeFails() {
    Notices.record(
        () -> {
          throw new OutOfMemoryError("no event");
        });
    Notices.record(() -> events.add("event"));
    filter(
        entry -> {
          logged.add(entry);
          throw new LinkageError("no logger");
        });
    Notices.warn("first", null);
    Notices.warn("second", null);

    assertThatCode(Notices::deliver).doesNotThrowAnyException();

    assertThat(events).containsExactly("event");
    assertThat(logged).hasSize(2);
  }

  @Test
  void areLoggedByAnotherThreadIfACallerOfThisLibraryMayHoldALock() throws Exception {
    Notices.warn("a line", null);
    Notices.record(() -> events.add("event"));

    Cleanup.of(this, Path.of("none"), Notices::deliver).close(false); // with its lock

    LogRecord line = logged.poll(1, TimeUnit.MINUTES);
    assertThat(line).isNotNull();
    assertThat(line.getLongThreadID()).isNotEqualTo(Thread.currentThread().getId());
    assertThat(events).containsExactly("event");
  }

  @ParameterizedTest
  @CsvSource({
    "'/up\nWARNING: root logged in', '/up\\nWARNING: root logged in'",
    "'/a\rb\tc', '/a\\rb\\tc'",
    "'\u001b[31mred', '\\u001b[31mred'",
    "'\u202egpj.exe', '\\u202egpj.exe'",
    "'\u2028\u2029\u0085', '\\u2028\\u2029\\u0085'",
    "'\ud800x', '\\ud800x'",
    "'größe 😀', 'größe 😀'"
  })
  void haveTheirControlCharactersEscaped(String given, String shown) {
    Notices.warnNow(given, null);
    assertThat(logged.remove().getMessage()).isEqualTo(shown);

    IOException cause = new IOException(given);
    IOException failure = new IOException("of " + given, cause);
    failure.addSuppressed(new IOException(given));
    cause.addSuppressed(failure);
    Notices.warnNow("", failure);
    Throwable thrown = logged.remove().getThrown();

    assertThat(thrown.toString()).isEqualTo("java.io.IOException: of " + shown);
    assertThat(thrown).hasMessage("of " + shown);
    assertThat(thrown.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(String.valueOf(thrown.getCause())).endsWith(shown);
    assertThat(thrown.getSuppressed()[0].toString()).endsWith(shown);
  }

  @Test
  void showAThrowableItselfIfNothingInItNeedsAnEscape() {
    IOException failure = new IOException("plain");

    Notices.warnNow("line", failure);

    assertThat(logged.remove().getThrown()).isSameAs(failure);
  }
}
