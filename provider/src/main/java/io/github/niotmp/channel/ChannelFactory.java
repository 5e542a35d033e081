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
 * Makes the channels and streams of one file system, which share its file locks. Each belongs to
 * the open file it was made from, closes it, and is closed with the file system.
 *
 * <p>Safe for use by any number of threads.
 */
public final class ChannelFactory implements Closeable {
  private final OpenHandles resources;
  private final FileLocks locks;
  private final boolean readOnly;

  /** Null until an asynchronous channel has no executor of its own: few file systems need any. */
  private final AtomicReference<@Nullable ExecutorService> threads = new AtomicReference<>();

  /**
   * Makes the factory of one file system.
   *
   * @param resources where channels and streams are remembered while they are open
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
   * Makes the factory of a read-only view. It shares the file locks, because both see the same
   * files. The caller opens the files for reading only.
   *
   * @param viewed where the channels and streams of the view are remembered while they are open
   */
  public ChannelFactory readOnly(OpenHandles viewed) {
    return new ChannelFactory(viewed, locks, true);
  }

  /**
   * Makes a channel, with its position at the start of the file.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public FileChannel fileChannel(OpenFile file) {
    return resources.add(new TmpFileChannel(file, resources, locks, readOnly));
  }

  /**
   * Makes the channel of a file that has no name, which is all of the user's TempFile.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public FileChannel unnamedFile(OpenFile file) {
    return resources.add(new TmpFileChannel(file, "TempFile", resources, locks, readOnly));
  }

  /**
   * Makes an asynchronous channel.
   *
   * @param executor runs the operations and completion handlers; null for the file system's own
   *     threads, which start when first needed and are made as those of the JDK's default pool
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
    } catch (RuntimeException | Error e) { // of the application's factory of threads
      Closer.after(e, file);
      throw e;
    }
  }

  /** Takes no lock, because the application may have a factory of threads of its own. */
  private ExecutorService threads() {
    ExecutorService there = threads.get();
    if (there != null) {
      return there;
    }
    ExecutorService made = TaskThreads.pool();
    return threads.compareAndSet(null, made) ? made : threads();
  }

  /**
   * Makes a stream that reads from the start of the file.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public InputStream inputStream(OpenFile file) {
    return resources.add(new TmpInputStream(file, resources, locks));
  }

  /**
   * Makes a stream that writes from the start of the file, or at its end if it was opened to
   * append.
   *
   * @throws ClosedFileSystemException if the file system is closed; {@code file} has been closed
   */
  public OutputStream outputStream(OpenFile file) {
    return resources.add(new TmpOutputStream(file, resources, locks));
  }

  /**
   * Ends the threads of asynchronous channels, once they have run what was begun. The caller has
   * closed the channels. A second call does nothing.
   */
  @Override
  public void close() {
    ExecutorService there = threads.get();
    if (there != null) {
      there.shutdown();
    }
  }
}
