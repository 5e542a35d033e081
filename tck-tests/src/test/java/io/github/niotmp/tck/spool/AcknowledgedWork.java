package io.github.niotmp.tck.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileAttributeView;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Random work on a few files, each call of which may be refused. What was not refused must read
 * back, and what a refused write was to overwrite holds old bytes or new ones.
 */
final class AcknowledgedWork {
  private static final int FILES = 6;
  private static final int STEPS = 80;
  private static final int LARGEST_WRITE = 30_000;
  private static final int LARGEST_FILE = 100_000;

  private final Path directory;
  private final Random random;
  private final List<Acknowledged> files = new ArrayList<>();
  private int refused;

  /** Does the work in an empty directory. */
  AcknowledgedWork(Path directory, long seed) throws IOException {
    this.directory = directory;
    random = new Random(seed);
    for (int step = 0; step < STEPS; step++) {
      doStep(step);
    }
    for (Acknowledged file : files) {
      file.check();
    }
  }

  /** Returns how many calls were refused. */
  int refused() {
    return refused;
  }

  private void doStep(int step) throws IOException {
    int index = random.nextInt(FILES);
    int position = random.nextInt(LARGEST_FILE - LARGEST_WRITE);
    byte[] bytes = new byte[1 + random.nextInt(LARGEST_WRITE)];
    random.nextBytes(bytes);
    int choice = random.nextInt(20);
    if (index >= files.size()) {
      create(step);
      return;
    }
    Acknowledged file = files.get(index);
    switch (choice) {
      case 0 -> {
        Files.delete(file.path);
        files.remove(file);
      }
      case 1, 2 -> copy(file, step);
      case 3, 4 -> file.truncate(position);
      case 5, 6 -> attempt(() -> force(file));
      case 7 -> attempt(() -> hostPath(file));
      case 8, 9, 10, 11, 12, 13 -> file.write(bytes, (int) file.size());
      default -> file.write(bytes, position);
    }
    if (files.contains(file)) {
      file.check();
      if (file.size() > LARGEST_FILE) {
        file.truncate(position);
      }
    }
  }

  @FunctionalInterface
  private interface Attempt {
    void run() throws IOException;
  }

  /** Returns whether it was not refused. */
  private boolean attempt(Attempt attempt) throws IOException {
    try {
      attempt.run();
      return true;
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left on device");
      refused++;
      return false;
    }
  }

  private void create(int step) throws IOException {
    Path path = directory.resolve("file" + step);
    if (attempt(() -> Files.createFile(path))) {
      files.add(new Acknowledged(path, new byte[0]));
    } else {
      assertThat(path).doesNotExist();
    }
  }

  private void copy(Acknowledged file, int step) throws IOException {
    Path path = directory.resolve("copy" + step);
    if (files.size() < FILES) {
      if (attempt(() -> Files.copy(file.path, path))) {
        files.add(new Acknowledged(path, file.bytes));
      } else {
        assertThat(path).doesNotExist();
      }
    }
  }

  private static void force(Acknowledged file) throws IOException {
    try (FileChannel channel = FileChannel.open(file.path, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  private static void hostPath(Acknowledged file) throws IOException {
    Files.getFileAttributeView(file.path, TmpFileAttributeView.class).hostPath();
  }

  /** A file, and the bytes it was said to have. */
  private final class Acknowledged {
    private final Path path;
    private byte[] bytes;

    Acknowledged(Path path, byte[] bytes) {
      this.path = path;
      this.bytes = bytes;
    }

    long size() throws IOException {
      return Files.size(path);
    }

    void write(byte[] source, int position) throws IOException {
      byte[] after = Arrays.copyOf(bytes, Math.max(bytes.length, position + source.length));
      System.arraycopy(source, 0, after, position, source.length);
      boolean done =
          attempt(
              () -> {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                  ByteBuffer left = ByteBuffer.wrap(source);
                  while (left.hasRemaining()) {
                    channel.write(left, position + left.position());
                  }
                }
              });
      bytes = done ? after : oldOrNew(after, position, position + source.length);
    }

    /** Returns what a refused write has left, if it is what it may be. */
    private byte[] oldOrNew(byte[] after, int start, int end) throws IOException {
      byte[] found = Files.readAllBytes(path);
      assertThat(found.length).isBetween(bytes.length, after.length);
      for (int i = 0; i < found.length; i++) {
        byte old = i < bytes.length ? bytes[i] : 0;
        if (found[i] != old && (i < start || i >= end || found[i] != after[i])) {
          throw new AssertionError(path + " has " + found[i] + " at " + i + ", not " + old);
        }
      }
      return found;
    }

    void truncate(int size) throws IOException {
      boolean done =
          attempt(
              () -> {
                try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                  channel.truncate(size);
                }
              });
      // the truncation may have been done, and what was gathered before refused at the close
      if (done || Files.size(path) != bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(bytes.length, size));
      }
    }

    void check() throws IOException {
      byte[] found = Files.readAllBytes(path);
      assertThat(Arrays.mismatch(found, bytes))
          .as("first difference of %s, %d bytes of %d", path, found.length, bytes.length)
          .isEqualTo(-1);
    }
  }
}
