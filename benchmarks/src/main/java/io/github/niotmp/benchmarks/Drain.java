package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/** A loopback socket with a thread that reads and drops all bytes. */
final class Drain implements AutoCloseable {
  private final SocketChannel channel;
  private final CompletableFuture<Void> drained;

  Drain() throws IOException {
    try (ServerSocketChannel server =
        ServerSocketChannel.open()
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      channel = SocketChannel.open(server.getLocalAddress());
      SocketChannel end = server.accept();
      drained = CompletableFuture.runAsync(() -> drain(end));
    }
  }

  SocketChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    drained.join();
  }

  private static void drain(SocketChannel end) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    try (end) {
      while (end.read(buffer.clear()) >= 0) {
        // drops the bytes
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
