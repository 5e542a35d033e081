package io.github.niotmp.tck.forked;

import io.github.niotmp.TmpFileAttributeView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes spilled files, files that other programs see and trees on the host, over and over, and
 * looks whether they stay as they are, until its input has something or ends, as it does with the
 * process that started it, or until it is killed.
 */
final class WriteUntilKilled {
  /** What spilled files are full of: none may be found on the host. */
  static final byte SPILLED = 'S';

  /** What is full of this may be found there. */
  static final byte SHOWN = 'H';

  private static final int FILES = 8;
  private static final int LARGEST = 100_000;

  private WriteUntilKilled() {}

  /**
   * Takes the directory for spill files, and how many milliseconds to rest between writes; prints a
   * line when it begins.
   */
  public static void main(String[] arguments) throws IOException {
    long rest = TimeUnit.MILLISECONDS.toNanos(Long.parseLong(arguments[1]));
    try (FileSystem tmp =
            FileSystems.newFileSystem(
                URI.create("tmp://killed"),
                Map.of(
                    "directory", arguments[0], "spoolThreshold", "4KiB", "memoryBudget", "64KiB"));
        FileSystem real =
            FileSystems.newFileSystem(
                URI.create("tmp://real"), Map.of("directory", arguments[0], "storage", "host"))) {
      SplittableRandom random = new SplittableRandom();
      AtomicBoolean over = endWithInput();
      System.out.println("running");
      while (!over.get()) {
        String name = String.valueOf(random.nextInt(FILES));
        spill(tmp.getPath("/spilled" + name), random);
        show(tmp.getPath("/shown" + name), random);
        grow(real.getPath("/tree" + name), random);
        LockSupport.parkNanos(rest);
      }
    }
  }

  /** Reads in a thread of its own: {@code available} does not tell an end from a pause. */
  private static AtomicBoolean endWithInput() {
    AtomicBoolean over = new AtomicBoolean();
    Thread reader =
        new Thread(
            () -> {
              try {
                System.in.read();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              } finally {
                over.set(true);
              }
            },
            "input");
    reader.setDaemon(true);
    reader.start();
    return over;
  }

  private static void spill(Path file, SplittableRandom random) throws IOException {
    byte[] bytes = full(SPILLED, random);
    Files.write(file, bytes);
    require(Arrays.equals(Files.readAllBytes(file), bytes), file);
    if (random.nextBoolean()) {
      Files.delete(file);
    }
  }

  private static void show(Path file, SplittableRandom random) throws IOException {
    byte[] bytes = full(SHOWN, random);
    Files.write(file, bytes);
    Path real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
    require(Arrays.equals(Files.readAllBytes(real), bytes), real);
    if (random.nextBoolean()) {
      Files.delete(file);
      require(Files.notExists(real), real);
    }
  }

  private static void grow(Path tree, SplittableRandom random) throws IOException {
    Path file = Files.createDirectories(tree.resolve("a/b")).resolve("file");
    byte[] bytes = full(SHOWN, random);
    Files.write(file, bytes);
    require(Arrays.equals(Files.readAllBytes(file), bytes), file);
    if (random.nextBoolean()) {
      Files.delete(file);
    }
  }

  private static byte[] full(byte what, SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(LARGEST)];
    Arrays.fill(bytes, what);
    return bytes;
  }

  private static void require(boolean expected, Path file) {
    if (!expected) {
      throw new IllegalStateException(file + " is not what it was");
    }
  }
}
