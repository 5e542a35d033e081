package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.spi.OwnedChannel;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(120)
class CollectedHandlesTest {
  /** More calls than a method takes to be compiled; only then may it forget its receiver. */
  private static final int CALLS = 20_000;

  private final OpenHandles resources = new OpenHandles(new FileSystemEvents("tmp://test/"), false);
  private final ChannelFactory factory = new ChannelFactory(resources);
  private final AtomicInteger closes = new AtomicInteger();
  private Runnable within = () -> {};

  private interface Opener<H extends Handle> {
    H open(OpenFile file, OpenHandles resources, FileLocks locks);
  }

  private interface Action<H extends Handle> {
    void on(H handle) throws Exception;
  }

  /** What is done to a handle that nobody else has. */
  private record Operation<H extends Handle>(Opener<H> opener, Action<H> action) {
    void runForgotten(OpenFile file, OpenHandles resources) throws Exception {
      action.on(opener.open(file, resources, new FileLocks()));
    }

    void run(OpenFile file, OpenHandles resources) throws Exception {
      action.on(resources.add(opener.open(file, resources, new FileLocks())));
    }
  }

  private static Named<Operation<?>> channel(String name, Action<TmpFileChannel> action) {
    return Named.of(
        name,
        new Operation<>(
            (file, resources, locks) -> new TmpFileChannel(file, resources, locks, false), action));
  }

  private static Named<Operation<?>> asynchronous(
      String name, Action<TmpAsynchronousFileChannel> action) {
    return Named.of(
        "asynchronous " + name,
        new Operation<>(
            (file, resources, locks) ->
                new TmpAsynchronousFileChannel(file, resources, locks, Runnable::run),
            action));
  }

  static Stream<Named<Operation<?>>> operations() {
    return Stream.of(
        channel("read", c -> c.read(ByteBuffer.allocate(1))),
        channel("read at", c -> c.read(ByteBuffer.allocate(1), 0)),
        channel("write", c -> c.write(ByteBuffer.allocate(1))),
        channel("write at", c -> c.write(ByteBuffer.allocate(1), 0)),
        channel("size", TmpFileChannel::size),
        channel("truncate", c -> c.truncate(0)),
        channel("force", c -> c.force(true)),
        channel("map", c -> c.map(FileChannel.MapMode.READ_ONLY, 0, 1)),
        channel("view", c -> c.view().readAttributes()),
        channel("change", c -> c.view().rollOver()),
        channel("host path", c -> c.view().hostPath()),
        asynchronous("read", c -> c.read(ByteBuffer.allocate(1), 0).get()),
        asynchronous("write", c -> c.write(ByteBuffer.allocate(1), 0).get()),
        asynchronous("size", TmpAsynchronousFileChannel::size),
        asynchronous("truncate", c -> c.truncate(0)),
        asynchronous("force", c -> c.force(true)),
        Named.of("read a stream", new Operation<>(TmpInputStream::new, TmpInputStream::read)),
        Named.of("available", new Operation<>(TmpInputStream::new, TmpInputStream::available)),
        Named.of("write a stream", new Operation<>(TmpOutputStream::new, out -> out.write(1))));
  }

  @AfterEach
  void close() {
    factory.close();
  }

  @ParameterizedTest
  @MethodSource("operations")
  void aHandleIsNotCollectedInTheMiddleOfAnOperation(Operation<?> operation) throws Exception {
    OpenFile file = file();
    for (int call = 0; call < CALLS; call++) {
      operation.runForgotten(file, resources);
    }
    within =
        () -> {
          within = () -> {};
          collectAnother();
          assertThat(closes).as("closed in the middle").hasValue(0);
        };

    operation.run(file, resources);
  }

  @Test
  void closingTheFileSystemFreesACollectedHandleOnce() throws Exception {
    ArrayFile file = new ArrayFile();
    leak(file);
    System.gc();

    resources.closeAll(false);

    assertThat(file.closes).hasValue(1);
    assertThat(resources.count()).isZero();
  }

  /** Leaves a report, which nobody wants here, to an owner. */
  private void leak(ArrayFile file) throws IOException {
    ((OwnedChannel) factory.fileChannel(file.open(ArrayFile.READ))).ownedBy(new Object());
  }

  private void collectAnother() {
    ArrayFile another = new ArrayFile();
    try {
      leak(another);
      collectUntil(() -> another.closes.get() == 1);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void collectUntil(Callable<Boolean> condition) throws Exception {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (!condition.call()) {
      assertThat(System.nanoTime()).as("not collected").isLessThan(end);
      System.gc();
    }
  }

  /** A file whose every operation runs {@link #within}. */
  private OpenFile file() {
    return (OpenFile)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {OpenFile.class},
            (proxy, method, arguments) -> call(method));
  }

  private @Nullable Object call(Method method) {
    switch (method.getName()) {
      case "mode" -> {
        return ArrayFile.READ_WRITE;
      }
      case "openedAs" -> {
        return Path.of("/f");
      }
      case "fileKey" -> {
        return this;
      }
      case "close" -> closes.incrementAndGet();
      default -> within.run();
    }
    Class<?> result = method.getReturnType();
    return result == int.class ? (Object) 1 : result == long.class ? (Object) 1L : null;
  }
}
