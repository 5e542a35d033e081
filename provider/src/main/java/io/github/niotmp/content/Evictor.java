package io.github.niotmp.content;

import io.github.niotmp.buffer.DirectBuffers;
import io.github.niotmp.event.RolloverCause;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Moves files that were not used lately out of memory: small ones into packs, many at a time, and
 * each large one into a spill file of its own. One thread uses it, and closes it. It passes over a
 * file that is locked: a file that is in use is not cold, and the disk of another may be a provider
 * that waits for this thread.
 */
final class Evictor implements Closeable {
  /** A larger file is worth a spill file of its own, and a descriptor. */
  private static final long LARGEST_PACKED = 1 << 20;

  private static final int SMALLEST_BUFFER = 4 << 10;

  private final ByteBuffer buffer;

  /** The part of {@link #buffer} that is used. */
  private final ByteBuffer stage;

  private final Queue<StagedFile> staged = new ArrayDeque<>();

  /**
   * Makes an evictor.
   *
   * @param limit the memory that files may take; a small limit takes small steps, because memory is
   *     free only once the staged bytes are written
   */
  Evictor(long limit) {
    buffer = DirectBuffers.acquire();
    stage =
        buffer.slice(0, (int) Math.min(DirectBuffers.SIZE, Math.max(SMALLEST_BUFFER, limit / 8)));
  }

  /**
   * A file whose lock is held. Its bytes are in the stage or the pack, and still in their old
   * place.
   */
  private record StagedFile(FileContent file, long start, long size) {}

  /**
   * Evicts cold files of one store.
   *
   * @param most how many files to examine
   * @param enough whether enough memory is free
   * @throws IOException if the disk refused a file; it is still in memory
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

  @Override
  public void close() {
    DirectBuffers.release(buffer);
  }

  /** The files that leave one store, and the pack that takes them: made for the first of them. */
  private final class Packing implements Closeable {
    private final ContentStore store;
    private @Nullable Pack pack;

    Packing(ContentStore store) {
      this.store = store;
    }

    /**
     * Moves a file out, unless it is busy.
     *
     * @param from the pack it is in, or null for one in memory; if it is elsewhere by now, it stays
     */
    void move(FileContent file, @Nullable Pack from) throws IOException {
      if (!file.tryLock()) {
        return;
      }
      boolean unlock = true;
      try {
        Bytes bytes = from == null ? file.inMemory() : file.inPack(from);
        if (bytes != null && bytes.size() > LARGEST_PACKED) {
          if (pack != null) {
            flush(pack); // no staged file stays locked while a large one is copied
          }
          file.rolledOver(RolloverCause.BUDGET);
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

    /** Moves the last files, and those of packs that hold little of their bytes. */
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

    /** Copies to the stage, and to the pack as the stage fills; returns the start in the pack. */
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

    /** Writes the stage; the files that are wholly in the pack by then leave their old place. */
    private void flush(Pack to) throws IOException {
      to.append(stage.flip());
      stage.clear();
      for (StagedFile file = staged.poll(); file != null; file = staged.poll()) {
        try {
          file.file.become(new PackedBytes(store, to, file.start, file.size));
        } finally {
          file.file.unlock();
        }
      }
    }

    /** Unlocks the files that a failure has left in memory. */
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
