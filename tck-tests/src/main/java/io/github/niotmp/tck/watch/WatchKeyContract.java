package io.github.niotmp.tck.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The contract of the life of watch keys and services.
 *
 * @see java.nio.file.Watchable#register(WatchService, WatchEvent.Kind[], WatchEvent.Modifier...)
 * @see WatchKey
 * @see WatchService
 */
public class WatchKeyContract extends WatchContract {

  @ContractTest
  void oneDirectoryHasOneKeyWhateverItIsCalled() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Path link = Files.createSymbolicLink(root().resolve("link"), directory());
    assertThat(entry("../watched").register(service(), ENTRY_CREATE)).isSameAs(key);
    assertThat(link.register(service(), ENTRY_CREATE)).isSameAs(key);
    assertThat(root().register(service(), ENTRY_CREATE)).isNotEqualTo(key);
  }

  @ContractTest
  void nextRegistrationReplacesTheKinds() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    directory().register(service(), ENTRY_DELETE);
    Files.createFile(entry("file"));
    Files.delete(entry("file"));
    assertThat(events(key)).containsExactly("DELETE file");
  }

  @ContractTest
  void keyIsSignalledOnceUntilItIsReset() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("a"));
    assertThat(signalled()).containsExactly(key);
    Files.createFile(entry("b"));
    assertThat(signalled()).isEmpty();
    assertThat(key.reset()).isTrue();
    assertThat(signalled()).containsExactly(key);
    assertThat(key.pollEvents().stream().map(WatchContract::text))
        .containsExactly("CREATE a", "CREATE b");
    assertThat(key.reset()).isTrue();
    assertThat(signalled()).isEmpty();
  }

  @ContractTest
  void resetOfAReadyKeyDoesNothing() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    assertThat(key.reset()).isTrue();
    assertThat(signalled()).isEmpty();
    assertThat(key.pollEvents()).isEmpty();
  }

  @ContractTest
  void cancelledKeyReportsNoMore() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("before"));
    signalled();
    key.cancel();
    key.cancel();
    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
    Files.createFile(entry("after"));
    assertThat(signalled()).isEmpty();
    assertThat(key.pollEvents().stream().map(WatchContract::text)).containsExactly("CREATE before");
    assertThat(directory().register(service(), ENTRY_CREATE)).isNotSameAs(key);
  }

  @ContractTest
  void keyOfADirectoryThatGoesIsSignalledAndInvalid() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.delete(directory());
    assertThat(service().poll(60, SECONDS)).isSameAs(key);
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
  }

  @ContractTest
  void onlyDirectoriesAreWatched() throws Exception {
    Path file = Files.createFile(entry("file"));
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> file.register(service(), ENTRY_CREATE))
        .withMessage(file.toString());
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> entry("missing").register(service(), ENTRY_CREATE))
        .withMessage(entry("missing").toString());
  }

  @ContractTest
  @AsOnLinux
  void nothingBelowAFileIsWatched() throws Exception {
    Path below = Files.createFile(entry("file")).resolve("entry");

    assertThatThrownBy(() -> below.register(service(), ENTRY_CREATE))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(below + ": Not a directory");
  }

  @ContractTest
  void kindsAreChecked() {
    WatchEvent.Kind<Path> unknown =
        new WatchEvent.Kind<>() {
          @Override
          public String name() {
            return "UNKNOWN";
          }

          @Override
          public Class<Path> type() {
            return Path.class;
          }
        };
    assertThatIllegalArgumentException().isThrownBy(() -> directory().register(service()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> directory().register(service(), OVERFLOW));
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> directory().register(service(), ENTRY_CREATE, unknown));
  }

  @ContractTest
  void modifiersAreChecked() {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> directory().register(service(), kinds, () -> "UNKNOWN"));
  }

  @ContractTest
  @AsOnLinux
  void howOftenToLookForChangesMayBeSaid() throws Exception {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    WatchKey key = directory().register(service(), kinds, sensitivity());
    Files.createFile(entry("file"));
    assertThat(events(key)).containsExactly("CREATE file");
  }

  /** Returns a sensitivity modifier, or skips the test because later JDKs lack the class. */
  private static WatchEvent.Modifier sensitivity() {
    try {
      Class<?> type = Class.forName("com.sun.nio.file.SensitivityWatchEventModifier");
      return (WatchEvent.Modifier) type.getEnumConstants()[0];
    } catch (ClassNotFoundException e) {
      return abort("this JDK has no modifiers");
    }
  }

  @ContractTest
  void serviceOfAnotherProviderIsRefused() {
    WatchService foreign =
        new WatchService() {
          @Override
          public @Nullable WatchKey poll() {
            return null;
          }

          @Override
          public @Nullable WatchKey poll(long timeout, TimeUnit unit) {
            return null;
          }

          @Override
          public WatchKey take() {
            throw new UnsupportedOperationException();
          }

          @Override
          public void close() {}
        };
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> directory().register(foreign, ENTRY_CREATE));
  }

  @ContractTest
  void nothingToReportIsNotWaitedForLongerThanAsked() throws Exception {
    directory().register(service(), ENTRY_CREATE);
    assertThat(service().poll()).isNull();
    assertThat(service().poll(1, TimeUnit.MILLISECONDS)).isNull();
    assertThat(service().poll(-1, SECONDS)).isNull();
  }

  @ContractTest
  void waitingThreadCanBeInterrupted() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> service().take());
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> service().poll(60, SECONDS));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ContractTest
  void closeInvalidatesKeysAndRefusesFurtherUse() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("file"));
    signalled();
    service().close();
    service().close();
    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
    key.cancel();
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(() -> service().poll());
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> service().poll(1, SECONDS));
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> service().poll(0, SECONDS));
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(() -> service().take());
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> directory().register(service(), ENTRY_CREATE));
  }

  @ContractTest
  void takeReturnsAKeyThatIsSignalled() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("file"));
    assertThat(service().take()).isSameAs(key);
  }

  @ContractTest
  void takeWaitsForAKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Future<WatchKey> taken = waiting(() -> service().take());
    Files.createFile(entry("file"));
    assertThat(taken.get(60, SECONDS)).isSameAs(key);
  }

  @ContractTest
  void closeWakesWhoWaits() throws Exception {
    Future<WatchKey> taken = waiting(() -> service().take());
    Future<WatchKey> polled = waiting(() -> service().poll(1, TimeUnit.HOURS));
    service().close();
    assertThatThrownBy(() -> taken.get(60, SECONDS))
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
    assertThatThrownBy(() -> polled.get(60, SECONDS))
        .hasCauseInstanceOf(ClosedWatchServiceException.class);
  }

  /** Starts a thread for the call, and returns its future once the thread waits. */
  private static <T> Future<T> waiting(Callable<T> call) {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    while (thread.getState() != Thread.State.WAITING
        && thread.getState() != Thread.State.TIMED_WAITING) {
      assertThat(task.isDone()).isFalse();
      assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
      Thread.onSpinWait();
    }
    return task;
  }

  @ContractTest
  void servicesAreIndependent() throws IOException, InterruptedException {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    try (WatchService other = fileSystem().newWatchService()) {
      WatchKey otherKey = directory().register(other, ENTRY_CREATE);
      assertThat(otherKey).isNotEqualTo(key);
      Files.createFile(entry("file"));
      assertThat(other.poll(60, SECONDS)).isSameAs(otherKey);
      otherKey.cancel();
      Files.createFile(entry("after"));
    }
    assertThat(events(key)).containsExactly("CREATE file", "CREATE after");
  }

  @ContractTest
  void nullsAreRefused() {
    assertThatNullPointerException().isThrownBy(() -> directory().register(null, ENTRY_CREATE));
    assertThatNullPointerException()
        .isThrownBy(() -> directory().register(service(), (WatchEvent.Kind<?>) null));
    assertThatNullPointerException()
        .isThrownBy(
            () ->
                directory()
                    .register(
                        service(),
                        new WatchEvent.Kind<?>[] {ENTRY_CREATE},
                        (WatchEvent.Modifier) null));
  }
}
