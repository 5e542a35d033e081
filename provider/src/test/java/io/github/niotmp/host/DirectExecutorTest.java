package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.CompletionHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DirectExecutorTest {
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "has completion ports")
  void theCallingThreadDoesTheReading(@TempDir Path directory) throws Exception {
    Path file = Files.write(directory.resolve("file"), new byte[] {1});
    CompletableFuture<Thread> reader = new CompletableFuture<>();
    try (AsynchronousFileChannel channel =
        DirectExecutor.open(file, Set.of(StandardOpenOption.READ))) {
      channel.read(ByteBuffer.allocate(1), 0, reader, new ThreadOfCompletion());

      assertThat(reader.get()).isSameAs(Thread.currentThread());
    }
  }

  private static final class ThreadOfCompletion
      implements CompletionHandler<Integer, CompletableFuture<Thread>> {
    @Override
    public void completed(Integer count, CompletableFuture<Thread> reader) {
      reader.complete(Thread.currentThread());
    }

    @Override
    public void failed(Throwable failure, CompletableFuture<Thread> reader) {
      reader.completeExceptionally(new IOException(failure));
    }
  }
}
