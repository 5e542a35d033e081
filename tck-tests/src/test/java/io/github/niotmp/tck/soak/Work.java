package io.github.niotmp.tck.soak;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.FileLock;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * What one thread does: operations at random on files in a directory of its own in each file
 * system, with the bytes that each file should have beside them.
 */
final class Work implements Callable<Void> {
  private static final int MOST_FILES = 40;
  private static final int SMALL = 3_000;
  private static final int MEDIUM = 100_000;
  private static final int LARGE = 2_500_000;

  private final Random random;
  private final long operations;
  private final List<Path> directories;

  /** The bytes of each file that is there. */
  private final Map<Path, byte[]> model = new HashMap<>();

  private int next;

  /**
   * Makes the directories.
   *
   * @param roots the root of each file system
   */
  Work(String name, long seed, long operations, List<Path> roots) throws IOException {
    this.random = new Random(seed);
    this.operations = operations;
    this.directories = roots.stream().map(root -> root.resolve(name)).toList();
    for (Path directory : directories) {
      Files.createDirectory(directory);
    }
  }

  @Override
  public Void call() throws Exception {
    for (long i = 0; i < operations; i++) {
      step();
    }
    for (Path file : List.copyOf(model.keySet())) {
      check(file);
      delete(file);
    }
    for (Path directory : directories) {
      assertThat(names(directory)).isEmpty();
      Files.delete(directory);
    }
    return null;
  }

  private void step() throws Exception {
    Path file = file();
    switch (random.nextInt(18)) {
      case 0, 1, 2 -> create();
      case 3 -> write(file);
      case 4 -> append(file);
      case 5 -> overwrite(file);
      case 6 -> truncate(file);
      case 7, 8 -> check(file);
      case 9 -> delete(file);
      case 10 -> move(file);
      case 11 -> copy(file);
      case 12 -> map(file);
      case 13 -> transfer(file);
      case 14 -> attributes(file);
      case 15 -> hostPath(file);
      case 16 -> asynchronously(file);
      default -> rarely();
    }
  }

  private void rarely() throws Exception {
    switch (random.nextInt(5)) {
      case 0 -> persist();
      case 1 -> unnamed();
      case 2 -> fileSystem();
      case 3 -> list();
      default -> lock(file());
    }
  }

  /** Returns a file that is there. */
  private Path file() throws IOException {
    if (model.isEmpty()) {
      create();
    }
    return model.keySet().stream().skip(random.nextInt(model.size())).findFirst().orElseThrow();
  }

  private Path freshName() {
    return directories.get(random.nextInt(directories.size())).resolve("file" + next++);
  }

  private byte[] bytes() {
    int size =
        switch (random.nextInt(40)) {
          case 0 -> random.nextInt(LARGE);
          case 1, 2, 3, 4 -> random.nextInt(MEDIUM);
          case 5 -> 0;
          default -> random.nextInt(SMALL);
        };
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }

  private void create() throws IOException {
    if (model.size() >= MOST_FILES) {
      delete(file());
    }
    Path file = freshName();
    byte[] bytes = bytes();
    Files.write(file, bytes, CREATE_NEW);
    model.put(file, bytes);
  }

  private void write(Path file) throws IOException {
    byte[] bytes = bytes();
    try (OutputStream out = Files.newOutputStream(file, CREATE, TRUNCATE_EXISTING)) {
      for (int at = 0; at < bytes.length; at += 10_000) {
        out.write(bytes, at, Math.min(10_000, bytes.length - at));
      }
    }
    model.put(file, bytes);
  }

  private byte[] bytesOf(Path file) {
    return model.getOrDefault(file, new byte[0]);
  }

  private void append(Path file) throws IOException {
    byte[] more = bytes();
    byte[] before = bytesOf(file);
    if (before.length + more.length > LARGE) {
      return;
    }
    Files.write(file, more, APPEND);
    byte[] after = Arrays.copyOf(before, before.length + more.length);
    System.arraycopy(more, 0, after, before.length, more.length);
    model.put(file, after);
  }

  private void overwrite(Path file) throws IOException {
    byte[] before = bytesOf(file);
    int position = random.nextInt(before.length + 5_000);
    byte[] some = new byte[random.nextInt(5_000) + 1];
    random.nextBytes(some);
    byte[] after = Arrays.copyOf(before, Math.max(before.length, position + some.length));
    System.arraycopy(some, 0, after, position, some.length);
    try (FileChannel channel = FileChannel.open(file, READ, WRITE)) {
      channel.write(ByteBuffer.wrap(some), position);
      assertThat(channel.size()).isEqualTo(after.length);
    }
    model.put(file, after);
  }

  private void truncate(Path file) throws IOException {
    byte[] before = bytesOf(file);
    int size = random.nextInt(before.length + 1);
    try (FileChannel channel = FileChannel.open(file, WRITE)) {
      channel.truncate(size);
    }
    model.put(file, Arrays.copyOf(before, size));
  }

  private void check(Path file) throws IOException {
    byte[] expected = bytesOf(file);
    assertThat(Files.size(file)).as("%s", file.toUri()).isEqualTo(expected.length);
    byte[] found;
    if (random.nextBoolean()) {
      found = Files.readAllBytes(file);
    } else {
      try (InputStream in = Files.newInputStream(file)) {
        found = in.readAllBytes();
      }
    }
    assertThat(Arrays.equals(found, expected)).as("the bytes of %s", file.toUri()).isTrue();
  }

  private void delete(Path file) throws IOException {
    Files.delete(file);
    model.remove(file);
    assertThat(Files.exists(file)).isFalse();
  }

  private void move(Path file) throws IOException {
    Path target = freshName();
    Files.move(file, target);
    model.put(target, bytesOf(file));
    model.remove(file);
    check(target);
  }

  private void copy(Path file) throws IOException {
    if (model.size() >= MOST_FILES) {
      return;
    }
    Path target = freshName();
    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
    model.put(target, bytesOf(file));
    check(target);
  }

  private void map(Path file) throws IOException {
    byte[] expected = bytesOf(file);
    try (FileChannel channel = FileChannel.open(file, READ)) {
      byte[] found = new byte[expected.length];
      channel.map(MapMode.READ_ONLY, 0, expected.length).get(found);
      assertThat(Arrays.equals(found, expected)).as("mapped %s", file.toUri()).isTrue();
    }
  }

  private void transfer(Path file) throws IOException {
    if (model.size() >= MOST_FILES) {
      return;
    }
    Path target = freshName();
    byte[] expected = bytesOf(file);
    try (FileChannel from = FileChannel.open(file, READ);
        FileChannel to = FileChannel.open(target, CREATE_NEW, WRITE)) {
      for (long at = 0; at < expected.length; ) {
        at += from.transferTo(at, expected.length - at, to);
      }
    }
    model.put(target, expected);
    check(target);
  }

  private void attributes(Path file) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(file, UserDefinedFileAttributeView.class);
    if (view == null) {
      return;
    }
    byte[] value = new byte[random.nextInt(500) + 1];
    random.nextBytes(value);
    view.write("key", ByteBuffer.wrap(value));
    ByteBuffer found = ByteBuffer.allocate(value.length);
    view.read("key", found);
    assertThat(found.array()).isEqualTo(value);
    view.delete("key");
  }

  private void hostPath(Path file) throws IOException {
    if (random.nextInt(4) > 0) {
      return;
    }
    Path real;
    try {
      real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
    } catch (FileSystemException e) {
      assertThat(e.getReason()).startsWith("Mapped without a name"); // the documented refusal
      return;
    }
    assertThat(Arrays.equals(Files.readAllBytes(real), bytesOf(file))).as("%s", real).isTrue();
  }

  private void asynchronously(Path file) throws Exception {
    byte[] expected = bytesOf(file);
    ByteBuffer found = ByteBuffer.allocate(expected.length);
    try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, READ)) {
      int count = 0;
      while (found.hasRemaining() && count >= 0) {
        count = channel.read(found, found.position()).get();
      }
    }
    assertThat(Arrays.equals(found.array(), expected)).as("read %s", file.toUri()).isTrue();
  }

  private void persist() throws IOException {
    if (model.size() >= MOST_FILES) {
      return;
    }
    byte[] bytes = bytes();
    Path target = freshName();
    Path directory = directories.get(random.nextInt(directories.size()));
    try (TempFile file = TempFile.create(TempOptions.defaults().directory(directory))) {
      file.newOutputStream().write(bytes);
      file.persist(target);
    }
    model.put(target, bytes);
    check(target);
  }

  private void unnamed() throws IOException {
    byte[] bytes = bytes();
    Path directory = directories.get(random.nextInt(directories.size()));
    try (TempFile file = TempFile.createUnnamed(TempOptions.defaults().directory(directory))) {
      file.newOutputStream().write(bytes);
      assertThat(Arrays.equals(file.newInputStream().readAllBytes(), bytes)).isTrue();
    }
  }

  /** A file system of its own, which is closed with all that is in it. */
  private void fileSystem() throws IOException {
    String storage = random.nextInt(3) == 0 ? "host" : "spooled";
    try (FileSystem own = TmpFileSystems.open(Map.of("storage", storage))) {
      for (int i = 0; i < 5; i++) {
        byte[] bytes = bytes();
        Path file = Files.write(own.getPath("/file" + i), bytes);
        assertThat(Arrays.equals(Files.readAllBytes(file), bytes)).isTrue();
      }
    }
  }

  private void list() throws IOException {
    for (Path directory : directories) {
      List<String> expected =
          model.keySet().stream()
              .filter(file -> directory.equals(file.getParent()))
              .map(file -> String.valueOf(file.getFileName()))
              .toList();
      assertThat(names(directory)).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  private static List<String> names(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(entry -> String.valueOf(entry.getFileName())).toList();
    }
  }

  private void lock(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        FileLock lock = channel.lock()) {
      assertThat(lock.isValid()).isTrue();
    }
  }
}
