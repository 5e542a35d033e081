package io.github.niotmp.tck.fault;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Two files, a change of one of them, and what is done after it. */
record Workload(String name, Part change, Part then) {
  private static final int SMALL = 5;
  private static final int LARGE = 70_000;

  /** Does some steps with the files "a" and "b", as far as they are there. */
  @FunctionalInterface
  interface Part {
    void run(Work work) throws IOException;
  }

  /** Returns fifty. */
  static List<Workload> all() {
    Map<String, Part> changes = new LinkedHashMap<>();
    changes.put("append a little", work -> append(work, SMALL));
    changes.put("append much", work -> append(work, LARGE));
    changes.put("overwrite", work -> write(work, 3, SMALL));
    changes.put("write far out", work -> write(work, LARGE, SMALL));
    changes.put("truncate", work -> truncate(work, 4));
    changes.put("truncate and write", Workload::truncateAndWrite);
    changes.put("copy", Workload::copy);
    changes.put("move", Workload::move);
    changes.put("replace", Workload::replace);
    changes.put("transfer", Workload::transfer);
    Map<String, Part> then = new LinkedHashMap<>();
    then.put("delete", Workload::delete);
    then.put("list and touch", Workload::listAndTouch);
    then.put("write to a file that goes at the close", Workload::writeToOneThatGoes);
    then.put("write without a name", Workload::writeWithoutName);
    then.put("make and remove a tree", Workload::makeAndRemoveTree);
    List<Workload> all = new ArrayList<>();
    changes.forEach(
        (first, change) ->
            then.forEach(
                (second, part) -> all.add(new Workload(first + ", " + second, change, part))));
    return all;
  }

  void run(Work work) throws IOException {
    create(work, "a", 10);
    create(work, "b", 200);
    if (work.has("a") && work.has("b")) {
      change.run(work);
      then.run(work);
    }
  }

  @Override
  public String toString() {
    return name;
  }

  private static void create(Work work, String name, int length) throws IOException {
    byte[] bytes = work.bytes(length);
    work.change(
        name,
        bytes,
        () -> Files.write(work.path(name), bytes),
        (before, left) -> isStart(left, bytes));
  }

  private static boolean isStart(byte @Nullable [] left, byte[] bytes) {
    return left != null && Arrays.mismatch(left, bytes) == left.length;
  }

  private static void append(Work work, int length) throws IOException {
    byte[] more = work.bytes(length);
    byte[] before = work.bytesOf("a");
    byte[] after = Arrays.copyOf(before, before.length + length);
    System.arraycopy(more, 0, after, before.length, length);
    work.change(
        "a",
        after,
        () -> {
          try (OutputStream stream = Files.newOutputStream(work.path("a"), APPEND)) {
            stream.write(more);
          }
        },
        (old, left) -> left != null && left.length >= before.length && isStart(left, after));
  }

  private static void write(Work work, int position, int length) throws IOException {
    byte[] bytes = work.bytes(length);
    byte[] before = work.bytesOf("a");
    byte[] after = Arrays.copyOf(before, Math.max(before.length, position + length));
    System.arraycopy(bytes, 0, after, position, length);
    work.change(
        "a",
        after,
        () -> {
          try (FileChannel channel = FileChannel.open(work.path("a"), WRITE)) {
            writeFully(channel, ByteBuffer.wrap(bytes), position);
            channel.force(true);
          }
        });
  }

  private static void writeFully(FileChannel channel, ByteBuffer source, long position)
      throws IOException {
    while (source.hasRemaining()) {
      channel.write(source, position + source.position());
    }
  }

  private static void truncate(Work work, int size) throws IOException {
    byte[] before = work.bytesOf("a");
    work.change(
        "a",
        Arrays.copyOf(before, Math.min(size, before.length)),
        () -> {
          try (FileChannel channel = FileChannel.open(work.path("a"), WRITE)) {
            channel.truncate(size);
          }
        });
  }

  private static void truncateAndWrite(Work work) throws IOException {
    truncate(work, 0);
    if (work.bytesOf("a").length == 0) {
      append(work, LARGE);
    }
  }

  private static void copy(Work work) throws IOException {
    work.change("c", work.of("a"), () -> Files.copy(work.path("a"), work.path("c")));
    work.change(
        "b",
        work.of("a"),
        () -> Files.copy(work.path("a"), work.path("b"), REPLACE_EXISTING),
        (before, left) -> left == null);
  }

  private static void move(Work work) throws IOException {
    byte[] moved = work.of("a");
    if (work.attempt(() -> Files.move(work.path("a"), work.path("c")))) {
      work.change("a", null, () -> {});
      work.change("c", moved, () -> {});
    } else {
      bothOrOne(work, "c", moved, null);
    }
  }

  private static void replace(Work work) throws IOException {
    byte[] moved = work.of("a");
    byte[] replaced = work.of("b");
    if (work.attempt(() -> Files.move(work.path("a"), work.path("b"), REPLACE_EXISTING))) {
      work.change("a", null, () -> {});
      work.change("b", moved, () -> {});
    } else {
      bothOrOne(work, "b", moved, replaced);
    }
  }

  /** A refused move has its file under one of the names. */
  private static void bothOrOne(
      Work work, String target, byte @Nullable [] moved, byte @Nullable [] replaced)
      throws IOException {
    work.accept("a");
    work.accept(target);
    boolean stayed = Arrays.equals(work.of("a"), moved);
    boolean went = work.of("a") == null && Arrays.equals(work.of(target), moved);
    boolean left = work.of(target) == null || Arrays.equals(work.of(target), replaced);
    if (!went && !(stayed && left)) {
      throw new AssertionError("The refused move has lost its file");
    }
  }

  private static void transfer(Work work) throws IOException {
    byte[] before = work.bytesOf("a");
    byte[] source = work.bytesOf("b");
    byte[] after = Arrays.copyOf(before, before.length + source.length);
    System.arraycopy(source, 0, after, before.length, source.length);
    work.change(
        "a",
        after,
        () -> {
          try (FileChannel from = FileChannel.open(work.path("b"), READ);
              FileChannel to = FileChannel.open(work.path("a"), WRITE)) {
            long done = 0;
            while (done < source.length) {
              done += to.transferFrom(from, before.length + done, source.length - done);
              from.position(done);
            }
          }
        },
        (old, left) -> left != null && left.length >= before.length && isStart(left, after));
  }

  private static void delete(Work work) throws IOException {
    work.change("a", null, () -> Files.deleteIfExists(work.path("a")));
    work.change("b", null, () -> Files.deleteIfExists(work.path("b")));
  }

  private static void listAndTouch(Work work) throws IOException {
    work.attempt(
        () -> {
          try (DirectoryStream<Path> list = Files.newDirectoryStream(work.path(""))) {
            for (Path path : list) {
              Files.setLastModifiedTime(path, FileTime.fromMillis(0));
              Files.setAttribute(path, "lastAccessTime", FileTime.fromMillis(0));
              Files.getFileStore(path).getUsableSpace();
              Files.isSameFile(path, path.toRealPath());
            }
          }
        });
  }

  private static void writeToOneThatGoes(Work work) throws IOException {
    byte[] bytes = work.bytes(LARGE);
    work.attempt(
        () -> {
          try (FileChannel channel =
              FileChannel.open(work.path("goes"), CREATE, READ, WRITE, DELETE_ON_CLOSE)) {
            writeFully(channel, ByteBuffer.wrap(bytes), 0);
            ByteBuffer read = ByteBuffer.allocate(LARGE);
            while (read.hasRemaining() && channel.read(read, read.position()) > 0) {}
            if (!Arrays.equals(read.array(), bytes)) {
              throw new AssertionError("What was written does not read back");
            }
          }
        });
    if (Files.exists(work.path("goes"))) {
      Files.delete(work.path("goes")); // its deletion was refused
    }
  }

  private static void writeWithoutName(Work work) throws IOException {
    byte[] bytes = work.bytes(LARGE);
    work.attempt(
        () -> {
          Path path = work.path("unnamed");
          try (FileChannel channel = FileChannel.open(path, CREATE, READ, WRITE)) {
            Files.delete(path);
            writeFully(channel, ByteBuffer.wrap(bytes), 1);
          }
        });
    Files.deleteIfExists(work.path("unnamed"));
  }

  private static void makeAndRemoveTree(Work work) throws IOException {
    List<Path> tree =
        List.of(work.path("d"), work.path("d/e"), work.path("d/e/f"), work.path("d/l"));
    work.attempt(
        () -> {
          Files.createDirectory(tree.get(0));
          Files.createDirectory(tree.get(1));
          Files.write(tree.get(2), work.bytes(100));
          Files.createSymbolicLink(tree.get(3), tree.get(2).getFileName());
          Files.readSymbolicLink(tree.get(3));
          Files.delete(tree.get(3));
          Files.delete(tree.get(2));
          Files.delete(tree.get(1));
          Files.delete(tree.get(0));
        });
    for (Path path : List.of(tree.get(3), tree.get(2), tree.get(1), tree.get(0))) {
      try {
        Files.deleteIfExists(path);
      } catch (NoSuchFileException e) {
        // nor is there its directory
      }
    }
  }
}
