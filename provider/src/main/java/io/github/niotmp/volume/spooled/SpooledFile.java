package io.github.niotmp.volume.spooled;

import io.github.niotmp.content.FileContent;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Access;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.OpenName;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An open handle on a file of the tree. */
final class SpooledFile implements OpenFile {
  private final SpooledVolume volume;
  private final RegularFile file;
  private final TmpPath openedAs;
  private final OpenMode mode;
  private final @Nullable OpenName name;
  private final AtomicBoolean closed = new AtomicBoolean();

  /** Held while this handle changes the file: once it is closed, nothing does. */
  private final ReentrantLock changing = new ReentrantLock();

  /**
   * Takes over a handle that {@code file} has counted.
   *
   * @param openedAs the path it was opened by, for exceptions
   * @param name the name it was opened by, if the file keeps track of it for this handle
   */
  SpooledFile(
      SpooledVolume volume,
      RegularFile file,
      TmpPath openedAs,
      OpenMode mode,
      @Nullable OpenName name) {
    this.volume = volume;
    this.file = file;
    this.openedAs = openedAs;
    this.mode = mode;
    this.name = name;
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed.get()) {
      throw new ClosedChannelException();
    }
  }

  private @Nullable FileContent content() throws ClosedChannelException {
    ensureOpen();
    return file.content();
  }

  private FileContent contentToWrite() throws IOException {
    ensureOpen();
    return file.contentToWrite();
  }

  private void modified() {
    file.modified(Node.now());
    reportModified();
  }

  private void reportModified() {
    if (name != null) {
      name.reportModified();
    }
  }

  /** Empties the file as it is opened for that, which counts as a change even if it was empty. */
  void empty() throws IOException {
    try {
      FileContent content = content();
      if (content != null) {
        content.truncate(0);
      }
    } catch (IOException e) {
      throw failure(e);
    }
    modified();
  }

  @Override
  public OpenMode mode() {
    return mode;
  }

  @Override
  public TmpPath openedAs() {
    return openedAs;
  }

  @Override
  public Object fileKey() {
    return file;
  }

  private IOException failure(IOException e) {
    return Spooling.failure(e, openedAs);
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    FileContent content = content();
    if (content == null) {
      return target.hasRemaining() ? -1 : 0;
    }
    try {
      return content.read(target, position);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public int read(byte[] target, int offset, int length, long position) throws IOException {
    return read(ByteBuffer.wrap(target, offset, length), position);
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    boolean some = source.hasRemaining();
    changing.lock();
    try {
      contentToWrite().write(source, position);
      if (some) {
        modified();
      }
    } catch (IOException e) {
      throw failure(e);
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    write(ByteBuffer.wrap(source, offset, length), position);
  }

  @Override
  public long append(ByteBuffer source) throws IOException {
    boolean some = source.hasRemaining();
    changing.lock();
    try {
      long end = contentToWrite().append(source);
      if (some) {
        modified();
      }
      return end;
    } catch (IOException e) {
      throw failure(e);
    } finally {
      changing.unlock();
    }
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    return append(ByteBuffer.wrap(source, offset, length));
  }

  @Override
  public long size() throws IOException {
    FileContent content = content();
    return content == null ? 0 : content.size();
  }

  @Override
  public void truncate(long size) throws IOException {
    changing.lock();
    try {
      FileContent content = content();
      if (content != null && size < content.size()) {
        content.truncate(size);
        modified();
      }
    } catch (IOException e) {
      throw failure(e);
    } finally {
      changing.unlock();
    }
  }

  @Override
  public void force(boolean metaData) throws IOException {
    FileContent content = content();
    if (content != null) {
      try {
        content.force(metaData);
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  @Override
  public MappedByteBuffer map(MapMode mapMode, long position, long size) throws IOException {
    changing.lock();
    try {
      FileContent content = contentToWrite();
      boolean extended = position + size > content.size();
      MappedByteBuffer mapping = content.map(mapMode, position, size, mode.write());
      if (extended || (mapMode == MapMode.READ_WRITE && size > 0)) {
        modified(); // the stores that follow can't be seen
      }
      return mapping;
    } catch (IOException e) {
      throw failure(e);
    } finally {
      changing.unlock();
    }
  }

  @Override
  public FileAttributes readAttributes() throws IOException {
    ensureOpen();
    return new SpooledAttributes(file, volume);
  }

  @Override
  public void change(AttributeChange change) throws IOException {
    changing.lock();
    try {
      ensureOpen();
      AttributeChanges.apply(file, change, openedAs, granted());
      reportModified();
    } finally {
      changing.unlock();
    }
  }

  @Override
  public Path hostPath() throws IOException {
    ensureOpen();
    return Spooling.hostPath(file, openedAs, granted());
  }

  /** What a handle may do was checked as it was opened. */
  private int granted() {
    return (mode.read() ? Access.READ : 0) | (mode.write() ? Access.WRITE : 0);
  }

  @Override
  @SuppressWarnings("try") // the resource is there to be closed at the end, whatever happens
  public void close() throws IOException {
    if (closed.compareAndSet(false, true)) {
      changing.lock(); // the change that is under way comes before
      try (Closeable last = () -> file.close(name)) {
        FileContent content = file.content();
        if (mode.write() && content != null) {
          content.flush();
        }
      } catch (IOException e) {
        throw failure(e);
      } finally {
        changing.unlock();
      }
    }
  }
}
