package io.github.niotmp.examples;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipException;

/** Copies a mounted zip archive, entry by entry, to a directory of another file system. */
final class Unpacker extends SimpleFileVisitor<Path> {
  private final Path from;
  private final Path to;
  private final Progress progress;
  private long entries;
  private long bytes;

  Unpacker(Path from, Path to, Progress progress) {
    this.from = from;
    this.to = to;
    this.progress = progress;
  }

  /** Returns the bytes of all files below a directory. */
  static long sizeOf(Path directory) throws IOException {
    LongAdder size = new LongAdder();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            size.add(attributes.size());
            return FileVisitResult.CONTINUE;
          }
        });
    return size.sum();
  }

  /** Returns how many files and directories were created. */
  long entries() {
    return entries;
  }

  /** Returns how many bytes were written to files. */
  long bytes() {
    return bytes;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
      throws IOException {
    if (!directory.equals(from)) {
      Files.createDirectory(target(directory));
      entries++;
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    try (CheckedInputStream in = new CheckedInputStream(Files.newInputStream(file), new CRC32())) {
      bytes += Files.copy(progress.of(in), target(file));
      verify(file, in.getChecksum().getValue());
    } catch (ZipException | EOFException e) {
      throw corrupt(file, ErrorLine.of(e));
    }
    entries++;
    return FileVisitResult.CONTINUE;
  }

  private Path target(Path source) {
    return to.resolve(from.relativize(source).toString());
  }

  /** Verifies the checksum of an entry, which the JDK's zipfs reads and does not verify. */
  private static void verify(Path file, long checksum) throws IOException {
    if (!Files.getAttribute(file, "zip:crc").equals(checksum)) {
      throw corrupt(file, "its checksum is wrong");
    }
  }

  private static FileSystemException corrupt(Path file, String reason) {
    return new FileSystemException(file.toString(), null, "entry is corrupt: " + reason);
  }
}
