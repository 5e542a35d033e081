package io.github.niotmp.clients.network;

import static java.nio.file.StandardOpenOption.READ;

import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Storage;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.DefaultFileRegion;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.stream.ChunkedNioFile;
import io.netty.handler.stream.ChunkedWriteHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A server that sends one file to each connection. */
final class FileSender {
  private FileSender() {}

  /** The recipe: sends a file with each transport, by a {@link ChunkedWriteHandler}. */
  static Object chunks(Path file) throws Exception {
    return new ChunkedNioFile(FileChannel.open(file, READ));
  }

  static Object region(Path file) throws Exception {
    FileChannel channel = FileChannel.open(file, READ);
    return new DefaultFileRegion(channel, 0, channel.size());
  }

  /** Returns the bytes that a connection receives of what the server writes into it. */
  static byte[] sent(
      IoHandlerFactory transport, Class<? extends ServerChannel> type, Callable<Object> message)
      throws Exception {
    EventLoopGroup threads = new MultiThreadIoEventLoopGroup(1, transport);
    try {
      Channel server =
          new ServerBootstrap()
              .group(threads)
              .channel(type)
              .childHandler(
                  new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel connection) {
                      connection.pipeline().addLast(new ChunkedWriteHandler(), new Sender(message));
                    }
                  })
              .bind(InetAddress.getLoopbackAddress(), 0)
              .sync()
              .channel();
      int port = ((InetSocketAddress) server.localAddress()).getPort();
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return socket.getInputStream().readAllBytes();
      }
    } finally {
      threads.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }
  }

  /** Writes the message and closes the connection. */
  private static final class Sender extends ChannelInboundHandlerAdapter {
    private final Callable<Object> message;

    Sender(Callable<Object> message) {
      this.message = message;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) throws Exception {
      context.writeAndFlush(message.call()).addListener(ChannelFutureListener.CLOSE);
    }
  }

  /**
   * Sends a {@link DefaultFileRegion} by the native transport, and exits with 0 if its bytes
   * arrive.
   *
   * @param arguments the name of a {@link Storage}, and the size of the file
   */
  public static void main(String[] arguments) throws Exception {
    byte[] content = SampleTree.bytes(Integer.parseInt(arguments[1]));
    boolean same;
    try (Storage.Root root = Storage.valueOf(arguments[0]).open()) {
      Path file = Files.write(root.path().resolve("file"), content);
      byte[] sent =
          sent(EpollIoHandler.newFactory(), EpollServerSocketChannel.class, () -> region(file));
      same = Arrays.equals(sent, content);
      System.out.println("received " + sent.length + " bytes, " + (same ? "the same" : "others"));
    }
    System.exit(same ? 0 : 1);
  }
}
