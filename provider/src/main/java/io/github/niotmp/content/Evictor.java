package io.github.niotmp.content;

import io.github.niotmp.buffer.DirectBuffers;
import io.github.niotmp.event.PackingTime;
import io.github.niotmp.event.SpillCause;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An evictor moves files that were not used lately out of memory: small files into packs, many at a
 * time, and each large file into a spill file of its own. It skips a locked file, because a file in
 * use is not cold, and because the lock holder may be writing to a provider that waits for this
 * thread. For use by one thread, which closes it.
 */
final class Evictor implements Closeable {
  /** Larger files get a spill file of their own, with a descriptor. */
  static final long LARGEST_PACKED = 1 << 20;

  private static final int SMALLEST_BUFFER = 4 << 10;

  private final SpillCause cause;
  private final ByteBuffer buffer;

  /** The part of {@link #buffer} that is used. */
  private final ByteBuffer stage;

  /** The bytes of memory that the evicted files held. */
  private long freed;

  private final Queue<StagedFile> staged = new ArrayDeque<>();

  /**
   * Creates an evictor.
   *
   * @param limit the memory that files may take; a small limit takes small steps, because memory is
   *     free only once the staged bytes are written
   * @param cause the cause in the recorded events
   */
  Evictor(long limit, SpillCause cause) {
    this.cause = cause;
    buffer = DirectBuffers.acquire();
    stage =
        buffer.slice(0, (int) Math.min(DirectBuffers.SIZE, Math.max(SMALLEST_BUFFER, limit / 8)));
  }

  /**
   * A locked file with a copy of its bytes in the stage or the pack. It still uses its old bytes.
   */
  private record StagedFile(FileContent file, long start, long size) {}

  /**
   * Evicts cold files of one store.
   *
   * @param most how many files to examine
   * @param enough whether enough memory is free
   * @throws IOException if the disk refused a file, which stays in memory
   */
  void evict(ContentStore store, int most, BooleanSupplier enough) throws IOException {
    try (Packing packing = new Packing(store)) {
      for (int left = most; left > 0 && !enough.getAsBoolean(); left--) {
        FileContent file = store.cold().next();
        if (file != null && !file.testAndClearReferenced()) {
          packing.move(file, null);
        }
      }
      packing.finish();
    }
  }

  /** Returns the bytes of memory that were freed. */
  long freed() {
    return freed;
  }

  @Override
  public void close() {
    DirectBuffers.release(buffer);
  }

  /** The eviction from one store into one pack, which is created for the first file. */
  private final class Packing implements Closeable {
    private final ContentStore store;
    private @Nullable Pack pack;

    Packing(ContentStore store) {
      this.store = store;
    }

    /**
     * Evicts a file, unless it is locked.
     *
     * @param from the pack that contains it, or null for memory; has no effect if another thread
     *     has moved the file
     */
    void move(FileContent file, @Nullable Pack from) throws IOException {
      if (!file.tryLock()) {
        return;
      }
      boolean unlock = true;
      try {
        MemoryBytes memory = from == null ? file.inMemory() : null;
        Bytes bytes = from == null ? memory : file.inPack(from);
        if (memory != null && memory.size() > LARGEST_PACKED) {
          if (pack != null) {
            flush(pack); // unlocks staged files before a long copy
          }
          long held = memory.held();
          String path = memory.path(); // gone once the memory is freed
          file.moveToSpillFile(cause, () -> path);
          freed += held;
        } else if (bytes != null) {
          long start = stage(bytes);
          staged.add(new StagedFile(file, start, bytes.size()));
          unlock = false;
        }
      } finally {
        if (unlock) {
          file.unlock();
        }
      }
    }

    /** Writes the staged files, and moves the files of sparse packs to this one. */
    void finish() throws IOException {
      Pack to = pack;
      if (to == null) {
        return;
      }
      flush(to);
      store.removeGonePacks();
      for (Pack sparse : store.packs()) {
        if (sparse != to && sparse.isSparse()) {
          for (int tries = sparse.files().count(); tries > 0; tries--) {
            FileContent file = sparse.files().next();
            if (file != null) {
              move(file, sparse);
            }
          }
        }
      }
      flush(to);
    }

    /**
     * Copies bytes to the stage, and writes the stage to the pack when it is full. Returns the
     * position in the pack.
     */
    private long stage(Bytes bytes) throws IOException {
      Pack to = pack();
      long start = to.end() + stage.position();
      for (long at = 0; at < bytes.size(); ) {
        if (!stage.hasRemaining()) {
          flush(to);
        }
        at += bytes.read(stage, at);
      }
      return start;
    }

    private Pack pack() throws IOException {
      Pack there = pack;
      if (there == null) {
        there = store.takePack();
        pack = there;
      }
      return there;
    }

    /** Writes the stage to the pack. The staged files then free their old bytes. */
    private void flush(Pack to) throws IOException {
      PackingTime event = store.events().packing(cause);
      to.append(stage.flip());
      stage.clear();
      long files = 0;
      long bytes = 0;
      for (StagedFile file = staged.poll(); file != null; file = staged.poll()) {
        files++;
        bytes += file.size;
        try {
          MemoryBytes memory = file.file.inMemory();
          long held = memory == null ? 0 : memory.held();
          file.file.become(new PackedBytes(store, to, file.start, file.size));
          freed += held;
        } finally {
          file.file.unlock();
        }
      }
      event.end(files, bytes);
    }

    /** Unlocks the files that stay in memory after a failure. */
    @Override
    public void close() throws IOException {
      staged.forEach(file -> file.file.unlock());
      staged.clear();
      stage.clear();
      if (pack != null) {
        store.returnPack(pack);
      }
    }
  }
}
