package io.github.niotmp.tck.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.spi.OwnedChannel;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
@SuppressWarnings("StreamResourceLeak") // what is left open is what is tested
class CollectedHandlesTest {
  private static final String NAME = "tmp://leaks/";

  private final LoggedWarnings log = new LoggedWarnings();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path file;

  private int others;

  /** What can be forgotten. */
  enum Kind {
    FILE_CHANNEL("FileChannel on /f in " + NAME),
    ASYNCHRONOUS_FILE_CHANNEL("AsynchronousFileChannel on /f in " + NAME),
    INPUT_STREAM("InputStream on /f in " + NAME),
    OUTPUT_STREAM("OutputStream on /f in " + NAME),
    DIRECTORY_STREAM("DirectoryStream on / in " + NAME),
    WATCH_SERVICE("WatchService in " + NAME);

    final String text;

    Kind(String text) {
      this.text = text;
    }

    Closeable open(FileSystem tmp) throws IOException {
      Path file = tmp.getPath("/f");
      return switch (this) {
        case FILE_CHANNEL -> FileChannel.open(file, StandardOpenOption.READ);
        case ASYNCHRONOUS_FILE_CHANNEL -> AsynchronousFileChannel.open(file);
        case INPUT_STREAM -> Files.newInputStream(file);
        case OUTPUT_STREAM -> Files.newOutputStream(file, StandardOpenOption.APPEND);
        case DIRECTORY_STREAM -> Files.newDirectoryStream(tmp.getPath("/"));
        case WATCH_SERVICE -> watching(tmp);
      };
    }

    private static WatchService watching(FileSystem tmp) throws IOException {
      WatchService service = tmp.newWatchService();
      tmp.getPath("/").register(service, StandardWatchEventKinds.ENTRY_CREATE);
      return service;
    }
  }

  @BeforeEach
  void open() throws IOException {
    open(Map.of());
  }

  private void open(Map<String, ?> settings) throws IOException {
    tmp = TmpFileSystems.open("leaks", settings);
    file = Files.createFile(tmp.getPath("/f"));
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
    log.close();
  }

  @ParameterizedTest
  @EnumSource
  void isReportedWithWhatItWasAndHowToLearnMore(Kind kind) throws Exception {
    leak(kind);

    LogRecord leak = log.collectUntil(kind.text);

    assertThat(leak.getLevel()).isEqualTo(Level.WARNING);
    assertThat(leak.getMessage())
        .endsWith(
            " in tmp://leaks/ was collected before it was closed; the setting trackOpeners, or"
                + " -Dio.github.niotmp.trackOpeners=true, tells where it was opened")
        .doesNotContain("null");
    assertThat(leak.getThrown()).isNull();
    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
    assertThat(TmpFileSystems.usage(tmp).leaks()).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void isCountedForItsFileSystemAndForTheOneOfWhichThatIsAView(String storage) throws Exception {
    reopen(Map.of("storage", storage));
    try (FileSystem view = TmpFileSystems.readOnly(tmp)) {
      Kind.INPUT_STREAM.open(tmp).close();
      leak(Kind.FILE_CHANNEL);
      log.collectUntil(Kind.FILE_CHANNEL.text);
      leakIn(view);
      log.collectUntil("InputStream on /f in " + view);

      assertThat(TmpFileSystems.usage(tmp).leaks()).isEqualTo(2);
      assertThat(TmpFileSystems.usage(view).leaks()).isOne();
    }
  }

  @ParameterizedTest
  @EnumSource
  void hasTheStackThatOpenedItWhenTracked(Kind kind) throws Exception {
    reopen(Map.of("trackOpeners", true));
    leak(kind);

    LogRecord leak = log.collectUntil(kind.text);

    assertThat(leak.getMessage()).endsWith(" in tmp://leaks/ was collected before it was closed");
    assertThat(leak.getThrown())
        .hasMessageEndingWith(
            " opened here, by thread '" + Thread.currentThread().getName() + "', was not closed");
    assertThat(leak.getThrown().getStackTrace())
        .extracting(StackTraceElement::getMethodName)
        .contains("leak");
  }

  @ParameterizedTest
  @EnumSource
  void isReportedOnceAndNotIfItWasClosed(Kind kind) throws Exception {
    kind.open(tmp).close();
    leak(kind);
    log.collectUntil(kind.text);

    Files.createFile(tmp.getPath("/marker"));
    leak("/marker");
    log.collectUntil("/marker");
    tmp.close();

    assertThat(log.containing(kind.text)).hasSize(1);
    assertThat(log.containing("/marker")).hasSize(1);
  }

  @Test
  void isFreedThoughALoggerFailedToReportTheOneBefore() throws Exception {
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    BlockingQueue<Throwable> uncaught = new LinkedBlockingQueue<>();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
    try {
      log.failWith(new IllegalStateException("no room for logs"));
      leak(Kind.FILE_CHANNEL);
      for (int round = 0; round < LoggedWarnings.ROUNDS && log.failures() == 0; round++) {
        System.gc();
        Thread.onSpinWait();
      }
      assertThat(log.failures()).isPositive();
      log.failWith(null);
      leak(Kind.INPUT_STREAM);

      log.collectUntil(Kind.INPUT_STREAM.text);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    assertThat(uncaught).as("stays inside").isEmpty();
    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
  }

  @Test
  void isFreedThoughSomebodyInterruptsAllThreads() throws Exception {
    List<Thread> threads = threadsThatFree();
    threads.forEach(Thread::interrupt);
    leak(Kind.FILE_CHANNEL);

    log.collectUntil(Kind.FILE_CHANNEL.text);

    assertThat(threads).isNotEmpty().allMatch(Thread::isAlive);
  }

  /** Returns one thread for each class loader that has the provider. */
  private static List<Thread> threadsThatFree() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("nio-tmp-leaks"))
        .toList();
  }

  @Test
  void letsGoOfAFileWithoutAName() throws Exception {
    leak("/f");
    Files.delete(file);
    assertThat(TmpFileSystems.usage(tmp).files()).isEqualTo(1);

    log.collectUntil("/f");

    assertThat(TmpFileSystems.usage(tmp).files()).isZero();
  }

  @Test
  void deletesWhatWasToBeDeletedOnClose() throws Exception {
    leak("/f", StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    assertThat(file).exists();

    log.collectUntil("/f");

    assertThat(file).doesNotExist();
  }

  @Test
  void releasesLocksThatNobodyHas() throws Exception {
    leakLock();
    try (FileChannel other = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThatThrownBy(other::tryLock).isInstanceOf(OverlappingFileLockException.class);

      log.collectUntil("/f");

      assertThat(other.tryLock().isValid()).isTrue();
    }
  }

  @Test
  void whoHasALockHasItsChannel() throws Exception {
    FileLock lock = lock();

    collectAnother();

    assertThat(lock.isValid()).isTrue();
    assertThat(log.containing("/f")).isEmpty();
    lock.release();
  }

  @Test
  void whoHasAKeyHasItsService() throws Exception {
    WatchKey key =
        tmp.getPath("/").register(tmp.newWatchService(), StandardWatchEventKinds.ENTRY_CREATE);

    collectAnother();

    assertThat(key.isValid()).isTrue();
    assertThat(key.pollEvents()).hasSize(1);
    assertThat(log.containing("WatchService")).isEmpty();
    assertThat(key.reset()).isTrue();
  }

  @Test
  void whoHasAViewHasItsChannel() throws Exception {
    var view = ((TmpFileHandle) FileChannel.open(file)).view();

    collectAnother();

    assertThat(view.readAttributes().isRegularFile()).isTrue();
    assertThat(log.containing("/f")).isEmpty();
  }

  @Test
  void whoHasAHandleHasItsOwner() throws Exception {
    try (FileChannel channel = FileChannel.open(file)) {
      WeakReference<Object> owner = ownerOf(channel);

      collectAnother();

      assertThat(owner.get()).isNotNull();
      assertThat(channel.isOpen()).isTrue();
    }
  }

  @Test
  void leavesTheReportToTheOwner() throws Exception {
    WeakReference<Object> owner = leakOwned();

    while (owner.get() != null) {
      collectAnother();
    }
    collectAnother(); // by then what earlier collections found has been freed

    assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
    assertThat(log.containing("/f")).isEmpty();
  }

  @Test
  void aPendingOperationKeepsItsChannel() throws Exception {
    Files.writeString(file, "text");
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      executor.execute(
          () -> {
            try {
              start.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          });
      ByteBuffer bytes = ByteBuffer.allocate(4);
      Future<Integer> read = read(bytes, executor);

      collectAnother();
      start.countDown();

      assertThat(read.get()).isEqualTo(4);
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void theDefaultFileSystemReportsToo() throws Exception {
    Path there = Path.of(URI.create("tmp:/leaked-by-default"));
    try {
      Files.newOutputStream(there);

      assertThat(log.collectUntil("/leaked-by-default").getMessage())
          .startsWith("OutputStream on /leaked-by-default in tmp:/// ")
          .contains("-Dio.github.niotmp.trackOpeners=true");
    } finally {
      Files.deleteIfExists(there);
    }
  }

  @Test
  void aFailureToCleanUpIsLoggedToo() throws Exception {
    Configuration small = Configuration.unix().toBuilder().setMaxSize(1 << 16).build();
    try (FileSystem disk = Jimfs.newFileSystem(small)) {
      reopen(Map.of("spoolThreshold", 0, "directory", disk.getPath("/work")));
      leakBufferedWrite(disk);

      LogRecord failure = log.collectUntil("failed");

      assertThat(failure.getMessage()).startsWith("OutputStream on /f in " + NAME);
      assertThat(failure.getThrown()).isInstanceOf(IOException.class);
      assertThat(log.containing("before it was closed")).hasSize(1);
      assertThat(TmpFileSystems.usage(tmp).openHandles()).isZero();
      tmp.close();
    }
  }

  private void reopen(Map<String, ?> settings) throws IOException {
    tmp.close();
    open(settings);
  }

  /** Leaks a handle on another file, and waits for that to be reported. */
  private void collectAnother() throws Exception {
    String another = "/another" + ++others;
    Files.createFile(tmp.getPath(another));
    leak(another);
    log.collectUntil(another + " ");
  }

  private void leak(Kind kind) throws IOException {
    assertThat(kind.open(tmp)).isNotNull();
  }

  private static void leakIn(FileSystem view) throws IOException {
    Kind.INPUT_STREAM.open(view);
  }

  private void leak(String path, StandardOpenOption... options) throws IOException {
    assertThat(FileChannel.open(tmp.getPath(path), options).isOpen()).isTrue();
  }

  /** Leaves bytes to be written as the stream is closed, to a disk that is full by then. */
  private void leakBufferedWrite(FileSystem disk) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    out.write(new byte[10]);
    try (OutputStream rest = Files.newOutputStream(disk.getPath("/work/rest"))) {
      while (true) {
        rest.write(new byte[1 << 10]);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("out of disk space");
    }
  }

  private void leakLock() throws IOException {
    assertThat(lock().isValid()).isTrue();
  }

  private WeakReference<Object> leakOwned() throws IOException {
    return ownerOf(FileChannel.open(file));
  }

  private static WeakReference<Object> ownerOf(FileChannel channel) {
    Object owner = new Object();
    ((OwnedChannel) channel).ownedBy(owner);
    return new WeakReference<>(owner);
  }

  private FileLock lock() throws IOException {
    FileLock lock = FileChannel.open(file, StandardOpenOption.WRITE).tryLock();
    assertThat(lock).isNotNull();
    return lock;
  }

  private Future<Integer> read(ByteBuffer target, ExecutorService executor) throws IOException {
    return AsynchronousFileChannel.open(file, Set.of(StandardOpenOption.READ), executor)
        .read(target, 0);
  }
}
