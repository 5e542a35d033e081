package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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

/** The ways to open a file, each with a short script that exercises the opened file. */
enum Opening {
  NEW_BYTE_CHANNEL {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (SeekableByteChannel channel = Files.newByteChannel(path, options)) {
        return seekable(channel);
      }
    }
  },

  FILE_CHANNEL {
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
        return "read " + new String(in.readAllBytes(), ISO_8859_1);
      }
    }
  },

  NEW_OUTPUT_STREAM {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (OutputStream out = Files.newOutputStream(path, options.toArray(new OpenOption[0]))) {
        out.write(new byte[] {'X', 'Y'});
        return "written";
      }
    }
  },

  ASYNCHRONOUS_FILE_CHANNEL {
    @Override
    String script(Path path, Set<OpenOption> options) throws IOException {
      try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(path, options, null)) {
        return "size " + channel.size() + ", " + written(channel) + ", " + read(channel);
      }
    }

    private String written(AsynchronousFileChannel channel) throws IOException {
      try {
        return "wrote " + channel.write(ByteBuffer.wrap(new byte[] {'X', 'Y'}), 0).get();
      } catch (NonWritableChannelException e) {
        return "not writable";
      } catch (ExecutionException | InterruptedException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
      }
    }

    private String read(AsynchronousFileChannel channel) throws IOException {
      ByteBuffer buffer = ByteBuffer.allocate(20);
      try {
        return "read " + channel.read(buffer, 0).get() + " " + ChannelContract.textIn(buffer);
      } catch (NonReadableChannelException e) {
        return "not readable";
      } catch (ExecutionException | InterruptedException e) {
        throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
      }
    }
  };

  /** Opens the file, uses it, closes it, and returns the results. */
  abstract String script(Path path, Set<OpenOption> options) throws IOException;

  private static String seekable(SeekableByteChannel channel) throws IOException {
    StringBuilder seen = new StringBuilder();
    seen.append("size ").append(channel.size()).append(" at ").append(channel.position());
    try {
      seen.append(", wrote ").append(channel.write(ByteBuffer.wrap(new byte[] {'X', 'Y'})));
    } catch (NonWritableChannelException e) {
      seen.append(", not writable");
    }
    seen.append(" at ").append(channel.position());
    channel.position(0);
    ByteBuffer buffer = ByteBuffer.allocate(20);
    try {
      seen.append(", read ").append(channel.read(buffer));
      seen.append(' ').append(ChannelContract.textIn(buffer));
    } catch (NonReadableChannelException e) {
      seen.append(", not readable");
    }
    return seen.toString();
  }
}
