package io.github.niotmp.host;

import io.github.niotmp.event.HostOperation;
import io.github.niotmp.event.TimedEvent;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.session.DirectoryLease;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A file on the host for bytes that do not fit into memory. Closing it deletes it. Until then it is
 * unlinked, unless the host cannot unlink open files or other programs must be able to open it.
 *
 * <p>The channel determines its backing: a descriptor of its own, a channel of another provider, or
 * extents of a shared file. If the channel cannot map, {@link #map} first copies the bytes to
 * another channel.
 *
 * <p>Interrupts do not disturb any method; the interrupt status stays set. Reads may run in
 * parallel with each other and with writes of other bytes; {@link #map} runs alone. After {@link
 * #close()} methods throw {@link java.nio.channels.ClosedChannelException}.
 */
public sealed class SpillFile implements Closeable permits HostFile {
  private final SpillDirectory directory;

  /**
   * Guards the exchange of {@code opened} against {@link #closeHost}, which any thread may call.
   */
  private final ReentrantLock exchanging = new ReentrantLock();

  private volatile Opened opened;
  private volatile boolean closed;

  /**
   * An open file on the host.
   *
   * @param name its name until it is closed; null if it is unlinked
   * @param slot the count of its descriptor until it is closed; null if it has none of its own
   */
  record Opened(
      UninterruptibleChannel channel, @Nullable Name name, Descriptors.@Nullable Slot slot) {
    /**
     * Closes the file and removes its name.
     *
     * @param again whether an earlier call has failed
     */
    void close(NameRemoval removal, boolean again) throws IOException {
      Closer closer = new Closer();
      closer.close(channel);
      if (slot != null) {
        slot.free();
      }
      if (name != null) {
        closer.close(() -> removal.remove(name.path));
        closer.close(again ? name.lease::removeRest : name.lease::leave);
      }
      closer.finish();
    }
  }

  /**
   * A name on the host.
   *
   * @param lease the lease of its directory, which ends after the name is removed
   */
  record Name(Path path, DirectoryLease lease) {}

  @FunctionalInterface
  interface NameRemoval {
    void remove(Path path) throws IOException;
  }

  /** Creates a file; the caller registers it with {@code directory}, which closes it. */
  SpillFile(SpillDirectory directory, Opened opened) {
    this.directory = directory;
    this.opened = opened;
  }

  final UninterruptibleChannel channel() {
    return opened.channel;
  }

  /** Reads at {@code position} until {@code target} is full or the file ends; returns the count. */
  public final int read(ByteBuffer target, long position) throws IOException {
    int length = target.remaining();
    TimedEvent event = directory.start(HostOperation.READ);
    try {
      return channel().readFully(target, position);
    } finally {
      directory.end(event, (long) length - target.remaining());
    }
  }

  /**
   * Reads at {@code position} until {@code target} is full.
   *
   * @throws EOFException if the file is shorter, because another program has truncated it
   */
  public final void readAll(ByteBuffer target, long position) throws IOException {
    int length = target.remaining();
    int count = read(target, position);
    if (count < length) {
      throw new EOFException(
          "The spill file was cut off at "
              + (position + count)
              + ", though it was written further");
    }
  }

  /**
   * Writes all of {@code source} at {@code position}. After an exception some of it may be written.
   */
  public final void write(ByteBuffer source, long position) throws IOException {
    int length = source.remaining();
    TimedEvent event = directory.start(HostOperation.WRITE);
    try {
      channel().writeFully(source, position);
    } catch (IOException e) {
      throw directory.failure(e);
    } finally {
      directory.end(event, (long) length - source.remaining());
    }
  }

  /** Cuts the file to {@code size}; has no effect on a shorter one. */
  public final void truncate(long size) throws IOException {
    TimedEvent event = directory.start(HostOperation.TRUNCATE);
    try {
      channel().truncate(size);
    } finally {
      directory.end(event, 0);
    }
  }

  /** Forces the written bytes to the device. */
  public final void force(boolean metaData) throws IOException {
    TimedEvent event = directory.start(HostOperation.FORCE);
    try {
      channel().force(metaData);
    } finally {
      directory.end(event, 0);
    }
  }

  /**
   * Maps a range; extends a shorter file first. The mapping outlives this file. The caller lets no
   * other thread read or write meanwhile.
   *
   * @throws UnsupportedOperationException if the host's provider cannot map
   */
  public <T> T map(Mapping<T> mapping) throws IOException {
    while (true) {
      Opened there = opened;
      try {
        return there.channel.map(mapping, there.name == null ? null : there.name.path);
      } catch (NotReopenableException e) {
        exchange(directory.mappableCopy(there.channel, e));
      }
    }
  }

  /**
   * Exchanges the channel for another one, and closes the one before.
   *
   * @throws ClosedChannelException if another thread has closed this file; {@code made} is closed
   *     too
   */
  final void exchange(UninterruptibleChannel made) throws IOException {
    Opened before = opened;
    if (!swap(new Opened(made, before.name, before.slot))) {
      made.close();
      throw new ClosedChannelException();
    }
    before.channel.close();
  }

  private void exchange(Opened copy) throws IOException {
    Opened before = opened;
    if (!swap(copy)) {
      copy.close(this::removeName, false);
      throw new ClosedChannelException();
    }
    before.close(this::removeName, false);
  }

  private boolean swap(Opened made) {
    exchanging.lock();
    try {
      if (!closed) {
        opened = made;
      }
      return !closed;
    } finally {
      exchanging.unlock();
    }
  }

  /** Frees the bytes and the descriptor; a second call has no effect. */
  @Override
  public final void close() throws IOException {
    if (directory.forget(this)) {
      directory.close(this);
    }
  }

  /**
   * Closes and removes the file on the host. If it fails, the directory calls it again when it
   * closes.
   */
  final void closeHost() throws IOException {
    boolean again;
    exchanging.lock();
    try {
      again = closed;
      closed = true;
    } finally {
      exchanging.unlock();
    }
    opened.close(this::removeName, again);
  }

  void removeName(Path path) throws IOException {
    ForeignProvider.deleteIfExists(path);
  }
}
