package io.github.niotmp.channel;

import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenResources;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The open file behind a stream or an asynchronous channel, closed once. Neither takes an interest
 * in interrupts, as those of the default file system.
 */
final class ClosableFile {
  private final OpenFile file;
  private final OpenResources resources;
  private final ReentrantLock closing = new ReentrantLock();
  private volatile boolean closed;

  ClosableFile(OpenFile file, OpenResources resources) {
    this.file = file;
    this.resources = resources;
  }

  OpenFile file() {
    return file;
  }

  boolean isOpen() {
    return !closed;
  }

  void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  /** Returns what to throw as the file was found closed in the middle of an operation. */
  ClosedChannelException overtaken(ClosedChannelException found) {
    return closed ? new AsynchronousCloseException() : found;
  }

  /**
   * Closes the file, unless that has been done, and takes {@code owner} off the list of what is
   * open.
   */
  void close(Closeable owner) throws IOException {
    closing.lock();
    try {
      if (closed) {
        return;
      }
      closed = true;
      try {
        file.close();
      } finally {
        resources.remove(owner);
      }
    } finally {
      closing.unlock();
    }
  }
}
