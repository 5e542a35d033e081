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
 * Bytes in a file that has a name on the host. Other programs may change and replace it at any
 * time, so only its accounted size is remembered.
 */
final class HostBytes extends DiskBytes {
  /** The permissions of a file on the host that was just created. */
  private static final int AS_CREATED = 0600;

  private static final int PERMISSIONS = 0777;
  private static final int EXECUTE = 0111;

  private final ContentStore store;
  private final HostFile file;
  private final AtomicLong accounted = new AtomicLong();

  /** As the last look found it. Guarded by the write lock. */
  private boolean executable;

  private HostBytes(ContentStore store, HostFile file) {
    this.store = store;
    this.file = file;
  }

  /**
   * Copies {@code source} to a new file; if that fails, {@code source} is as it was. Only once
   * {@link #show} was called do other programs see the attributes.
   *
   * @param suffix the end of the name
   */
  static HostBytes copyOf(Bytes source, String suffix, ContentStore store) throws IOException {
    return copyTo(store.spills().createNamed(suffix), source, store);
  }

  /**
   * Copies these bytes, whose name another program has removed, to a new file with that name. If
   * that fails, these are as they were.
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
      store.count().onDisk(1);
      return copy;
    } catch (IOException | RuntimeException | Error e) {
      copy.discardAfter(e);
      throw e;
    }
  }

  /**
   * Shows other programs the attributes of a new copy. They are those at this moment, and not of
   * when the copy began, because a thread that changes them finds the bytes on the host only once
   * the copy is in place. Called with the write lock held. If it fails, the copy is freed.
   *
   * @param before the bytes whose name the copy has; they no longer own it
   */
  void show(FileContent.Attributes attributes, @Nullable HostBytes before) throws IOException {
    try {
      setModified(attributes.modifiedTime());
      int permissions = attributes.permissions() & PERMISSIONS;
      if (permissions == AS_CREATED) {
        stopWriting(); // another program may make it executable
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

  /** Looks at what the name leads to. Needs no lock. */
  HostFile.Status status() throws IOException {
    return file.status();
  }

  /**
   * Says whether the name leads to another file by now, which is to be adopted.
   *
   * @throws IOException if it leads to an entry that is not to be used
   */
  boolean isReplaced() throws IOException {
    HostFile.Status status = file.status();
    file.requireUsable(status);
    return status.target() == HostFile.Target.REPLACEMENT;
  }

  /**
   * Adopts the file that the name leads to, if another program has replaced it; false if there is
   * none. Called with the write lock held.
   *
   * @throws IOException if the name leads to an entry that is not to be used
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

  /** Lets other programs execute the file. Called with the write lock held. */
  void stopWriting() throws IOException {
    file.stopWriting(executable);
  }

  /** Shows other programs the permissions, but no set-id bits. The write lock is held. */
  void setPermissions(int bits) throws IOException {
    executable = (bits & EXECUTE) != 0;
    stopWriting(); // while the file can be read
    file.setPermissions(bits & PERMISSIONS);
    stopWriting();
  }

  void setModified(long nanoseconds) throws IOException {
    file.setModified(nanoseconds);
  }

  /** Tells of the file that the name leads to, or else of the one before. */
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

  /** Takes from the store, or gives back, what other programs made the file grow or shrink by. */
  void resync() throws IOException {
    resync(file.size());
  }

  private void resync(long size) {
    store.forceSize(size - count(size));
  }

  @Override
  int read(ByteBuffer target, long position) throws IOException {
    int count = file.read(target, position);
    return count == 0 ? -1 : count; // cut off since it was asked for its size
  }

  @Override
  void write(ByteBuffer source, long position) throws IOException {
    long end = position + source.remaining();
    long size = accountedSize();
    file.openForWriting();
    try {
      file.write(source, position);
      count(Math.max(size, end));
    } catch (IOException | RuntimeException e) {
      if (end > size) {
        cutAfter(e, size);
      }
      throw e;
    } finally {
      stopWritingIfExecutable();
    }
  }

  /** If it fails, the bytes are written nevertheless; the next call tries again. */
  private void stopWritingIfExecutable() {
    if (executable) {
      try {
        stopWriting();
      } catch (IOException e) {
        // the file cannot be executed until then
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
    store.count().onDisk(-1);
    file.close();
  }

  /** Returns what was counted before. */
  private long count(long size) {
    long before = accounted.getAndSet(size);
    store.count().disk(size - before);
    return before;
  }

  private void discardAfter(Throwable failure) {
    Closer.after(failure, file);
  }

  private void cutAfter(Exception failure, long size) {
    Closer.after(failure, () -> file.truncate(size));
  }
}
