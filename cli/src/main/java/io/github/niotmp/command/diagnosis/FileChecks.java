package io.github.niotmp.command.diagnosis;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** Checks the file operations that the library needs, in a directory that belongs to the checks. */
final class FileChecks {
  /** The size of the files, in bytes. */
  static final int BYTES = 1 << 20;

  private static final int SHORT = 10;
  private static final int FAR = 100_000;

  private final Path directory;

  FileChecks(Path directory) {
    this.directory = directory;
  }

  static SeekableByteChannel create(Path file, OpenOption... more) throws IOException {
    Set<OpenOption> options = new HashSet<>(List.of(more));
    options.addAll(
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE));
    return Files.newByteChannel(file, options, OwnerOnly.file(file));
  }

  private Path create(String name, byte[] bytes) throws IOException {
    Path file = directory.resolve(name);
    try (SeekableByteChannel channel = create(file)) {
      write(channel, bytes);
    }
    return file;
  }

  Check write() throws IOException {
    try (SeekableByteChannel file = create(directory.resolve("write"))) {
      return write(file);
    }
  }

  Check gap() throws IOException {
    try (SeekableByteChannel file = create(directory.resolve("gap"))) {
      return gap(file);
    }
  }

  static Check write(SeekableByteChannel file) throws IOException {
    byte[] bytes = random(BYTES);
    write(file, bytes);
    file.position(0);
    if (!Arrays.equals(bytes, read(file, BYTES))) {
      throw new FileSystemException(null, null, "A file reads other bytes than were written");
    }
    return Check.ok(Subject.WRITE, "1 MiB reads as written");
  }

  /** Truncates a file, and writes beyond its end. */
  static Check gap(SeekableByteChannel file) throws IOException {
    write(file, random(BYTES));
    file.truncate(SHORT);
    if (file.size() != SHORT) {
      throw new FileSystemException(null, null, "A truncated file keeps its size");
    }
    file.position(FAR);
    write(file, new byte[] {1});
    file.position(SHORT);
    if (!Arrays.equals(new byte[FAR - SHORT], read(file, FAR - SHORT))) {
      throw new FileSystemException(
          null, null, "Bytes that were never written, or were cut, do not read as zeros");
    }
    return Check.ok(Subject.GAP, "cut bytes stay cut, bytes never written are zeros");
  }

  /** Locks the same bytes through two channels. */
  Check locks() throws IOException {
    Path file = create("lock", new byte[1]);
    try (FileChannel first = FileChannel.open(file, StandardOpenOption.WRITE);
        FileChannel second = FileChannel.open(file, StandardOpenOption.WRITE)) {
      return isLocked(first) && !isLocked(second)
          ? Check.ok(Subject.LOCKS, "a second lock of the same bytes is refused")
          : Check.limit(Subject.LOCKS, "locks have no effect");
    } catch (UnsupportedOperationException e) {
      return Check.limit(Subject.LOCKS, "no file locks");
    }
  }

  /** Locks a file until its channel closes, if it can. */
  private static boolean isLocked(FileChannel file) throws IOException {
    try {
      FileLock lock = file.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Moves a file over another one. */
  Check rename() throws IOException {
    byte[] bytes = random(SHORT);
    Path source = create("source", bytes);
    Path target = create("target", random(SHORT));
    try {
      Files.move(
          source, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      return Check.limit(Subject.RENAME, "no atomic rename");
    }
    if (Files.exists(source) || !Arrays.equals(bytes, Files.readAllBytes(target))) {
      throw new FileSystemException(null, null, "A rename left the source, or other bytes");
    }
    return Check.ok(Subject.RENAME, "a file replaces another one in one step");
  }

  /** Deletes a file that is open. */
  Check unlink() throws IOException {
    byte[] bytes = random(SHORT);
    Path path = directory.resolve("open");
    try (SeekableByteChannel file = create(path)) {
      write(file, bytes);
      if (!isDeleted(path)) {
        return unlink("kept", "a file keeps its name while it is open");
      }
      return isReadable(file, bytes)
          ? unlink("readable", "an open file stays readable without its name")
          : Check.limit(
              Subject.UNLINK,
              "open files end with their names",
              Map.of("openFile", "lost"),
              List.of("an open file cannot be read once its name is deleted"));
    }
  }

  private static Check unlink(String openFile, String finding) {
    return Check.ok(Subject.UNLINK, Map.of("openFile", openFile), List.of(finding));
  }

  /** Deletes an open file; returns whether it has no name now. Some providers refuse or defer. */
  private static boolean isDeleted(Path open) {
    try {
      Files.delete(open);
      return Files.notExists(open);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isReadable(SeekableByteChannel file, byte[] expected) {
    try {
      file.position(0);
      return Arrays.equals(expected, read(file, expected.length));
    } catch (IOException e) {
      return false;
    }
  }

  private static byte[] random(int count) {
    byte[] bytes = new byte[count];
    new Random().nextBytes(bytes);
    return bytes;
  }

  private static void write(SeekableByteChannel file, byte[] bytes) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    while (source.hasRemaining()) {
      file.write(source);
    }
  }

  /** Returns the next bytes; fewer if the file ends before. */
  private static byte[] read(SeekableByteChannel file, int count) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(count);
    int read;
    do {
      read = file.read(target);
    } while (read >= 0 && target.hasRemaining());
    return Arrays.copyOf(target.array(), target.position());
  }
}
