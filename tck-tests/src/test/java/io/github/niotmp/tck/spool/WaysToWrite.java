package io.github.niotmp.tck.spool;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** Each way of writing through which a file of 600 bytes grows to more than 1000. */
enum WaysToWrite {
  FILES_WRITE {
    @Override
    void write(Path file, Path source) throws IOException {
      Files.write(file, new byte[500], APPEND);
    }
  },
  FILES_WRITE_STRING {
    @Override
    void write(Path file, Path source) throws IOException {
      Files.writeString(file, "x".repeat(500), APPEND);
    }
  },
  STREAM {
    @Override
    void write(Path file, Path source) throws IOException {
      try (OutputStream out = Files.newOutputStream(file, WRITE)) {
        out.write(new byte[1001]);
      }
    }
  },
  APPENDING_STREAM {
    @Override
    void write(Path file, Path source) throws IOException {
      try (OutputStream out = Files.newOutputStream(file, APPEND)) {
        out.write(new byte[401]);
      }
    }
  },
  STREAM_TO_STREAM {
    @Override
    void write(Path file, Path source) throws IOException {
      try (InputStream in = Files.newInputStream(source);
          OutputStream out = Files.newOutputStream(file, APPEND)) {
        in.transferTo(out);
      }
    }
  },
  CHANNEL {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel channel = FileChannel.open(file, WRITE)) {
        channel.position(600).write(ByteBuffer.allocate(401));
      }
    }
  },
  CHANNEL_AT_POSITION {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel channel = FileChannel.open(file, WRITE)) {
        channel.write(ByteBuffer.allocate(1001), 0);
      }
    }
  },
  CHANNEL_AFTER_A_HOLE {
    @Override
    void write(Path file, Path source) throws IOException {
      try (SeekableByteChannel channel = Files.newByteChannel(file, WRITE)) {
        channel.position(1L << 40).write(ByteBuffer.allocate(1));
      }
    }
  },
  APPENDING_CHANNEL {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel channel = FileChannel.open(file, APPEND)) {
        channel.write(ByteBuffer.allocate(401));
      }
    }
  },
  GATHERING_CHANNEL {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel channel = FileChannel.open(file, WRITE)) {
        channel.position(600).write(buffers());
      }
    }
  },
  GATHERING_APPENDING_CHANNEL {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel channel = FileChannel.open(file, APPEND)) {
        channel.write(buffers());
      }
    }
  },
  ASYNCHRONOUS_CHANNEL {
    @Override
    void write(Path file, Path source) throws IOException {
      try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, WRITE)) {
        channel.write(ByteBuffer.allocate(401), 600).get();
      } catch (ExecutionException e) {
        throw (IOException) e.getCause();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  },
  TRANSFER_FROM_A_FILE {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel from = FileChannel.open(source, READ);
          FileChannel to = FileChannel.open(file, WRITE)) {
        to.transferFrom(from, 600, Long.MAX_VALUE);
      }
    }
  },
  TRANSFER_FROM_A_FILE_TO_THE_END {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel from = FileChannel.open(source, READ);
          FileChannel to = FileChannel.open(file, APPEND)) {
        to.transferFrom(from, 0, Long.MAX_VALUE);
      }
    }
  },
  TRANSFER_FROM_A_STREAM {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel to = FileChannel.open(file, WRITE)) {
        InputStream in = new ByteArrayInputStream(new byte[401]);
        to.transferFrom(Channels.newChannel(in), 600, Long.MAX_VALUE);
      }
    }
  },
  TRANSFER_TO {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel from = FileChannel.open(source, READ);
          FileChannel to = FileChannel.open(file, WRITE)) {
        from.transferTo(0, 1001, to);
      }
    }
  },
  MAP {
    @Override
    void write(Path file, Path source) throws IOException {
      try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
        channel.map(MapMode.READ_WRITE, 500, 501);
      }
    }
  };

  /**
   * Writes.
   *
   * @param file what is written to
   * @param source a file of several buffers
   */
  abstract void write(Path file, Path source) throws IOException;

  /** The first of them would fit by itself. */
  private static ByteBuffer[] buffers() {
    return new ByteBuffer[] {ByteBuffer.allocate(300), ByteBuffer.allocate(300)};
  }
}
