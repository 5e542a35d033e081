package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FileSystemRegistryTest {
  private static final int THREADS = 8;

  private final TmpFileSystemProvider provider = new TmpFileSystemProvider();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  @Test
  void ofManyThatOpenANameOneDoes() throws Exception {
    for (int round = 0; round < 50; round++) {
      URI uri = URI.create("tmp://race-" + round);
      AtomicInteger refused = new AtomicInteger();
      Set<FileSystem> opened = ConcurrentHashMap.newKeySet();

      inAllThreads(
          () -> {
            try {
              opened.add(provider.newFileSystem(uri, Map.of()));
            } catch (FileSystemAlreadyExistsException e) {
              refused.incrementAndGet();
            }
            return null;
          });

      assertThat(opened).containsExactly(provider.getFileSystem(uri));
      assertThat(refused).hasValue(THREADS - 1);
      opened.iterator().next().close();
    }
  }

  @Test
  void theDefaultOneOpensOnce() throws Exception {
    Set<FileSystem> seen = ConcurrentHashMap.newKeySet();

    inAllThreads(() -> seen.add(new TmpFileSystemProvider().getFileSystem(URI.create("tmp:///"))));

    assertThat(seen).hasSize(1).allMatch(FileSystem::isOpen);
  }

  @Test
  void aFileSystemIsClosedWhenAnyCallOfCloseReturns() throws Exception {
    for (int round = 0; round < 50; round++) {
      URI uri = URI.create("tmp://close-" + round);
      FileSystem fileSystem = provider.newFileSystem(uri, Map.of());
      Path file = Files.writeString(fileSystem.getPath("/f"), "text");
      InputStream stream = Files.newInputStream(file);

      inAllThreads(
          () -> {
            fileSystem.close();
            assertThatExceptionOfType(FileSystemNotFoundException.class)
                .isThrownBy(() -> provider.getFileSystem(uri))
                .withMessageContaining(uri.toString());
            return null;
          });

      assertThatExceptionOfType(IOException.class).isThrownBy(stream::read);
      assertThatExceptionOfType(ClosedFileSystemException.class).isThrownBy(() -> Files.size(file));
    }
  }

  @Test
  void aNameIsFreeAgainOnceItsFileSystemIsClosed() throws IOException {
    URI uri = URI.create("tmp://again");
    try (FileSystem first = provider.newFileSystem(uri, Map.of())) {
      Files.createFile(first.getPath("/f"));
      assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
          .isThrownBy(() -> provider.newFileSystem(uri, Map.of()))
          .withMessageContaining(uri.toString());
    }
    try (FileSystem second = provider.newFileSystem(uri, Map.of())) {
      assertThat(second.getPath("/f")).doesNotExist();
    }
  }

  @Test
  void allInstancesShareTheFileSystemsAndOneIsTheProvider() throws IOException {
    URI uri = URI.create("tmp://shared");
    try (FileSystem opened = provider.newFileSystem(uri, Map.of())) {
      TmpFileSystemProvider another = new TmpFileSystemProvider();

      assertThat(another.getFileSystem(uri)).isSameAs(opened);
      assertThat(another.getPath(URI.create("tmp://shared/f")).getFileSystem()).isSameAs(opened);
      assertThat(opened.provider())
          .isSameAs(provider.getFileSystem(URI.create("tmp:///")).provider());
    }
  }

  @Test
  void theDefaultOneCannotBeOpenedOrClosed() {
    FileSystem theDefault = provider.getFileSystem(URI.create("tmp:///"));

    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(theDefault::close);
    assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
        .isThrownBy(() -> provider.newFileSystem(URI.create("tmp:///"), Map.of()));
    assertThat(theDefault.isOpen()).isTrue();
  }

  @Test
  void anObserverOfOneThatIsClosedIsClosedAtOnce() throws IOException {
    TmpFileSystem closed = TmpFileSystem.named("observed", Settings.defaults(), whenClosed -> {});
    closed.close();
    AtomicInteger observerClosed = new AtomicInteger();

    closed.attach(observerClosed::incrementAndGet);

    assertThat(observerClosed).hasValue(1);
  }

  private void inAllThreads(Callable<?> task) throws InterruptedException, ExecutionException {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(
          threads.submit(
              () -> {
                start.await();
                return task.call();
              }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }
}
