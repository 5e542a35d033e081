package io.github.niotmp.channel;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The factory of one file system's channels and streams, which share its file locks. A channel or
 * stream owns its open file and closes it. Closing the file system closes the channels and streams.
 *
 * <p>Safe for use by any number of threads.
 */
public final class ChannelFactory implements Closeable {
  private final OpenHandles resources;
  private final FileLocks locks;
  private final boolean readOnly;

  /** Null until an asynchronous channel without an executor of its own is opened. */
  private final AtomicReference<@Nullable ExecutorService> threads = new AtomicReference<>();

  /**
   * Creates the factory of one file system.
   *
   * @param resources the list that has channels and streams while they are open
   */
  public ChannelFactory(OpenHandles resources) {
    this(resources, new FileLocks(), false);
  }

  private ChannelFactory(OpenHandles resources, FileLocks locks, boolean readOnly) {
    this.resources = resources;
    this.locks = locks;
    this.readOnly = readOnly;
  }

  /**
   * Creates the factory of a read-only view. It shares the file locks, because both access the same
   * files. The caller opens the files for reading only.
   *
   * @param viewed the list that has the channels and streams of the view while they are open
   */
  public ChannelFactory readOnly(OpenHandles viewed) {
    return new ChannelFactory(viewed, locks, true);
  }

  /**
   * Creates a channel, with its position at the start of the file.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public FileChannel fileChannel(OpenFile file) {
    return resources.add(new TmpFileChannel(file, resources, locks, readOnly));
  }

  /**
   * Creates the channel of an unlinked file, which a user holds as a TempFile.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public FileChannel unnamedFile(OpenFile file) {
    return resources.add(new TmpFileChannel(file, "TempFile", resources, locks, readOnly));
  }

  /**
   * Creates an asynchronous channel.
   *
   * @param executor runs the operations and completion handlers; null for the file system's own
   *     threads, which start at the first need, from the same factory as those of the JDK's default
   *     pool
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public AsynchronousFileChannel asynchronousFileChannel(
      OpenFile file, @Nullable Executor executor) {
    return resources.add(
        new TmpAsynchronousFileChannel(file, resources, locks, executorOrDefault(file, executor)));
  }

  private Executor executorOrDefault(OpenFile file, @Nullable Executor executor) {
    if (executor != null) {
      return executor;
    }
    try {
      return threads();
    } catch (RuntimeException | Error e) { // of the application's thread factory
      Closer.after(e, file);
      throw e;
    }
  }

  /** Takes no lock, because this may run the application's thread factory. */
  private ExecutorService threads() {
    ExecutorService there = threads.get();
    if (there != null) {
      return there;
    }
    ExecutorService made = TaskThreads.pool();
    return threads.compareAndSet(null, made) ? made : threads();
  }

  /**
   * Creates a stream that reads from the start of the file.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public InputStream inputStream(OpenFile file) {
    return resources.add(new TmpInputStream(file, resources, locks));
  }

  /**
   * Creates a stream that writes from the start of the file, or at its end in append mode.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public OutputStream outputStream(OpenFile file) {
    return resources.add(new TmpOutputStream(file, resources, locks));
  }

  /**
   * Shuts the threads of asynchronous channels down, after they have run the pending operations.
   * The caller has closed the channels. A second call has no effect.
   */
  @Override
  public void close() {
    ExecutorService there = threads.get();
    if (there != null) {
      there.shutdown();
    }
  }
}
