package io.github.niotmp.internal.persist;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.thread.LibraryThreads;
import io.github.niotmp.internal.thread.Uninterruptibles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Copies the bytes of a temporary file. An interrupt ends the copy and leaves the temporary file
 * open: the copy reads its own channel, or, if the file has only one, reads it on a library thread,
 * which is never interrupted.
 */
public final class ContentCopy implements Closeable {
  private static final long STEP = 4 << 20;

  private final Opener opener;
  private final boolean shielded;
  private @Nullable FileChannel source;
  private @Nullable ExecutorService shield;

  private ContentCopy(Opener opener, boolean shielded) {
    this.opener = opener;
    this.shielded = shielded;
  }

  /** Opens the temporary file for reading. */
  @FunctionalInterface
  public interface Opener {
    /** Returns a new channel. */
    FileChannel open() throws IOException;
  }

  /** Returns a copy that opens its own channel on first use. */
  public static ContentCopy opening(Opener opener) {
    return new ContentCopy(opener, false);
  }

  /**
   * Returns a copy that reads the only channel, which no interrupt may close, and leaves it open.
   */
  public static ContentCopy shielding(FileChannel only) {
    return new ContentCopy(() -> only, true);
  }

  private FileChannel source() throws IOException {
    FileChannel open = source;
    if (open == null) {
      open = opener.open();
      source = open;
    }
    return open;
  }

  private ExecutorService shield() {
    ExecutorService running = shield;
    if (running == null) {
      running = LibraryThreads.pool(task -> LibraryThreads.daemon("nio-tmp-copy", task));
      shield = running;
    }
    return running;
  }

  /** Synchronises the source with its device. */
  void force() throws IOException {
    FileChannel from = source();
    shielded(
        () -> {
          from.force(true);
          return 0L;
        });
  }

  /**
   * Copies all bytes.
   *
   * @param target for messages
   * @throws ClosedByInterruptException if the thread is interrupted
   */
  void to(WritableByteChannel to, Path target, PersistPlan plan) throws IOException {
    FileChannel from = source();
    long size = shielded(from::size);
    for (long at = 0; at < size; ) {
      if (Thread.currentThread().isInterrupted()) {
        throw new ClosedByInterruptException();
      }
      long start = at;
      long count = shielded(() -> from.transferTo(start, Math.min(STEP, size - start), to));
      if (count <= 0) {
        throw new FileSystemException(
            target.toString(), null, "The file was cut while it was copied");
      }
      at += count;
      if (plan.progress() != null) {
        plan.progress().copied(at, size);
      }
    }
  }

  private interface Step {
    long run() throws IOException;
  }

  private long shielded(Step step) throws IOException {
    if (!shielded) {
      return step.run();
    }
    Future<Long> result = shield().submit(step::run);
    try {
      return Uninterruptibles.get(result::get); // after an interrupt the next step is not begun
    } catch (ExecutionException e) {
      throw failure(e.getCause());
    }
  }

  private static IOException failure(@Nullable Throwable cause) {
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    if (cause instanceof Error e) {
      throw e;
    }
    return (IOException) requireNonNull(cause); // a step throws only these
  }

  @Override
  public void close() throws IOException {
    if (shield != null) {
      shield.shutdown();
    }
    if (source != null && !shielded) {
      source.close();
    }
  }
}
