package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.path;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.DirectoryListener.Change;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.watch.TmpWatchService;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystemException;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a watch service makes of reports that a volume may send, in any order and late. */
class WatchReportsTest {
  private final TestVolume volume = new TestVolume();
  private final List<DirectoryListener> listeners = new ArrayList<>();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private TmpWatchService service;

  /** How many watches the service has ended. */
  private int ended;

  /** What the volume does as a watch begins. */
  private Beginning beginning = listener -> {};

  private interface Beginning {
    void with(DirectoryListener listener) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    service = TmpWatchService.open(new OpenHandles(new FileSystemEvents("test"), false), this);
  }

  @AfterEach
  void close() throws IOException {
    service.close();
    volume.close();
  }

  @Test
  void lostChangesStandForAllThatWasPending() throws IOException {
    WatchKey key = register();
    listener().changed(Change.CREATED, "a");
    listener().overflowed();
    listener().changed(Change.CREATED, "b");

    assertThat(service.poll()).isSameAs(key);
    assertThat(key.pollEvents())
        .singleElement()
        .returns(StandardWatchEventKinds.OVERFLOW, WatchEvent::kind)
        .returns(2, WatchEvent::count);
  }

  @Test
  void lostChangesAreSignalled() throws IOException {
    WatchKey key = register();
    listener().overflowed();

    assertThat(service.poll()).isSameAs(key);
    assertThat(key.pollEvents()).hasSize(1);
  }

  @Test
  void aKeyThatIsCancelledOrClosedEndsItsWatchOnce() throws IOException {
    WatchKey key = register();
    key.cancel();
    key.cancel();
    assertThat(ended).isEqualTo(1);

    register();
    service.close();
    assertThat(ended).isEqualTo(2);
  }

  @Test
  void eachCallMayBeOfAnotherThread() throws Exception {
    WatchKey key = elsewhere(this::register);
    assertThat(elsewhere(this::register)).isSameAs(key);
    elsewhere(() -> report(listener -> listener.changed(Change.CREATED, "a")));
    assertThat(elsewhere(() -> service.poll())).isSameAs(key);
    assertThat(elsewhere(key::pollEvents)).hasSize(1);
    assertThat(elsewhere(key::reset)).isTrue();
    elsewhere(() -> report(DirectoryListener::overflowed));
    assertThat(elsewhere(() -> service.poll(1, TimeUnit.HOURS))).isSameAs(key);
    assertThat(elsewhere(key::pollEvents)).hasSize(1);
    elsewhere(Executors.callable(key::cancel));
    assertThat(elsewhere(key::pollEvents)).isEmpty();

    WatchKey next = elsewhere(this::register);
    elsewhere(() -> report(DirectoryListener::gone));
    assertThat(elsewhere(next::pollEvents)).isEmpty();
    assertThat(elsewhere(service::take)).isSameAs(next);
    assertThat(elsewhere(next::reset)).isFalse();
    elsewhere(Executors.callable(service::close));
    elsewhere(Executors.callable(service::close));
  }

  private @Nullable Object report(Consumer<DirectoryListener> report) {
    report.accept(listener());
    return null;
  }

  /** Returns what a thread that ends after it has called. */
  private static <T extends @Nullable Object> T elsewhere(Callable<T> call) throws Exception {
    FutureTask<T> task = new FutureTask<>(call);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task.get(60, TimeUnit.SECONDS);
  }

  @Test
  void changesAfterTheCancellationAreNotReported() throws IOException {
    WatchKey key = register();
    key.cancel();

    listener().changed(Change.CREATED, "a");
    listener().overflowed();
    listener().gone();

    assertThat(service.poll()).isNull();
    assertThat(key.pollEvents()).isEmpty();
  }

  @Test
  void aDirectoryThatGoesAsTheWatchBeginsHasAnInvalidKeyThatIsSignalled() throws IOException {
    beginning = DirectoryListener::gone;

    WatchKey key = register();

    assertThat(key.isValid()).isFalse();
    assertThat(service.poll()).isSameAs(key);
    beginning = listener -> {};
    assertThat(register()).isNotSameAs(key).returns(true, WatchKey::isValid);
  }

  @Test
  void aWatchThatIsRefusedLeavesNoKey() throws IOException {
    FileSystemException refusal = new FileSystemException("/", null, "No space left on device");
    beginning =
        listener -> {
          throw refusal;
        };
    assertThatThrownBy(this::register).isSameAs(refusal);

    beginning = listener -> {};
    WatchKey key = register();
    listener().changed(Change.CREATED, "a");
    assertThat(service.poll()).isSameAs(key);
    assertThat(key.pollEvents()).hasSize(1);
  }

  @Test
  void aCollectedKeyGetsNoChanges() throws IOException {
    WatchKey key = register();
    ((Reference<?>) listener()).clear(); // as the collector does

    listener().changed(Change.CREATED, "a");
    listener().overflowed();
    listener().gone();

    assertThat(service.poll()).isNull();
    assertThat(key.isValid()).isTrue();
  }

  private WatchKey register() throws IOException {
    return service.register(
        path("/"), reporting(volume.root), new WatchEvent.Kind<?>[] {ENTRY_CREATE});
  }

  private DirectoryListener listener() {
    return listeners.get(listeners.size() - 1);
  }

  /** Returns the directory, whose changes are what the test reports. */
  private DirectoryHandle reporting(DirectoryHandle below) {
    return (DirectoryHandle)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {DirectoryHandle.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("watch")) {
                return begin((DirectoryListener) arguments[1]);
              }
              try {
                Object result = method.invoke(below, arguments);
                return result instanceof DirectoryHandle handle ? reporting(handle) : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private Watch begin(DirectoryListener listener) throws IOException {
    listeners.add(listener);
    beginning.with(listener);
    return () -> ended++;
  }
}
