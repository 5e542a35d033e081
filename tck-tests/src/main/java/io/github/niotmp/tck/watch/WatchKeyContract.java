package io.github.niotmp.tck.watch;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The contract of watch keys and services: the states of a key, and the close of a service.
 *
 * @see Watchable#register(WatchService, WatchEvent.Kind[], WatchEvent.Modifier...)
 * @see WatchKey
 * @see WatchService
 */
public class WatchKeyContract extends WatchContract {

  @ContractTest
  @Required(
      by = StandardWatchEventKinds.class,
      member = "ENTRY_CREATE",
      sentence =
          "When a directory is registered for this event then the WatchKey is queued when it is"
              + " observed that an entry is created in the directory")
  @Required(
      by = StandardWatchEventKinds.class,
      member = "ENTRY_CREATE",
      sentence = "The event count for this event is always 1.")
  @Required(
      by = WatchEvent.class,
      member = "context()",
      sentence =
          "events the context is a Path that is the relative path between the directory registered"
              + " with the watch service, and the entry that is created, deleted, or modified.")
  void aNewEntrySignalsTheKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("file"));
    assertThat(next(service()))
        .as("the key of the next event; %s raises the limit", ConformanceKit.TIME_LIMIT)
        .isEqualTo(key);
    assertThat(key.pollEvents())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(ENTRY_CREATE);
              assertThat(event.count()).isOne();
              assertThat(event.context()).isEqualTo(fileSystem().getPath("file"));
            });
  }

  @ContractTest
  @Required(
      by = StandardWatchEventKinds.class,
      member = "ENTRY_DELETE",
      sentence =
          "When a directory is registered for this event then the WatchKey is queued when it is"
              + " observed that an entry is deleted or renamed out of the directory.")
  void aDeletedEntrySignalsTheKey() throws Exception {
    Files.createFile(entry("file"));
    WatchKey key = directory().register(service(), ENTRY_DELETE);
    Files.delete(entry("file"));
    awaitSignal(key);
    assertThat(key.pollEvents())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(ENTRY_DELETE);
              assertThat(event.count()).isOne();
              assertThat(event.context()).isEqualTo(fileSystem().getPath("file"));
            });
  }

  @ContractTest
  @Required(
      by = StandardWatchEventKinds.class,
      member = "ENTRY_MODIFY",
      sentence =
          "When a directory is registered for this event then the WatchKey is queued when it is"
              + " observed that an entry in the directory has been modified. The event count for"
              + " this event is 1 or greater.")
  void aModifiedEntrySignalsTheKey() throws Exception {
    Files.createFile(entry("file"));
    Files.setLastModifiedTime(entry("file"), FileTime.fromMillis(1_000_000_000_000L));
    WatchKey key = directory().register(service(), ENTRY_MODIFY);
    Files.writeString(entry("file"), "abc");
    awaitSignal(key);
    List<WatchEvent<?>> events = key.pollEvents();
    assertThat(events).isNotEmpty();
    for (WatchEvent<?> event : events) {
      assertThat(event.kind()).isEqualTo(ENTRY_MODIFY);
      assertThat(event.count()).isPositive();
      assertThat(event.context()).isEqualTo(fileSystem().getPath("file"));
    }
  }

  @ContractTest
  @Required(
      by = WatchKey.class,
      sentence = "When initially created, a watch key has no pending events.")
  @Required(
      by = WatchKey.class,
      member = "isValid()",
      sentence =
          "A watch key is valid upon creation and remains until it is cancelled, or its watch"
              + " service is closed.")
  @Required(
      by = WatchKey.class,
      member = "watchable()",
      sentence = "Returns the object for which this watch key was created.")
  void aNewKeyIsValidAndHasNoEvents() throws Exception {
    Files.createFile(entry("before"));
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    assertThat(key.isValid()).isTrue();
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.watchable()).isEqualTo(directory());
  }

  @ContractTest
  @Required(
      by = Watchable.class,
      member = "register(WatchService,Kind[],Modifier...)",
      sentence =
          "If the file system object identified by this object is currently registered with the"
              + " watch service then the watch key, representing that registration, is returned")
  void aSecondRegistrationReturnsTheSameKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    assertThat(directory().register(service(), ENTRY_CREATE, ENTRY_DELETE).equals(key))
        .as("the key of the second registration equals that of the first")
        .isTrue();
    assertThat(root().register(service(), ENTRY_CREATE).equals(key))
        .as("the key of another directory equals it")
        .isFalse();
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.SYMBOLIC_LINKS)
  void aRegistrationByAnotherNameReturnsTheSameKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Path link = Files.createSymbolicLink(root().resolve("link"), directory());
    assertThat(entry("../watched").register(service(), ENTRY_CREATE)).isSameAs(key);
    assertThat(link.register(service(), ENTRY_CREATE)).isSameAs(key);
  }

  @ContractTest
  @Required(
      by = Watchable.class,
      member = "register(WatchService,Kind[],Modifier...)",
      sentence =
          "is returned after changing the event set or modifiers to those specified by the events"
              + " and modifiers parameters.")
  void aSecondRegistrationReplacesTheKinds() throws Exception {
    Files.createFile(entry("old"));
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    directory().register(service(), ENTRY_DELETE);
    Files.createFile(entry("new"));
    Files.delete(entry("old"));
    awaitSignal(key);
    assertThat(key.pollEvents().stream().map(WatchContract::text)).containsExactly("DELETE old");
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.WATCHES_EACH_CHANGE)
  void aKeyIsSignalledOnceUntilTheReset() throws Exception {
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
  @Required(
      by = WatchKey.class,
      sentence =
          "Events detected while the key is in the signalled state are queued but do not cause the"
              + " key to be re-queued for retrieval from the watch service.")
  void aSignalledKeyIsNotQueuedAgain() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("a"));
    awaitSignal(key);
    Files.createFile(entry("b"));
    assertThat(service().poll(50, MILLISECONDS)).isNull();
  }

  @ContractTest
  @Required(
      by = WatchKey.class,
      member = "reset()",
      sentence =
          "Otherwise if there are pending events for the object then this watch key is immediately"
              + " re-queued to the watch service.")
  void aResetWithPendingEventsQueuesTheKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("file"));
    awaitSignal(key);
    assertThat(key.reset()).isTrue();
    assertThat(service().poll()).isEqualTo(key);
    assertThat(key.pollEvents().stream().map(WatchContract::text)).containsExactly("CREATE file");
  }

  @ContractTest
  @Required(
      by = WatchKey.class,
      member = "reset()",
      sentence =
          "If there are no pending events then the watch key is put into the ready state and will"
              + " remain in that state until an event is detected or the watch key is cancelled.")
  void aResetWithoutPendingEventsDoesNotQueueTheKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("a"));
    awaitSignal(key);
    assertThat(key.pollEvents()).hasSize(1);
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.reset()).isTrue();
    assertThat(service().poll()).isNull();
    Files.createFile(entry("b"));
    awaitSignal(key);
    assertThat(key.pollEvents().stream().map(WatchContract::text)).containsExactly("CREATE b");
  }

  @ContractTest
  @Required(
      by = WatchKey.class,
      member = "reset()",
      sentence =
          "If this watch key has been cancelled or this watch key is already in the ready state"
              + " then invoking this method has no effect.")
  void aResetOfAReadyKeyHasNoEffect() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    key.reset();
    assertThat(key.isValid()).isTrue();
    assertThat(service().poll()).isNull();
    assertThat(key.pollEvents()).isEmpty();
  }

  @ContractTest
  @AsOnLinux
  void aResetOfAReadyKeyReturnsTrue() throws Exception {
    assertThat(directory().register(service(), ENTRY_CREATE).reset()).isTrue();
  }

  @ContractTest
  @Required(
      by = WatchKey.class,
      member = "cancel()",
      sentence = "Upon return the watch key will be invalid.")
  @Required(
      by = WatchKey.class,
      member = "cancel()",
      sentence =
          "If this watch key has already been cancelled then invoking this method has no effect."
              + " Once cancelled, a watch key remains forever invalid.")
  @Required(
      by = WatchKey.class,
      member = "watchable()",
      sentence = "This method will continue to return the object even after the key is cancelled.")
  void aCancelledKeyIsInvalid() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    key.cancel();
    key.cancel();
    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
    assertThat(key.watchable()).isEqualTo(directory());
    WatchKey next = directory().register(service(), ENTRY_CREATE);
    assertThat(next.isValid()).isTrue();
    assertThat(key.isValid()).isFalse();
  }

  @ContractTest
  @Required(
      by = WatchKey.class,
      member = "cancel()",
      sentence =
          "Pending events, if any, remain pending and may be retrieved by invoking the pollEvents"
              + " method after the key is cancelled.")
  void aCancelledKeyKeepsItsPendingEvents() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("before"));
    awaitSignal(key);
    key.cancel();
    assertThat(key.pollEvents().stream().map(WatchContract::text)).containsExactly("CREATE before");
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.WATCHES_EACH_CHANGE)
  void aCancelledKeyReportsNoMoreEvents() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    key.cancel();
    Files.createFile(entry("after"));
    assertThat(signalled()).isEmpty();
    assertThat(key.pollEvents()).isEmpty();
    assertThat(directory().register(service(), ENTRY_CREATE)).isNotSameAs(key);
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.WATCHES_EACH_CHANGE)
  void theKeyOfADeletedDirectoryIsSignalledAndInvalid() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.delete(directory());
    assertThat(next(service())).isSameAs(key);
    assertThat(key.pollEvents()).isEmpty();
    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void onlyDirectoriesAreWatched() throws Exception {
    Path file = Files.createFile(entry("file"));
    assertThatExceptionOfType(NotDirectoryException.class)
        .isThrownBy(() -> file.register(service(), ENTRY_CREATE));
    assertThatExceptionOfType(NoSuchFileException.class)
        .isThrownBy(() -> entry("missing").register(service(), ENTRY_CREATE));
    assertThatThrownBy(() -> file.resolve("entry").register(service(), ENTRY_CREATE))
        .isExactlyInstanceOf(FileSystemException.class);
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "register(WatchService,Kind[],Modifier...)",
      sentence = "In this release, this path locates a directory that exists.")
  void aMissingDirectoryIsNotWatched() {
    assertThatIOException().isThrownBy(() -> entry("missing").register(service(), ENTRY_CREATE));
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "register(WatchService,Kind[],Modifier...)",
      sentence = "if unsupported events or modifiers are specified")
  void anUnknownKindIsRefused() {
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
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> directory().register(service(), ENTRY_CREATE, unknown));
  }

  @ContractTest
  @Required(
      by = Path.class,
      member = "register(WatchService,Kind[],Modifier...)",
      sentence = "if unsupported events or modifiers are specified")
  void anUnknownModifierIsRefused() {
    WatchEvent.Kind<?>[] kinds = {ENTRY_CREATE};
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> directory().register(service(), kinds, () -> "UNKNOWN"));
  }

  @ContractTest
  @AsOnLinux
  void aRegistrationForNoEventIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> directory().register(service()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> directory().register(service(), OVERFLOW));
  }

  @ContractTest
  @AsOnLinux
  @Needs(Feature.WATCHES_EACH_CHANGE)
  void aSensitivityIsAccepted() throws Exception {
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
  @AsOnLinux
  void aServiceOfAnotherProviderIsRefused() {
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
  @Required(
      by = WatchService.class,
      member = "poll()",
      sentence = "Retrieves and removes the next watch key, or null if none are present.")
  @Required(
      by = WatchService.class,
      member = "poll(long,TimeUnit)",
      sentence = "waiting if necessary up to the specified wait time if none are yet present.")
  void withoutASignalledKeyPollReturnsNull() throws Exception {
    directory().register(service(), ENTRY_CREATE);
    assertThat(service().poll()).isNull();
    assertThat(service().poll(1, MILLISECONDS)).isNull();
  }

  @ContractTest
  @AsOnLinux
  void aNegativeTimeIsNotWaitedFor() throws Exception {
    directory().register(service(), ENTRY_CREATE);
    assertThat(service().poll(-1, SECONDS)).isNull();
  }

  @ContractTest
  @Required(
      by = WatchService.class,
      member = "take()",
      sentence = "Retrieves and removes next watch key, waiting if none are yet present.")
  void takeReturnsASignalledKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Waiting waiting = Waiting.start(() -> service().take());
    Files.createFile(entry("file"));
    try {
      assertThat(waiting.result.get(10, SECONDS)).isEqualTo(key);
    } catch (TimeoutException e) {
      abort("no event in 10 s");
    }
  }

  @ContractTest
  @Required(by = WatchService.class, member = "take()", sentence = "if interrupted while waiting")
  void anInterruptEndsTheWait() throws Exception {
    try {
      for (Callable<@Nullable WatchKey> call : waitingCalls()) {
        Waiting waiting = Waiting.start(call);
        waiting.thread.interrupt();
        assertThatExceptionOfType(ExecutionException.class)
            .isThrownBy(() -> waiting.result.get(5, SECONDS))
            .withCauseInstanceOf(InterruptedException.class);
      }
    } finally {
      service().close();
    }
  }

  @ContractTest
  @AsOnLinux
  void anInterruptedThreadDoesNotWait() {
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class).isThrownBy(() -> service().take());
    Thread.currentThread().interrupt();
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> service().poll(10, SECONDS));
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ContractTest
  @Required(
      by = WatchService.class,
      member = "close()",
      sentence =
          "After a watch service is closed, any further attempt to invoke operations upon it will"
              + " throw ClosedWatchServiceException. If this watch service is already closed then"
              + " invoking this method has no effect.")
  @Required(
      by = WatchService.class,
      member = "close()",
      sentence = "Any valid keys associated with this watch service are invalidated.")
  void theCloseInvalidatesTheKeysAndEndsTheService() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    service().close();
    service().close();
    assertThat(key.isValid()).isFalse();
    assertThat(key.reset()).isFalse();
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(() -> service().poll());
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> service().poll(1, SECONDS));
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(() -> service().take());
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> directory().register(service(), ENTRY_CREATE));
  }

  @ContractTest
  @AsOnLinux
  void aKeyOfAClosedServiceCanBeCancelled() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    service().close();
    key.cancel();
    assertThat(key.isValid()).isFalse();
  }

  @ContractTest
  @AsOnLinux
  void aClosedServiceReturnsNoQueuedKey() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    Files.createFile(entry("file"));
    awaitSignal(key);
    key.reset();
    service().close();
    assertThatExceptionOfType(ClosedWatchServiceException.class).isThrownBy(() -> service().poll());
    assertThatExceptionOfType(ClosedWatchServiceException.class)
        .isThrownBy(() -> service().poll(0, SECONDS));
  }

  @ContractTest
  @Required(
      by = WatchService.class,
      member = "close()",
      sentence =
          "methods waiting for a key to be queued then it immediately receives a"
              + " ClosedWatchServiceException.")
  void theCloseWakesWaitingThreads() throws Exception {
    List<Waiting> waiting = new ArrayList<>();
    for (Callable<@Nullable WatchKey> call : waitingCalls()) {
      waiting.add(Waiting.start(call));
    }
    service().close();
    for (Waiting one : waiting) {
      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(() -> one.result.get(5, SECONDS))
          .withCauseInstanceOf(ClosedWatchServiceException.class);
    }
  }

  private List<Callable<@Nullable WatchKey>> waitingCalls() {
    return List.of(() -> service().take(), () -> service().poll(1, TimeUnit.HOURS));
  }

  /** A thread in a call that waits. */
  private record Waiting(Thread thread, FutureTask<@Nullable WatchKey> result) {

    /** Starts the thread, and gives it a second to wait. */
    static Waiting start(Callable<@Nullable WatchKey> call) throws InterruptedException {
      FutureTask<@Nullable WatchKey> result = new FutureTask<>(call);
      Thread thread = new Thread(result, "nio-tmp-tck: waiting");
      thread.setDaemon(true);
      thread.start();
      long end = System.nanoTime() + SECONDS.toNanos(1);
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TIMED_WAITING
          && System.nanoTime() < end) {
        assertThat(result.isDone()).as("ended without a key").isFalse();
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        Thread.onSpinWait();
      }
      return new Waiting(thread, result);
    }
  }

  @ContractTest
  @Required(
      by = Watchable.class,
      sentence = "An object may be registered with more than one watch service.")
  void twoServicesWatchOneDirectory() throws IOException, InterruptedException {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    try (WatchService other = fileSystem().newWatchService()) {
      WatchKey otherKey = directory().register(other, ENTRY_CREATE);
      assertThat(otherKey).isNotEqualTo(key);
      Files.createFile(entry("file"));
      awaitSignal(key);
      awaitSignal(other, otherKey);
    }
    assertThat(key.isValid()).isTrue();
  }

  @ContractTest
  @AsOnLinux
  @SuppressWarnings("NullAway") // the test passes null
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
