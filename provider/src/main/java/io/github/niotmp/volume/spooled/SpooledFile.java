package io.github.niotmp.volume.spooled;

import io.github.niotmp.content.FileContent;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.OpenName;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An open handle on a file of the tree. */
final class SpooledFile implements OpenFile {
  private final RegularFile file;
  private final OpenMode mode;
  private final @Nullable OpenName name;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Takes over a handle that {@code file} has counted.
   *
   * @param name the name it was opened by, if the file keeps track of it for this handle
   */
  SpooledFile(RegularFile file, OpenMode mode, @Nullable OpenName name) {
    this.file = file;
    this.mode = mode;
    this.name = name;
  }

  private FileContent content() throws ClosedChannelException {
    if (closed.get()) {
      throw new ClosedChannelException();
    }
    return file.content();
  }

  private void modified() {
    file.modified(Node.now());
    if (name != null) {
      name.reportModified();
    }
  }

  @Override
  public OpenMode mode() {
    return mode;
  }

  @Override
  public Object fileKey() {
    return file;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return content().read(target, position);
  }

  @Override
  public int read(byte[] target, int offset, int length, long position) throws IOException {
    return content().read(ByteBuffer.wrap(target, offset, length), position);
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    boolean some = source.hasRemaining();
    content().write(source, position);
    if (some) {
      modified();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    content().write(ByteBuffer.wrap(source, offset, length), position);
    if (length > 0) {
      modified();
    }
  }

  @Override
  public long append(ByteBuffer source) throws IOException {
    boolean some = source.hasRemaining();
    long end = content().append(source);
    if (some) {
      modified();
    }
    return end;
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    long end = content().append(ByteBuffer.wrap(source, offset, length));
    if (length > 0) {
      modified();
    }
    return end;
  }

  @Override
  public long size() throws IOException {
    return content().size();
  }

  @Override
  public void truncate(long size) throws IOException {
    FileContent content = content();
    boolean shorter = size < content.size();
    content.truncate(size);
    if (shorter) {
      modified();
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    content().force(metaData);
  }

  @Override
  public MappedByteBuffer map(MapMode mapMode, long position, long size) throws IOException {
    MappedByteBuffer mapping = content().map(mapMode, position, size, mode.write());
    if (mapMode == MapMode.READ_WRITE) {
      modified(); // the stores that follow can't be seen
    }
    return mapping;
  }

  @Override
  @SuppressWarnings("try") // the resource is there to be closed at the end, whatever happens
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      try (Closeable last = () -> file.close(name)) {
        if (mode.write()) {
          file.content().flush();
        }
      }
    }
  }
}
