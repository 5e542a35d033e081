package io.github.niotmp.volume.spooled;

import io.github.niotmp.content.FileContent;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Access;
import io.github.niotmp.tree.OpenedEntry;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An open handle on a regular file of the tree.
 *
 * <p>The monitor guards changes of attributes against {@link #close}; {@link FileContent} calls
 * {@link #begin} with its lock held, which guards changes of the bytes.
 */
final class SpooledFile implements OpenFile, FileContent.Writer {
  private final SpooledVolume volume;
  private final RegularFile file;
  private final TmpPath openedAs;
  private final OpenMode mode;
  private final @Nullable OpenedEntry name;

  /**
   * Changes of the bytes read it under the lock of the content, other changes under the monitor, so
   * that a closed handle changes no file.
   */
  private volatile boolean closed;

  /**
   * Creates a handle that {@code file} has counted already.
   *
   * @param openedAs the path it was opened by, for exceptions
   * @param name the tracked entry it was opened by; null if the file does not track it
   */
  SpooledFile(
      SpooledVolume volume,
      RegularFile file,
      TmpPath openedAs,
      OpenMode mode,
      @Nullable OpenedEntry name) {
    this.volume = volume;
    this.file = file;
    this.openedAs = openedAs;
    this.mode = mode;
    this.name = name;
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private @Nullable FileContent content() throws ClosedChannelException {
    ensureOpen();
    return file.content();
  }

  @Override
  public void begin() throws ClosedChannelException {
    ensureOpen();
  }

  @Override
  public void changed() {
    file.modified(file.now());
    AttributeChanges.clearSetIds(file);
    reportModified();
  }

  @Override
  public String path() {
    return openedAs.toString();
  }

  private void reportModified() {
    if (name != null) {
      name.reportModified();
    }
  }

  /** Truncates the file as it is opened. This counts as a change even if the file was empty. */
  void empty() throws IOException {
    if (size() == 0) {
      changed();
    } else {
      truncate(0);
    }
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
    try {
      file.contentToWrite().write(source, position, this);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    write(ByteBuffer.wrap(source, offset, length), position);
  }

  @Override
  public long append(ByteBuffer source) throws IOException {
    try {
      return file.contentToWrite().write(source, FileContent.AT_END, this);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    return append(ByteBuffer.wrap(source, offset, length));
  }

  @Override
  public void checkLimits(long end) throws IOException {
    ensureOpen();
    try {
      file.contentToWrite().checkLimits(end, this);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public long size() throws IOException {
    FileContent content = content();
    try {
      return content == null ? 0 : content.size();
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public void truncate(long size) throws IOException {
    FileContent content = content();
    if (content != null) {
      try {
        content.truncate(size, this);
      } catch (IOException e) {
        throw failure(e);
      }
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
  public <T> T map(Mapping<T> mapping) throws IOException {
    try {
      return file.contentToWrite().map(mapping, mode.write(), this);
    } catch (IOException e) {
      throw failure(e);
    }
  }

  @Override
  public FileAttributes readAttributes() throws IOException {
    ensureOpen();
    return new SpooledAttributes(file, volume);
  }

  @Override
  public synchronized void change(AttributeChange change) throws IOException {
    ensureOpen();
    AttributeChanges.apply(file, change, openedAs, granted());
    reportModified();
  }

  @Override
  public Path hostPath() throws IOException {
    ensureOpen();
    return Spooling.hostPath(file, currentName(), openedAs, granted());
  }

  /**
   * Returns the current name of the file, or the one it was opened by if it is unlinked or
   * untracked.
   */
  private String currentName() {
    String now = name == null ? null : name.current();
    return now == null ? String.valueOf(openedAs.getFileName()) : now;
  }

  @Override
  public boolean isNamed(TmpPath path) throws IOException {
    ensureOpen();
    return path.owner() == openedAs.owner() && volume.leadsTo(path, file);
  }

  @Override
  public OpenFile openAgain(OpenMode again) throws IOException {
    ensureOpen();
    if (!file.open()) {
      throw new ClosedChannelException();
    }
    OpenedEntry same = again.write() && name != null ? file.trackAgain(name) : null;
    return new SpooledFile(volume, file, openedAs, again, same);
  }

  /** Returns the access that was checked when the handle was opened. */
  private int granted() {
    return (mode.read() ? Access.READ : 0) | (mode.write() ? Access.WRITE : 0);
  }

  @Override
  public void close() throws IOException {
    if (closeOnce()) {
      try {
        FileContent content = file.content();
        if (mode.write() && content != null) {
          flush(content);
        }
        file.close(name);
      } catch (IOException e) {
        throw failure(e);
      }
    }
  }

  /**
   * Flushes the content, after waiting for a running change. If that fails, closes the file and
   * throws.
   */
  private void flush(FileContent content) throws IOException {
    try {
      content.flush();
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, () -> file.close(name));
      throw e;
    }
  }

  private synchronized boolean closeOnce() {
    boolean first = !closed;
    closed = true;
    return first;
  }
}
