package io.github.niotmp.clients.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import io.github.niotmp.clients.Storage;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends files. {@link io.netty.channel.DefaultFileRegion} must not be used with a native transport:
 * it takes a descriptor from the private fields of the JDK's channel, whatever the channel is.
 * {@link io.netty.handler.stream.ChunkedNioFile} works with each transport.
 */
@Client(name = "Netty", artifact = "io.netty:netty-handler")
class NettyTest {
  private static final int SIZE = 300_000;

  @TempDir Path disk;

  @Scenario("sends a file as ChunkedNioFile by the NIO transport")
  void sendsChunksByNio(Path root) throws Exception {
    Path file = Files.write(root.resolve("file"), SampleTree.bytes(SIZE));

    assertThat(
            FileSender.sent(
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                () -> FileSender.chunks(file)))
        .isEqualTo(SampleTree.bytes(SIZE));
  }

  @Scenario("sends a file as ChunkedNioFile by the native transport")
  void sendsChunksByEpoll(Path root) throws Exception {
    assumeEpoll();
    Path file = Files.write(root.resolve("file"), SampleTree.bytes(SIZE));

    assertThat(
            FileSender.sent(
                EpollIoHandler.newFactory(),
                EpollServerSocketChannel.class,
                () -> FileSender.chunks(file)))
        .isEqualTo(SampleTree.bytes(SIZE));
  }

  @Scenario("sends a file as DefaultFileRegion by the NIO transport")
  void sendsRegionsByNio(Path root) throws Exception {
    Path file = Files.write(root.resolve("file"), SampleTree.bytes(SIZE));

    assertThat(
            FileSender.sent(
                NioIoHandler.newFactory(),
                NioServerSocketChannel.class,
                () -> FileSender.region(file)))
        .isEqualTo(SampleTree.bytes(SIZE));
  }

  /** In a JVM of its own, because the transport reads memory that may be anything. */
  @Limit(
      of = "Netty",
      asks =
          "`netty_epoll_native.c` reads the private field `fd` of `sun.nio.ch.FileChannelImpl`"
              + " from each `FileChannel`; use `ChunkedNioFile`",
      fails = AssertionError.class,
      says = "received 0 bytes, others")
  @Scenario("sends a file as DefaultFileRegion by the native transport")
  void sendsRegionsByEpoll(Path root, Storage storage) throws Exception {
    assumeEpoll();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-CreateCoredumpOnCrash",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FileSender.class.getName(),
                storage.name(),
                String.valueOf(SIZE))
            .directory(disk.toFile())
            .redirectErrorStream(true)
            .redirectOutput(new File(disk.toFile(), "output"))
            .start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends").isTrue();
      assertThat(process.exitValue()).as(Files.readString(disk.resolve("output"))).isZero();
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void assumeEpoll() {
    assumeTrue(Epoll.isAvailable(), "Netty has no native transport for this platform");
  }
}
