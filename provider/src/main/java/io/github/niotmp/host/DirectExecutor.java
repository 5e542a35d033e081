package io.github.niotmp.host;

import java.io.IOException;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystems;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.util.List;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A direct executor: it runs each task in the thread that submits it. It owns no thread and needs
 * no shutdown.
 */
final class DirectExecutor extends AbstractExecutorService {
  /**
   * Whether the JDK implements asynchronous channels by tasks of an executor; on Windows it uses
   * completion ports.
   */
  static final boolean IS_UNIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

  /**
   * Opens an asynchronous channel that runs its I/O in the calling thread. On Windows the JDK's
   * default group runs it, because another executor costs a completion port and a thread for each
   * channel.
   */
  static AsynchronousFileChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return AsynchronousFileChannel.open(
        path, options, IS_UNIX ? new DirectExecutor() : null, attributes);
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void shutdown() {}

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return true;
  }
}
