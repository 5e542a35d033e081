package io.github.niotmp.tck.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;

/** A channel of a faulty file system. */
final class FaultyChannel extends FileChannel {
  private final FileChannel below;
  private final Path path;
  private final FaultyFileSystem fileSystem;

  FaultyChannel(FileChannel below, Path path, FaultyFileSystem fileSystem) {
    this.below = below;
    this.path = path;
    this.fileSystem = fileSystem;
    fileSystem.open().add(path);
  }

  /** Something that reads or writes the bytes of one buffer. */
  private interface Io {
    int with(ByteBuffer buffer) throws IOException;
  }

  /** Something that is done with the channel below. */
  private interface Operation<T> {
    T on(FileChannel channel) throws IOException;
  }

  private <T> T call(String name, Operation<T> operation) throws IOException {
    fileSystem.before(name, path);
    try {
      return operation.on(below);
    } finally {
      closeWithWhatIsBelow();
    }
  }

  private int some(String name, ByteBuffer buffer, Io io) throws IOException {
    int limit = buffer.limit();
    if (buffer.hasRemaining()) {
      buffer.limit(buffer.position() + fileSystem.fault().most(buffer.remaining()));
    }
    try {
      return call(name, channel -> io.with(buffer));
    } finally {
      buffer.limit(limit);
    }
  }

  /** An interrupt closes the one below. */
  private void closeWithWhatIsBelow() throws IOException {
    if (!below.isOpen()) {
      close();
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    return some("read", target, below::read);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return some("read", target, buffer -> below.read(buffer, position));
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return some("write", source, below::write);
  }

  @Override
  public int write(ByteBuffer source, long position) throws IOException {
    return some("write", source, buffer -> below.write(buffer, position));
  }

  @Override
  public long read(ByteBuffer[] targets, int offset, int length) throws IOException {
    return call("read", channel -> channel.read(targets, offset, length));
  }

  @Override
  public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
    return call("write", channel -> channel.write(sources, offset, length));
  }

  @Override
  public long position() throws IOException {
    return below.position();
  }

  @Override
  public FileChannel position(long position) throws IOException {
    below.position(position);
    return this;
  }

  @Override
  public long size() throws IOException {
    return call("size", channel -> channel.size());
  }

  @Override
  public FileChannel truncate(long size) throws IOException {
    call("truncate", channel -> channel.truncate(size));
    return this;
  }

  @Override
  public void force(boolean metaData) throws IOException {
    call(
        "force",
        channel -> {
          channel.force(metaData);
          return channel;
        });
  }

  @Override
  public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
    return call("transferTo", channel -> channel.transferTo(position, count, target));
  }

  @Override
  public long transferFrom(ReadableByteChannel source, long position, long count)
      throws IOException {
    return call("transferFrom", channel -> channel.transferFrom(source, position, count));
  }

  @Override
  public MappedByteBuffer map(MapMode mode, long position, long size) throws IOException {
    return call("map", channel -> channel.map(mode, position, size));
  }

  @Override
  public FileLock lock(long position, long size, boolean shared) throws IOException {
    return call("lock", channel -> channel.lock(position, size, shared));
  }

  @Override
  public FileLock tryLock(long position, long size, boolean shared) throws IOException {
    return call("lock", channel -> channel.tryLock(position, size, shared));
  }

  @Override
  protected void implCloseChannel() throws IOException {
    fileSystem.open().remove(path);
    below.close();
  }
}
