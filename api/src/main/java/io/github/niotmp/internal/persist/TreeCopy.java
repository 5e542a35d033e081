package io.github.niotmp.internal.persist;

import io.github.niotmp.PersistProgress;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Copies the entries of a tree: bytes, links, permissions and times, as far as the target's file
 * system supports them. Each hard link becomes a file of its own. It creates each entry and never
 * writes to an existing one.
 *
 * <p>It keeps no directory open while it copies another, so that depth costs no descriptors.
 */
final class TreeCopy {
  private static final int CHUNK = 1 << 20;

  private final Path source;
  private final @Nullable PersistProgress progress;
  private final boolean syncing;
  private long copied;
  private long total;

  TreeCopy(Path source, PersistPlan plan) {
    this.source = source;
    progress = plan.progress();
    syncing = plan.sync();
  }

  /** A directory, its copy, and whether its entries have been copied. */
  private record Pending(Path from, Path to, boolean filled) {}

  /**
   * Copies.
   *
   * @param target an empty directory, which keeps its permissions
   * @throws ClosedByInterruptException if this thread is interrupted; its interrupt flag stays set
   */
  void to(Path target) throws IOException {
    if (progress != null) {
      total = size();
    }
    Deque<Pending> pending = new ArrayDeque<>();
    pending.push(new Pending(source, target, false));
    while (!pending.isEmpty()) {
      Pending next = pending.pop();
      if (next.filled) {
        if (syncing) {
          Sync.directory(next.to);
        }
        // last, because each new entry changes the time, and a read-only directory accepts no entry
        copyAttributes(next.from, next.to, !next.to.equals(target));
      } else {
        pending.push(new Pending(next.from, next.to, true));
        fill(next, pending);
      }
    }
  }

  private void fill(Pending directory, Deque<Pending> pending) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory.from)) {
      for (Path entry : entries) {
        checkInterrupt();
        Path copy = child(directory.to, entry);
        BasicFileAttributes attributes = attributes(entry);
        if (attributes.isDirectory()) {
          OwnerOnly.createDirectory(copy, false);
          pending.push(new Pending(entry, copy, false));
        } else if (attributes.isSymbolicLink()) {
          copyLink(entry, copy);
        } else if (attributes.isRegularFile()) {
          copyFile(entry, copy);
        } else {
          throw new FileSystemException(
              entry.toString(), null, "Only files, directories and links can be copied");
        }
      }
    }
  }

  /**
   * Returns the child's path in the copy; refuses a name that the other file system parses as
   * several names or none.
   */
  private static Path child(Path directory, Path entry) throws FileSystemException {
    String name = entry.getFileName().toString();
    Path child;
    try {
      child = directory.resolve(name);
    } catch (InvalidPathException e) {
      throw noName(entry, directory, e.getReason());
    }
    if (!directory.equals(child.getParent()) || !child.getFileName().toString().equals(name)) {
      throw noName(entry, directory, "it would parse it as several names");
    }
    return child;
  }

  private static FileSystemException noName(Path entry, Path directory, String reason) {
    return new FileSystemException(
        entry.toString(), directory.toString(), "The target can have no such name: " + reason);
  }

  private static void copyLink(Path entry, Path copy) throws IOException {
    String text = Files.readSymbolicLink(entry).toString();
    try {
      Files.createSymbolicLink(copy, copy.getFileSystem().getPath(text));
    } catch (UnsupportedOperationException | InvalidPathException e) {
      FileSystemException refusal =
          new FileSystemException(
              entry.toString(), copy.toString(), "The target can have no such link: " + text);
      refusal.initCause(e);
      throw refusal;
    }
  }

  private void copyFile(Path entry, Path copy) throws IOException {
    try (SeekableByteChannel in = Files.newByteChannel(entry, reading());
        SeekableByteChannel out =
            Files.newByteChannel(
                copy,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                OwnerOnly.file(copy))) {
      copyBytes(in, out);
      if (syncing && out instanceof FileChannel channel) {
        channel.force(true);
      }
    }
    copyAttributes(entry, copy, true);
  }

  /** Other providers, such as zipfs, may refuse the second. */
  private Set<OpenOption> reading() {
    return source.getFileSystem() == FileSystems.getDefault()
        ? Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)
        : Set.of(StandardOpenOption.READ);
  }

  private void copyBytes(SeekableByteChannel in, SeekableByteChannel out) throws IOException {
    if (in instanceof FileChannel from && out instanceof FileChannel to) {
      long at = 0;
      for (long count = CHUNK; count > 0; at += count) {
        count = from.transferTo(at, CHUNK, to);
        report(count);
      }
      return;
    }
    ByteBuffer buffer = ByteBuffer.allocate(CHUNK);
    while (in.read(buffer) >= 0) {
      buffer.flip();
      long count = buffer.remaining();
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      buffer.clear();
      report(count);
    }
  }

  private void report(long count) throws ClosedByInterruptException {
    checkInterrupt();
    copied += count;
    if (progress != null && count > 0) {
      progress.copied(copied, Math.max(copied, total));
    }
  }

  private static void checkInterrupt() throws ClosedByInterruptException {
    if (Thread.currentThread().isInterrupted()) {
      throw new ClosedByInterruptException();
    }
  }

  private static void copyAttributes(Path from, Path to, boolean withPermissions)
      throws IOException {
    Set<PosixFilePermission> permissions = withPermissions ? permissions(from) : null;
    PosixFileAttributeView posix =
        Files.getFileAttributeView(to, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    BasicFileAttributes times = attributes(from);
    BasicFileAttributeView basic =
        Files.getFileAttributeView(to, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (basic != null) {
      basic.setTimes(times.lastModifiedTime(), times.lastAccessTime(), null);
    }
    if (permissions != null && posix != null) {
      posix.setPermissions(permissions);
    }
  }

  private static @Nullable Set<PosixFilePermission> permissions(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      return null;
    }
    return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
        .permissions();
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  private long size() throws IOException {
    long bytes = 0;
    Deque<Path> pending = new ArrayDeque<>();
    pending.push(source);
    while (!pending.isEmpty()) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(pending.pop())) {
        for (Path entry : entries) {
          checkInterrupt();
          BasicFileAttributes attributes = attributes(entry);
          if (attributes.isDirectory()) {
            pending.push(entry);
          } else if (attributes.isRegularFile()) {
            bytes += attributes.size();
          }
        }
      }
    }
    return bytes;
  }
}
