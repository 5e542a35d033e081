package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StreamsTest {
  private final OpenHandles resources = new OpenHandles(new FileSystemEvents("tmp:///"), false);
  private final ChannelFactory factory = new ChannelFactory(resources);
  private final ArrayFile file = new ArrayFile(1, 2, 255);

  @AfterEach
  void forgetInterrupt() {
    Thread.interrupted();
  }

  @Test
  void anInterruptIsNoneOfAStreamsBusiness() throws Exception {
    try (InputStream in = factory.inputStream(file.open(ArrayFile.READ));
        OutputStream out = factory.outputStream(file.open(ArrayFile.APPEND))) {
      Thread.currentThread().interrupt();
      assertThat(in.read()).isEqualTo(1);
      assertThat(in.available()).isEqualTo(2);
      out.write(4);
      assertThat(in.readAllBytes()).containsExactly(2, -1, 4);
    }
  }

  @Test
  void aSynchronousStreamForcesEachWrite() throws Exception {
    try (OutputStream out = factory.outputStream(file.open(ArrayFile.SYNC));
        OutputStream another = factory.outputStream(file.open(ArrayFile.WRITE))) {
      out.write(1);
      out.write(new byte[] {2, 3});
      another.write(4);
    }
    assertThat(file.forces).hasValue(2);
  }

  @Test
  void skipsForthToTheEndAndBackToTheStart() throws Exception {
    try (InputStream in = factory.inputStream(file.open(ArrayFile.READ))) {
      assertThat(in.skip(Long.MAX_VALUE)).isEqualTo(3);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.skip(-1)).isEqualTo(-1);
      assertThat(in.read()).isEqualTo(255);
      assertThat(in.skip(Long.MIN_VALUE)).isEqualTo(-3);
      assertThat(in.read()).isEqualTo(1);
    }
  }

  @Test
  void transfersMoreThanOneBuffer() throws Exception {
    byte[] content = new byte[200_000];
    new Random(1).nextBytes(content);
    try (InputStream in = factory.inputStream(new ArrayFile(content).open(ArrayFile.READ))) {
      ByteArrayOutputStream target = new ByteArrayOutputStream();
      assertThat(in.skip(10)).isEqualTo(10);
      assertThat(in.transferTo(target)).isEqualTo(199_990);
      assertThat(target.toByteArray()).isEqualTo(Arrays.copyOfRange(content, 10, 200_000));
    }
  }

  @Test
  void closedStreamsSaySo() throws Exception {
    InputStream in = factory.inputStream(file.open(ArrayFile.READ));
    OutputStream out = factory.outputStream(file.open(ArrayFile.WRITE));
    in.close();
    out.close();
    in.close();
    out.close();

    for (Callable<?> operation :
        List.<Callable<?>>of(
            in::read,
            () -> in.read(new byte[1]),
            in::readAllBytes,
            () -> in.readNBytes(1),
            () -> in.skip(1),
            in::available,
            () -> in.transferTo(OutputStream.nullOutputStream()),
            () -> {
              out.write(1);
              return 1;
            })) {
      assertThatThrownBy(operation::call).hasSameClassAs(new ClosedChannelException());
    }
    assertThat(in.read(new byte[0])).isZero();
    out.write(new byte[0]);
    out.flush();
    assertThat(file.closes).hasValue(2);
    assertThat(resources.count()).isZero();
  }

  @Test
  void aWriteOvertakenByCloseSaysSo() throws Exception {
    OutputStream out = factory.outputStream(file.open(ArrayFile.WRITE));
    file.within = () -> close(out);
    assertThatThrownBy(() -> out.write(1)).isInstanceOf(AsynchronousCloseException.class);
  }

  @Test
  void aReadOvertakenByCloseSaysSo() throws Exception {
    for (Operation operation :
        List.<Operation>of(InputStream::read, InputStream::available, in -> in.skip(1))) {
      InputStream in = factory.inputStream(file.open(ArrayFile.READ));
      file.within = () -> close(in);
      assertThatThrownBy(() -> operation.on(in)).isInstanceOf(AsynchronousCloseException.class);
    }
  }

  private interface Operation {
    void on(InputStream in) throws IOException;
  }

  @Test
  void anOperationLeavesTheStreamUsableByOtherThreads() throws Exception {
    for (Operation operation :
        List.<Operation>of(
            InputStream::read,
            in -> in.read(new byte[1]),
            InputStream::readAllBytes,
            in -> in.readNBytes(1),
            in -> in.skip(1),
            InputStream::available)) {
      InputStream in = factory.inputStream(file.open(ArrayFile.READ));
      operation.on(in);
      assertThat(inAnotherThread(() -> in.skip(0))).isZero();
      in.close();
      inAnotherThread(
          () -> {
            in.close();
            return 0;
          });
    }
    try (OutputStream out = factory.outputStream(file.open(ArrayFile.APPEND))) {
      out.write(1);
      inAnotherThread(
          () -> {
            out.write(new byte[] {2, 3});
            return 0;
          });
      out.write(4);
      out.write(new byte[] {5, 6});
      inAnotherThread(
          () -> {
            out.write(7);
            return 0;
          });
    }
  }

  /** Returns what another thread has found; a failure there is one here. */
  private static <T> T inAnotherThread(Callable<T> operation) throws Exception {
    FutureTask<T> task = new FutureTask<>(operation);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task.get();
  }

  private static void close(Closeable stream) {
    try {
      stream.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void readAllBytesLacksBytesThatAreTruncatedMeanwhile() throws Exception {
    try (OpenFile other = file.open(ArrayFile.WRITE);
        InputStream in = factory.inputStream(file.open(ArrayFile.READ))) {
      file.within = () -> file.within = () -> cut(other, 1); // after the size, before the bytes
      assertThat(in.readAllBytes()).containsExactly(1);
    }
  }

  @Test
  void readAllBytesStopsAtTheFirstSizeOfAFileThatIsRewrittenMeanwhile() throws Exception {
    try (OpenFile other = file.open(ArrayFile.APPEND);
        InputStream in = factory.inputStream(file.open(ArrayFile.READ))) {
      file.within = // the size, then some of the bytes, then the rest
          () ->
              file.within =
                  () -> {
                    cut(other, 1);
                    file.within = () -> append(other, 7, 8, 9);
                  };
      assertThat(in.readAllBytes()).containsExactly(1, 7, 8);
    }
  }

  private void append(OpenFile other, int... bytes) {
    file.within = () -> {};
    try {
      for (int value : bytes) {
        other.append(new byte[] {(byte) value}, 0, 1);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void cut(OpenFile other, long size) {
    file.within = () -> {};
    try {
      other.truncate(size);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void moreThanAnArrayHoldsIsNotReadAtOnce() throws Exception {
    try (InputStream in = factory.inputStream(sized((1L << 31) + 5))) {
      assertThatThrownBy(in::readAllBytes)
          .isInstanceOf(OutOfMemoryError.class)
          .hasMessageContaining("2147483653");
      assertThat(in.available()).isEqualTo(Integer.MAX_VALUE);
    }
  }

  /** Returns a file of which nothing but the size can be read. */
  private static OpenFile sized(long size) {
    return (OpenFile)
        Proxy.newProxyInstance(
            StreamsTest.class.getClassLoader(),
            new Class<?>[] {OpenFile.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "mode" -> ArrayFile.READ;
                  case "openedAs" -> Path.of("/f");
                  case "fileKey" -> "large";
                  case "size" -> size;
                  case "close" -> null;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  @Test
  void severalThreadsShareAStream() throws Exception {
    ArrayFile shared = new ArrayFile();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (OutputStream out = factory.outputStream(shared.open(ArrayFile.WRITE));
        InputStream in = factory.inputStream(shared.open(ArrayFile.READ))) {
      List<Callable<Integer>> writers = new ArrayList<>();
      List<Callable<Integer>> readers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        writers.add(
            () -> {
              for (int n = 0; n < 250; n++) {
                out.write(1);
              }
              return 250;
            });
        readers.add(
            () -> {
              int sum = 0;
              for (int n = in.read(); n >= 0; n = in.read()) {
                sum += n;
              }
              return sum;
            });
      }
      assertThat(sum(threads.invokeAll(writers))).isEqualTo(1000);
      assertThat(sum(threads.invokeAll(readers))).isEqualTo(1000);
    } finally {
      threads.shutdown();
    }
  }

  private static int sum(List<Future<Integer>> parts) throws Exception {
    int sum = 0;
    for (Future<Integer> part : parts) {
      sum += part.get();
    }
    return sum;
  }
}
