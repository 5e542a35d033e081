package io.github.niotmp.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.path.NamedOwner;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key whose reports another thread is about to begin. */
@Timeout(60)
class WatchingKeyTest {
  private final AtomicInteger ended = new AtomicInteger();

  @Test
  void aThreadThatFindsTheKeyWaitsForItsReports() throws Exception {
    TmpWatchKey key = key();
    FutureTask<Boolean> waits = waitingFor(key);
    assertThat(waits.isDone()).isFalse();

    assertThat(key.watching(ended::incrementAndGet)).isTrue();

    waits.get();
    key.awaitWatching();
    key.cancel();
    key.cancel();
    assertThat(ended).hasValue(1);
  }

  @Test
  void theWaitEndsAsTheKeyIsCancelled() throws Exception {
    TmpWatchKey key = key();
    FutureTask<Boolean> waits = waitingFor(key);

    key.cancel();

    waits.get();
    assertThat(key.watching(ended::incrementAndGet)).isFalse();
  }

  @Test
  void theWaitEndsWithAnInterrupt() throws IOException {
    TmpWatchKey key = key();
    Thread.currentThread().interrupt();

    key.awaitWatching();

    assertThat(Thread.interrupted()).isTrue();
  }

  private static FutureTask<Boolean> waitingFor(TmpWatchKey key) {
    FutureTask<Boolean> waits = new FutureTask<>(key::awaitWatching, true);
    Thread thread = new Thread(waits);
    thread.start();
    while (thread.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    return waits;
  }

  private static TmpWatchKey key() throws IOException {
    OpenHandles resources = new OpenHandles(new FileSystemEvents("test"), false);
    TmpWatchService service = TmpWatchService.open(resources, "file system");
    TmpPath directory = TmpPath.of(new NamedOwner("x"), "/");
    WatchEvent.Kind<?>[] kinds = {StandardWatchEventKinds.ENTRY_CREATE};
    return new TmpWatchKey(service, directory, "key", EventMask.of(kinds));
  }
}
