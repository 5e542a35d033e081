package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.niotmp.tck.Feature;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The ways to open a file, each with a short script that writes to the file and reads it. */
enum Opening {
  NEW_BYTE_CHANNEL {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (SeekableByteChannel channel = Files.newByteChannel(path, options)) {
        return seekable(channel);
      }
    }
  },

  FILE_CHANNEL(Feature.FILE_CHANNELS) {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (FileChannel channel = FileChannel.open(path, options)) {
        return seekable(channel);
      }
    }
  },

  NEW_INPUT_STREAM {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (InputStream in = Files.newInputStream(path, options.toArray(new OpenOption[0]))) {
        return "reads '" + new String(in.readAllBytes(), ISO_8859_1) + "'";
      }
    }
  },

  NEW_OUTPUT_STREAM {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (OutputStream out = Files.newOutputStream(path, options.toArray(new OpenOption[0]))) {
        out.write(new byte[] {'X', 'Y'});
        return "writes";
      }
    }
  },

  ASYNCHRONOUS_FILE_CHANNEL(Feature.ASYNCHRONOUS_CHANNELS) {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(path, options, null)) {
        return "size " + channel.size() + ", " + written(channel) + ", " + read(channel);
      }
    }

    private String written(AsynchronousFileChannel channel) throws IOException {
      ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'X', 'Y'});
      try {
        while (bytes.hasRemaining()) {
          result(channel.write(bytes, bytes.position()));
        }
        return "writes";
      } catch (NonWritableChannelException e) {
        return "does not write";
      }
    }

    private String read(AsynchronousFileChannel channel) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(20);
      try {
        int count = 0;
        while (buffer.hasRemaining() && count >= 0) {
          count = result(channel.read(buffer, buffer.position()));
        }
        return "reads '" + ChannelContract.textIn(buffer) + "'";
      } catch (NonReadableChannelException e) {
        return "does not read";
      }
    }

    private int result(Future<Integer> future) throws IOException {
      try {
        return future.get(10, TimeUnit.SECONDS);
      } catch (ExecutionException | InterruptedException | TimeoutException e) {
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
      }
    }
  };

  private final @Nullable Feature needed;

  Opening() {
    this(null);
  }

  Opening(@Nullable Feature needed) {
    this.needed = needed;
  }

  /** Returns the feature that a file system needs for it, or null. */
  @Nullable Feature needed() {
    return needed;
  }

  /** Opens the file, uses it, closes it, and returns the results. */
  abstract String script(Path path, Set<OpenOption> options) throws IOException;

  private static String seekable(SeekableByteChannel channel) throws IOException {
    return "size " + channel.size() + ", " + written(channel) + ", " + read(channel);
  }

  private static String written(SeekableByteChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {'X', 'Y'});
    try {
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      return "writes";
    } catch (NonWritableChannelException e) {
      return "does not write";
    }
  }

  private static String read(SeekableByteChannel channel) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(20);
    try {
      channel.position(0);
      int count = 0;
      while (buffer.hasRemaining() && count >= 0) {
        count = channel.read(buffer);
      }
      return "reads '" + ChannelContract.textIn(buffer) + "'";
    } catch (NonReadableChannelException e) {
      return "does not read";
    }
  }
}
