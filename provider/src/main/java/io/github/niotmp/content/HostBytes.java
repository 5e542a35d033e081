package io.github.niotmp.content;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.host.HostFile;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes in a file with a name on the host. Other programs may change and replace it at any time, so
 * this class caches only the accounted size and whether the file is executable.
 */
final class HostBytes extends DiskBytes {
  /** The permissions of a file on the host that was just created. */
  private static final int AS_CREATED = 0600;

  private static final int PERMISSIONS = 0777;
  private static final int EXECUTE = 0111;

  private final ContentStore store;
  private final HostFile file;
  private final AtomicLong accounted = new AtomicLong();

  /** Whether the file was executable at the last check. Guarded by the write lock. */
  private boolean executable;

  private HostBytes(ContentStore store, HostFile file) {
    this.store = store;
    this.file = file;
  }

  /**
   * Copies {@code source} to a new file with a name; does not change {@code source}. Other programs
   * see the attributes after {@link #show}.
   *
   * @param suffix the end of the name
   */
  static HostBytes copyOf(Bytes source, String suffix, ContentStore store) throws IOException {
    return copyTo(store.spills().createNamed(suffix), source, store);
  }

  /**
   * Copies these bytes to a new file with their name, which another program has removed; does not
   * change these.
   */
  HostBytes copyWithName() throws IOException {
    return copyTo(store.spills().createAgain(file), this, store);
  }

  private static HostBytes copyTo(HostFile file, Bytes source, ContentStore store)
      throws IOException {
    HostBytes copy = new HostBytes(store, file);
    try {
      source.copyTo(copy.file);
      copy.count(source.size());
      store.count().onHost(1);
      return copy;
    } catch (IOException | RuntimeException | Error e) {
      copy.discardAfter(e);
      throw e;
    }
  }

  /**
   * Sets the attributes of a new copy on the host. The caller holds the write lock. This reads the
   * attributes now, because a thread that changed them during the copy did not yet find the bytes
   * on the host. If it fails, it frees the copy.
   *
   * @param before the bytes that owned the name before, or null; they give it up
   */
  void show(FileContent.Attributes attributes, @Nullable HostBytes before) throws IOException {
    try {
      setModified(attributes.modifiedTime());
      int permissions = attributes.permissions() & PERMISSIONS;
      if (permissions == AS_CREATED) {
        stopWriting(); // so that other programs can execute it after a chmod
      } else {
        setPermissions(permissions);
      }
      if (before != null) {
        before.file.giveUpName();
      }
    } catch (IOException | RuntimeException | Error e) {
      freeAfter(e);
      throw e;
    }
  }

  private void freeAfter(Throwable failure) {
    try {
      free();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  Path path() {
    return file.path();
  }

  /** Returns the status of the file that the name leads to. Needs no lock. */
  HostFile.Status status() throws IOException {
    return file.status();
  }

  /**
   * Says whether another program has replaced the file; the caller then adopts the new one.
   *
   * @throws IOException if the name leads to an unusable entry
   */
  boolean isReplaced() throws IOException {
    HostFile.Status status = file.status();
    file.requireUsable(status);
    return status.target() == HostFile.Target.REPLACEMENT;
  }

  /**
   * Adopts the file that the name leads to, if another program has replaced it. Returns false if
   * another program has removed the name. The caller holds the write lock.
   *
   * @throws IOException if the name leads to an unusable entry
   */
  boolean follow() throws IOException {
    HostFile.Status status = file.status();
    file.requireUsable(status);
    if (status.target() == HostFile.Target.REPLACEMENT) {
      file.adopt();
      resync();
    }
    executable = status.isExecutable();
    return status.isUsable();
  }

  /**
   * Reopens the file for reading only, so that other programs can execute it. The caller holds the
   * write lock.
   */
  void stopWriting() throws IOException {
    file.stopWriting(executable);
  }

  /** Sets the permissions on the host, without set-id bits. The caller holds the write lock. */
  void setPermissions(int bits) throws IOException {
    executable = (bits & EXECUTE) != 0;
    stopWriting(); // before the chmod may forbid reading
    file.setPermissions(bits & PERMISSIONS);
    stopWriting();
  }

  void setModified(long nanoseconds) throws IOException {
    file.setModified(nanoseconds);
  }

  /**
   * Returns the state of the file that the name leads to, or of the last one if that is unusable.
   */
  ContentState state(FileLimits limits) throws IOException {
    HostFile.Status status = file.status();
    long size = status.isUsable() ? status.size() : file.size();
    resync(size);
    return new ContentState(
        size,
        storage(),
        held(),
        limits.spoolThreshold(),
        limits.maxFileSize(),
        status.modified(),
        status.permissions());
  }

  @Override
  Storage storage() {
    return Storage.HOST;
  }

  @Override
  long held() {
    return 0;
  }

  @Override
  boolean isAliased() {
    return true;
  }

  @Override
  long size() throws IOException {
    return file.size();
  }

  @Override
  long accountedSize() {
    return accounted.get();
  }

  /** Adjusts the accounted size after other programs have changed the size of the file. */
  void resync() throws IOException {
    resync(file.size());
  }

  private void resync(long size) {
    store.forceSize(size - count(size));
  }

  @Override
  int read(ByteBuffer target, long position) throws IOException {
    int count = file.read(target, position);
    return count == 0 ? -1 : count; // truncated since the size check
  }

  @Override
  void write(ByteBuffer source, long position) throws IOException {
    long end = position + source.remaining();
    long size = accountedSize();
    file.openForWriting();
    try {
      file.write(source, position);
      count(Math.max(size, end));
    } catch (Throwable e) {
      if (end > size) {
        cutAfter(e, size);
      }
      throw e;
    } finally {
      stopWritingIfExecutable();
    }
  }

  /** Ignores a failure, because the bytes are written; the next call tries again. */
  private void stopWritingIfExecutable() {
    if (executable) {
      try {
        stopWriting();
      } catch (IOException e) {
        // other programs cannot execute the file until then
      }
    }
  }

  @Override
  void truncate(long newSize) throws IOException {
    file.openForWriting();
    try {
      file.truncate(newSize);
      count(newSize);
    } finally {
      stopWritingIfExecutable();
    }
  }

  @Override
  void flush() {}

  @Override
  void force(boolean metaData) throws IOException {
    file.force(metaData);
  }

  @Override
  <T> T map(Mapping<T> mapping) throws IOException {
    long size = accountedSize();
    if (mapping.mode() != MapMode.READ_ONLY || mapping.end() > size) {
      file.openForWriting();
    }
    try {
      T made = file.map(mapping);
      count(Math.max(size, mapping.end()));
      return made;
    } finally {
      stopWritingIfExecutable();
    }
  }

  @Override
  void free() throws IOException {
    count(0);
    store.count().onHost(-1);
    file.close();
  }

  /** Sets the accounted size and returns the one before. */
  private long count(long size) {
    long before = accounted.getAndSet(size);
    store.count().disk(size - before);
    return before;
  }

  private void discardAfter(Throwable failure) {
    Closer.after(failure, file);
  }

  private void cutAfter(Throwable failure, long size) {
    Closer.after(failure, () -> file.truncate(size));
  }
}
