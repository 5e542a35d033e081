package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.file.NamedFile;
import io.github.niotmp.internal.file.OwnedFile;
import io.github.niotmp.internal.file.OwnedInput;
import io.github.niotmp.internal.file.OwnedOutput;
import io.github.niotmp.internal.foreign.CallerFailure;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.persist.ContentCopy;
import io.github.niotmp.internal.persist.FilePersister;
import io.github.niotmp.internal.persist.PersistTarget;
import io.github.niotmp.internal.spi.OwnedChannel;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.ref.Reference;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An open temporary file, which is removed when it is closed.
 *
 * <pre>{@code
 * try (TempFile upload = TempFile.create()) {
 *   request.transferTo(upload.newOutputStream());
 *   try (InputStream again = upload.newInputStream()) {
 *     again.readAllBytes();
 *   }
 *   upload.persist(target); // or it vanishes
 * }
 * }</pre>
 *
 * <p>The file is created under a new name, never over an existing file. By default it is in the
 * default {@code tmp:} file system, which keeps a small file in memory and a large one in an
 * unlinked file on the disk. {@link TempOptions#directory(Path)} sets another directory.
 *
 * <h2>One file</h2>
 *
 * <p>If the file has a name, each method uses the file that currently has the name: also after
 * another program replaced it, as editors and {@code sed -i} do, and after {@link
 * Files#copy(InputStream, Path, java.nio.file.CopyOption...)} or {@link Files#move} with {@link
 * StandardCopyOption#REPLACE_EXISTING}. {@link #channel()}, and streams and writers created
 * earlier, switch to that file too. If the name was removed, the methods throw {@link
 * java.nio.file.NoSuchFileException}; the channel, streams and writers stay on the open file, so
 * that its bytes can be saved. A file without a name exists as long as its channel.
 *
 * <p>Each byte that a stream or writer accepts is visible at once through the name, the channel and
 * all streams, unless {@link TempOptions#bufferSize} sets a buffer. A writer holds back at most the
 * first half of a surrogate pair.
 *
 * <p>This object and its channel are safe for use by any number of threads; one thread at a time
 * may use a stream, reader or writer. Arguments must not be null. After {@link #close()}, {@link
 * #persist} or a detach each method except {@link #path()} throws {@link IllegalStateException}.
 * Channels and streams throw {@link java.nio.channels.ClosedChannelException} once the file is
 * closed; a detached file stays open until its stream or channel is closed. The interrupt of a
 * thread in the channel closes the channel, as {@link java.nio.channels.InterruptibleChannel}
 * specifies; a file with a name is still usable afterwards.
 *
 * <h2>Security</h2>
 *
 * <p>The creating call sets mode 0600, the name contains 128 random bits, and child processes do
 * not inherit the handle. Names in {@code tmp:} file systems never reach the host's disk. A
 * symbolic link in the place of the file is not followed. On the host, another user's file in the
 * place counts as a removed name, and so does any other file in a directory that other users can
 * write to; under the sticky bit, as in {@code /tmp}, a new file of the same owner is used if it
 * has no second hard link.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The library removes the file once this object, its channel and its streams are collected, and
 * reports this through {@link System.Logger} {@code io.github.niotmp}; otherwise the exit of the
 * JVM removes it. If the JVM is killed, a named file in a directory of the host stays; a file in a
 * {@code tmp:} file system does not.
 */
public final class TempFile implements Closeable {
  private static final Set<OpenOption> READ_WRITE =
      Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);

  /** The options of streams and writers. */
  private static final Set<OpenOption> WRITING =
      Set.of(
          StandardOpenOption.WRITE,
          StandardOpenOption.APPEND,
          StandardOpenOption.TRUNCATE_EXISTING);

  private final Path place;
  private final boolean named;
  private final TempOptions options;
  private final OwnedFile file;

  /**
   * Held while the file is persisted or detached. A second thread waits, and then finds the file
   * closed or detached.
   */
  private final ReentrantLock persisting = new ReentrantLock();

  /** Null if the file has no name to remove and its channel reports that it was not closed. */
  private final @Nullable Cleanup cleanup;

  private volatile State state = State.OPEN;

  private enum State {
    OPEN("is open"),
    GIVEN_AWAY("was given away"),
    CLOSED("is closed");

    private final String text;

    State(String text) {
      this.text = text;
    }
  }

  /** Takes over a file with a name. */
  private TempFile(Path path, NamedFile opened, TempOptions options) {
    place = path;
    named = true;
    this.options = options;
    file = OwnedFile.named(opened, path, options.bufferSize(), this);
    cleanup = Cleanup.of(this, path, options.cleanup(), () -> ForeignProvider.deleteIfExists(path));
  }

  /** Takes over a file without a name. */
  private TempFile(NewFile created, TempOptions options) {
    place = created.path();
    named = false;
    this.options = options;
    file = OwnedFile.unnamed(created.channel(), place, options.bufferSize());
    List<Path> left = created.leftName();
    cleanup =
        created.channel() instanceof OwnedChannel
            ? null
            : Cleanup.of(
                this, place, left.isEmpty() ? null : left.get(0), true, () -> deleteAll(left));
  }

  private static void deleteAll(List<Path> names) throws IOException {
    for (Path name : names) {
      ForeignProvider.deleteIfExists(name);
    }
  }

  /**
   * Creates a file with a name, in the default {@code tmp:} file system.
   *
   * <pre>{@code
   * try (TempFile draft = TempFile.create()) {
   *   Files.writeString(draft.path(), "text");
   *   draft.size(); // 4
   * }
   * }</pre>
   *
   * @return the file, open and empty
   * @throws IOException if it cannot be created
   */
  public static TempFile create() throws IOException {
    return create(TempOptions.defaults());
  }

  /**
   * Creates a file with a name in a directory.
   *
   * <pre>{@code
   * try (TempFile page = TempFile.create(SystemTemp.directory(), "page-", ".html")) {
   *   Files.writeString(page.path(), "<p>");
   *   page.size(); // 3
   * }
   * }</pre>
   *
   * @param directory an existing directory of any file system
   * @param prefix the start of the name, possibly empty
   * @param suffix the end of the name, possibly empty
   * @return the file, open and empty
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the file cannot be created for another reason
   * @throws UnsupportedOperationException if the directory's file system has no file channels or
   *     cannot create with these permissions
   */
  public static TempFile create(Path directory, String prefix, String suffix) throws IOException {
    return create(TempOptions.defaults().directory(directory).prefix(prefix).suffix(suffix));
  }

  /**
   * Creates a file with a name.
   *
   * <pre>{@code
   * try (TempFile page = TempFile.create(TempOptions.defaults().suffix(".html"))) {
   *   Files.writeString(page.path(), "<p>");
   *   page.path().toString().endsWith(".html"); // true
   * }
   * }</pre>
   *
   * @param options how and where
   * @return the file, open and empty
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory,
   *     or {@code spoolThreshold} or {@code maxFileSize} is set and the directory is not in a
   *     {@code tmp:} file system
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the file cannot be created for another reason
   * @throws UnsupportedOperationException if the directory's file system has no file channels or
   *     cannot create with these permissions, or if {@code cleanup} is off and the directory is in
   *     a {@code tmp:} file system, which does not outlive the JVM
   */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  public static TempFile create(TempOptions options) throws IOException {
    try (HostNames.Creation creation = Cleanup.creating(options.place())) {
      NewFile created = NewFile.named(options);
      try {
        return new TempFile(
            created.path(), NamedFile.of(created.path(), created.channel()), options);
      } catch (IOException | RuntimeException | Error e) {
        created.discardAfter(e);
        throw e;
      }
    }
  }

  /**
   * Creates a file without a name, in the default {@code tmp:} file system.
   *
   * <pre>{@code
   * try (TempFile scratch = TempFile.createUnnamed()) {
   *   scratch.channel().write(ByteBuffer.allocate(100));
   *   scratch.size(); // 100
   * }
   * }</pre>
   *
   * @return the file, open and empty
   * @throws IOException if it cannot be created
   */
  public static TempFile createUnnamed() throws IOException {
    return createUnnamed(TempOptions.defaults());
  }

  /**
   * Creates a file without a name: only this object gives access to it. In a {@code tmp:} file
   * system it never has one, and prefix and suffix have no effect. Elsewhere its name is removed at
   * once or, where an open file cannot be deleted, as it is closed.
   *
   * <pre>{@code
   * TempOptions small = TempOptions.defaults().spoolThreshold(100);
   * try (TempFile spooled = TempFile.createUnnamed(small)) {
   *   spooled.channel().write(ByteBuffer.allocate(101));
   *   spooled.isRolledOver(); // true
   * }
   * }</pre>
   *
   * @param options how and where; {@code cleanup} has no effect
   * @return the file, open and empty
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory,
   *     or {@code spoolThreshold} or {@code maxFileSize} is set and the directory is not in a
   *     {@code tmp:} file system
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the file cannot be created for another reason
   * @throws UnsupportedOperationException if the directory's file system has no file channels or
   *     cannot create with these permissions
   */
  @SuppressWarnings("try") // the exit of the JVM waits for the creation
  public static TempFile createUnnamed(TempOptions options) throws IOException {
    TempOptions removed = options.cleanup(true);
    try (HostNames.Creation creation = Cleanup.creating(options.place())) {
      NewFile created = NewFile.unnamed(removed);
      try {
        return new TempFile(created, removed);
      } catch (RuntimeException | Error e) {
        created.discardAfter(e);
        throw e;
      }
    }
  }

  /**
   * Creates a file with a name, in the default {@code tmp:} file system, with the bytes of a
   * stream.
   *
   * <pre>{@code
   * try (TempFile upload = TempFile.of(request)) { // of 100,000 bytes
   *   upload.size(); // 100000
   * }
   * }</pre>
   *
   * @param content is read to its end and not closed
   * @return the file, open, its channel at the end
   * @throws IOException if the stream fails or the file cannot be created or written; the file is
   *     removed
   */
  public static TempFile of(InputStream content) throws IOException {
    return of(content, TempOptions.defaults());
  }

  /**
   * Creates a file with a name and the bytes of a stream.
   *
   * <pre>{@code
   * TempOptions limited = TempOptions.defaults().maxFileSize(10 << 20);
   * try (TempFile upload = TempFile.of(request, limited)) {
   *   upload.persist(target);
   * }
   * }</pre>
   *
   * @param content is read to its end and not closed
   * @param options how and where
   * @return the file, open, its channel at the end
   * @throws TmpLimitException if the stream has more bytes than a limit allows; the file is removed
   * @throws IOException if the stream fails or the file cannot be created or written; the file is
   *     removed
   */
  public static TempFile of(InputStream content, TempOptions options) throws IOException {
    requireNonNull(content, "content");
    TempFile file = create(options);
    try {
      content.transferTo(file.newOutputStream());
      file.file.drain(); // throws now if a limit is exceeded, not at the next call
      return file;
    } catch (IOException | RuntimeException | Error e) {
      file.discardAfter(e);
      throw e;
    }
  }

  private void discardAfter(Throwable failure) {
    Closer.after(failure, file::discardBuffer);
    enableCleanup();
    Closer.after(failure, this);
  }

  private void enableCleanup() {
    if (cleanup != null) {
      cleanup.enable(true);
    }
  }

  /**
   * Takes over an existing file: the close of this object removes it.
   *
   * <pre>{@code
   * Path report = Files.createTempFile(SystemTemp.directory(), "report", ".txt");
   * try (TempFile owned = TempFile.adopt(report)) {
   *   owned.newOutputStream().write(1);
   *   Files.size(report); // 1
   * }
   * Files.exists(report); // false
   * }</pre>
   *
   * @param path a regular file of any file system
   * @return the file, open for reading and writing, its channel at the start
   * @throws java.nio.file.NoSuchFileException if no regular file has that name; a symbolic link is
   *     not followed
   * @throws java.nio.file.AccessDeniedException if it cannot be read and written
   * @throws IOException if it cannot be opened for another reason
   * @throws UnsupportedOperationException if its file system has no file channels, or, like zipfs,
   *     cannot open a file without following links
   */
  public static TempFile adopt(Path path) throws IOException {
    return adopt(path, TempOptions.defaults());
  }

  /**
   * Takes over an existing file.
   *
   * <pre>{@code
   * Path text = Files.writeString(SystemTemp.directory().resolve("adopted.txt"), "a\r\nb");
   * try (TempFile owned = TempFile.adopt(text, TempOptions.defaults().newline(Newline.CRLF))) {
   *   owned.newReader().lines().toList(); // [a, b]
   * }
   * }</pre>
   *
   * @param path a regular file of any file system
   * @param options for readers, writers and the removal; options for the creation have no effect
   * @return the file, open for reading and writing, its channel at the start
   * @throws java.nio.file.NoSuchFileException if no regular file has that name; a symbolic link is
   *     not followed
   * @throws java.nio.file.AccessDeniedException if it cannot be read and written
   * @throws IOException if it cannot be opened for another reason
   * @throws UnsupportedOperationException if its file system has no file channels, or, like zipfs,
   *     cannot open a file without following links, or {@code cleanup} is off and it is in a {@code
   *     tmp:} file system
   */
  public static TempFile adopt(Path path, TempOptions options) throws IOException {
    Path absolute = requireNonNull(path, "path").toAbsolutePath();
    if (!options.cleanup()) {
      Kept.requireLasting(absolute, "");
    }
    NamedFile opened = ForeignProvider.callIfSupported(absolute, () -> NamedFile.open(absolute));
    try {
      return new TempFile(absolute, opened, options);
    } catch (RuntimeException | Error e) {
      Closer.after(e, opened);
      throw e;
    }
  }

  /**
   * Returns the path, by which the file can be opened any number of times.
   *
   * <pre>{@code
   * Files.writeString(file.path(), "a draft");
   * file.size(); // 7
   * }</pre>
   *
   * @return an absolute path
   * @throws UnsupportedOperationException if the file was created without a name
   * @throws UncheckedIOException if bytes that streams accepted cannot be written
   */
  public Path path() {
    requireName();
    if (state == State.OPEN) {
      drainUnchecked();
    }
    return place;
  }

  private void requireName() {
    if (!named) {
      throw new UnsupportedOperationException(
          this + " has no path; TempFile.create() gives a file a name");
    }
  }

  private void drainUnchecked() {
    try {
      file.drain();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the channel on the open file. If another file has taken the name, the channel switches
   * to that file, and a position beyond its end moves to its end. {@linkplain FileChannel#map
   * Mappings} stay with the earlier file, and a lock on it ends. A mapping with an {@code Arena} of
   * JDK 22 needs a channel of {@link #reopen} on a file on the disk.
   *
   * <pre>{@code
   * file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
   * file.channel().position(); // 3
   * }</pre>
   *
   * @return the one channel of this object, at its last position; its close does not remove a file
   *     with a name
   * @throws UncheckedIOException if bytes that streams accepted cannot be written
   */
  public FileChannel channel() {
    ensureOpen();
    drainUnchecked();
    return file.channel();
  }

  /**
   * Returns a new stream that reads the file from its first byte, independent of the channel's
   * position.
   *
   * <pre>{@code
   * file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
   * try (InputStream in = file.newInputStream()) {
   *   byte[] bytes = in.readAllBytes(); // [1, 2, 3, 4]
   * }
   * }</pre>
   *
   * @return an unbuffered stream with its own position; its close leaves the file open
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public InputStream newInputStream() throws IOException {
    drained();
    return new OwnedInput(file, this);
  }

  /**
   * Returns a new stream that writes at the channel's position and advances it, so that streams
   * used in turn append to each other. Each write is in the file when the call returns, unless
   * {@link TempOptions#bufferSize} is set.
   *
   * <pre>{@code
   * try (OutputStream out = file.newOutputStream()) {
   *   request.transferTo(out); // 100000
   *   file.size(); // 100000
   * }
   * }</pre>
   *
   * @param openOptions {@link StandardOpenOption#APPEND} to write each time at the end of the file,
   *     {@link StandardOpenOption#TRUNCATE_EXISTING} to truncate the file first, or none
   * @return a stream; its close leaves the file open
   * @throws IOException if the file cannot be truncated
   * @throws UnsupportedOperationException if another option is given
   */
  public OutputStream newOutputStream(OpenOption... openOptions) throws IOException {
    return output(openOptions);
  }

  private OwnedOutput output(OpenOption... openOptions) throws IOException {
    ensureOpen();
    Set<OpenOption> asked = new HashSet<>(List.of(openOptions));
    if (!WRITING.containsAll(asked)) {
      throw new UnsupportedOperationException(
          "Options are " + asked + "; allowed: " + WRITING + " or none");
    }
    if (asked.contains(StandardOpenOption.TRUNCATE_EXISTING)) {
      file.setSize(0);
    }
    return new OwnedOutput(file, asked.contains(StandardOpenOption.APPEND), this);
  }

  /**
   * Returns a new reader of the file from its first character, with the encoding and the newlines
   * of the options.
   *
   * <pre>{@code
   * Files.writeString(file.path(), "a\nb\n");
   * try (BufferedReader reader = file.newReader()) {
   *   reader.lines().toList(); // [a, b]
   * }
   * }</pre>
   *
   * @return a buffered reader; unless {@link TempOptions#codingErrors} is changed it throws {@link
   *     java.nio.charset.CharacterCodingException} on malformed bytes; its close leaves the file
   *     open
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public BufferedReader newReader() throws IOException {
    return TextStreams.reader(newInputStream(), options);
  }

  /**
   * Returns a new writer that writes at the channel's position and advances it, with the encoding
   * and the newlines of the options. Each character is in the file when the call returns, except
   * the first half of a surrogate pair, unless {@link TempOptions#bufferSize} is set. It writes the
   * encoding's byte order mark, if any, only at the start of the file.
   *
   * <pre>{@code
   * try (BufferedWriter writer = file.newWriter()) {
   *   writer.write("a draft");
   *   Files.readString(file.path()); // "a draft"
   * }
   * }</pre>
   *
   * @param openOptions as for {@link #newOutputStream}
   * @return a writer; unless {@link TempOptions#codingErrors} is changed it throws {@link
   *     java.nio.charset.CharacterCodingException} for unmappable characters; its close leaves the
   *     file open
   * @throws IOException if the file cannot be truncated
   * @throws UnsupportedOperationException if another option is given
   */
  public BufferedWriter newWriter(OpenOption... openOptions) throws IOException {
    return TextStreams.writer(output(openOptions), options);
  }

  /**
   * Opens the file once more.
   *
   * <pre>{@code
   * file.channel().position(2);
   * try (FileChannel reader = file.reopen(StandardOpenOption.READ)) {
   *   reader.position(); // 0
   * }
   * }</pre>
   *
   * @param openOptions how; none for reading and writing
   * @return a channel with its own position, which the caller closes; it stays on the file that has
   *     the name during this call
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if it cannot be opened
   * @throws UnsupportedOperationException if the file was created without a name and is not in a
   *     {@code tmp:} file system, or its provider, such as zipfs, shows the file only once it is
   *     closed
   */
  public FileChannel reopen(OpenOption... openOptions) throws IOException {
    ensureOpen();
    return file.open(openOptions.length == 0 ? READ_WRITE : Set.of(openOptions));
  }

  /**
   * Returns the size.
   *
   * <pre>{@code
   * Files.copy(request, file.path(), StandardCopyOption.REPLACE_EXISTING); // another file
   * long bytes = file.size(); // 100000
   * }</pre>
   *
   * @return bytes, 0 or more
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public long size() throws IOException {
    return reading(FileChannel::size);
  }

  /**
   * Truncates the file, or extends it with zeros. A position of the channel beyond the new end
   * moves to the new end.
   *
   * <pre>{@code
   * file.setSize(1000);
   * file.size(); // 1000
   * }</pre>
   *
   * @param bytes the new size, 0 or more
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws TmpLimitException if a limit does not allow the size
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if the disk is full
   */
  public void setSize(long bytes) throws IOException {
    ensureOpen();
    if (bytes < 0) {
      throw new IllegalArgumentException("size is " + bytes + "; allowed: 0 or more");
    }
    file.setSize(bytes);
  }

  /**
   * Says whether the file has rolled over: its bytes are in a file of their own on the disk.
   *
   * <pre>{@code
   * boolean onDisk = file.isRolledOver(); // false
   * }</pre>
   *
   * @return true always, for a file outside {@code tmp:} file systems
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public boolean isRolledOver() throws IOException {
    return reading(
        channel ->
            !(channel instanceof TmpFileHandle handle)
                || handle.view().readAttributes().isRolledOver());
  }

  /**
   * Moves the bytes to the disk now. Has no effect on a file that has rolled over or is outside
   * {@code tmp:} file systems.
   *
   * <pre>{@code
   * file.rollOver();
   * file.isRolledOver(); // true
   * }</pre>
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if the disk refuses; the bytes stay in memory
   */
  public void rollOver() throws IOException {
    reading(
        channel -> {
          if (channel instanceof TmpFileHandle handle) {
            handle.view().rollOver();
          }
          return channel;
        });
  }

  /**
   * Returns a path of the file on the default file system, for a subprocess or an API that takes a
   * {@link java.io.File}. A file in a {@code tmp:} file system rolls over to a named file in a
   * private directory, see {@link TmpFileAttributeView#hostPath()}: it has the suffix and the
   * permissions of this file, and each side sees the writes of the other. It is removed with this
   * file.
   *
   * <pre>{@code
   * Files.writeString(file.path(), "a draft");
   * Process cat = new ProcessBuilder("cat", file.hostPath().toString()).start();
   * byte[] output = cat.getInputStream().readAllBytes();
   * new String(output, UTF_8); // "a draft"
   * }</pre>
   *
   * @return an absolute path
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if the disk refuses
   * @throws UnsupportedOperationException if the file cannot have such a path: it is on the disk
   *     without a name, or neither on the disk nor in a {@code tmp:} file system that spills to it
   */
  public Path hostPath() throws IOException {
    Path real =
        reading(channel -> channel instanceof TmpFileHandle handle ? hostPath(handle) : place);
    if (!real.equals(place)) {
      return real;
    }
    if (place.getFileSystem() != FileSystems.getDefault()) {
      throw new UnsupportedOperationException(
          ForeignProvider.text(place)
              + " is not on the host; TempOptions.directory(SystemTemp.directory()) makes a file"
              + " that is");
    }
    requireName();
    return place;
  }

  /** With {@code storage=host} a file without a name has no name on the host either. */
  private Path hostPath(TmpFileHandle handle) throws IOException {
    try {
      return handle.view().hostPath();
    } catch (NoSuchFileException e) {
      if (named) {
        throw e;
      }
      throw new UnsupportedOperationException(
          "A file on the disk without a name has no path; create() gives it a name", e);
    }
  }

  /**
   * Gives the file a final name and closes it.
   *
   * <pre>{@code
   * file.persist(target, StandardCopyOption.REPLACE_EXISTING);
   * }</pre>
   *
   * @param target the name, on any file system; its directory exists
   * @param copyOptions {@link StandardCopyOption#REPLACE_EXISTING} to replace an existing target;
   *     without it an existing target is refused
   * @return {@code target}, absolute
   * @throws PersistException if that failed; the cause is {@link
   *     java.nio.file.FileAlreadyExistsException} if the target exists and may not be replaced;
   *     file and target are unchanged
   * @throws UnsupportedOperationException if another option is given
   * @throws IOException if the target is complete, but the temporary file could not be removed
   */
  public Path persist(Path target, CopyOption... copyOptions) throws IOException {
    return persist(target, PersistOptions.of(copyOptions));
  }

  /**
   * Gives the file a final name and closes it. No other program sees a partial target: on one
   * device the file is renamed or linked; to another device or file system it is copied to a file
   * beside the target, which is synchronised and renamed. A file in {@code tmp:} with a {@link
   * #hostPath} is renamed too. If the target's provider cannot rename, such as that of an object
   * store, the file is written to the target in one stream.
   *
   * <p>An interrupt ends a copy: the partial copy is removed, and the cause is a {@link
   * java.nio.channels.ClosedByInterruptException}.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().replaceExisting(true).sync(true));
   * }</pre>
   *
   * @param target the name, on any file system; its directory exists
   * @param how whether an existing target is replaced, the permissions, and how a link is treated
   * @return {@code target}, absolute
   * @throws PersistException if that failed; the cause is {@link
   *     java.nio.file.FileAlreadyExistsException} if the target exists and may not be replaced,
   *     {@link java.nio.file.NoSuchFileException} if the name of this file was removed; file and
   *     target are unchanged, unless the target's provider cannot rename and the target was being
   *     replaced
   * @throws UnsupportedOperationException if permissions are set and the target's file system has
   *     none
   * @throws IOException if the target is complete, but the temporary file could not be removed, or
   *     the target's directory not be synchronised
   */
  public Path persist(Path target, PersistOptions how) throws IOException {
    requireNonNull(target, "target");
    requireNonNull(how, "how");
    Path absolute = target.toAbsolutePath();
    if (persisting.isHeldByCurrentThread()) {
      throw new IllegalStateException(this + " is being persisted by this thread");
    }
    persisting.lock();
    try {
      ensureOpen();
      persistOnce(absolute, how);
      return absolute;
    } finally {
      persisting.unlock();
    }
  }

  private void persistOnce(Path target, PersistOptions how) throws IOException {
    Path resolved;
    boolean nameMoved;
    try {
      resolved =
          ForeignProvider.callIfSupported(
              target, () -> PersistTarget.resolve(target, how.targetLink()));
      Path found = resolved;
      nameMoved =
          ForeignProvider.callIfSupported(
              place, () -> ForeignProvider.callIfSupported(target, () -> place(found, how)));
    } catch (CallerFailure e) {
      throw e.thrown();
    } catch (IOException e) {
      throw new PersistException(this, place, target, e);
    }
    try (this) {
      if (nameMoved) {
        keepName();
      } else {
        enableCleanup();
      }
      if (how.sync()) {
        ForeignProvider.run(target, () -> FilePersister.syncDirectory(resolved));
      }
    }
  }

  private void keepName() {
    requireNonNull(cleanup).enable(false);
  }

  /** Persists the file; says whether its own name was renamed to the target. */
  private boolean place(Path target, PersistOptions how) throws IOException {
    FileChannel now = drained();
    Path renameable = renameable(now, target);
    if (renameable != null && !renameable.equals(place) && isSame(renameable, target)) {
      throw new FileSystemException(
          target.toString(),
          null,
          "It is the hostPath() of the temporary file, which is removed with it; choose another"
              + " target");
    }
    try (ContentCopy content = content(now)) {
      FilePersister.Source source = new FilePersister.Source(permissions(now), renameable, content);
      return FilePersister.of(source, target, how.plan()).run() && renameable == place;
    }
  }

  private static boolean isSame(Path real, Path target) throws IOException {
    return Files.exists(target) && Files.isSameFile(real, target);
  }

  private @Nullable Path renameable(FileChannel now, Path target) throws IOException {
    if (named && place.getFileSystem().equals(target.getFileSystem())) {
      return file.canBeMoved() ? place : null;
    }
    if (target.getFileSystem() != FileSystems.getDefault()
        || !(now instanceof TmpFileHandle handle)) {
      return null;
    }
    if (handle.view().readAttributes().storage() != TmpFileAttributes.Storage.HOST) {
      return null;
    }
    try {
      return hostPath(handle);
    } catch (UnsupportedOperationException e) {
      return null; // the file has no host path, or its spill directory is not on the default file
      // system
    }
  }

  private ContentCopy content(FileChannel now) {
    return file.canBeOpened()
        ? ContentCopy.opening(() -> file.open(Set.of(StandardOpenOption.READ)))
        : ContentCopy.shielding(now);
  }

  /** Returns the permissions of the file; null if its file system has none or hides it. */
  private @Nullable Set<PosixFilePermission> permissions(FileChannel now) throws IOException {
    if (now instanceof TmpFileHandle handle) {
      return handle.view().readAttributes() instanceof PosixFileAttributes posix
          ? posix.permissions()
          : null;
    }
    if (!named) {
      return options.permissions().orElse(null);
    }
    PosixFileAttributeView view =
        Files.getFileAttributeView(place, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    return view == null || !file.canBeOpened() ? null : view.readAttributes().permissions();
  }

  /**
   * Sets whether the file is removed when this object is closed or collected, or the JVM exits.
   *
   * <pre>{@code
   * try (TempFile log = TempFile.create(SystemTemp.directory(), "run", ".log")) {
   *   log.cleanup(false); // if the run fails, it stays
   *   Files.writeString(log.path(), "all went well");
   *   log.cleanup(true);
   * }
   * }</pre>
   *
   * @param on true to remove it, false if the caller removes it
   * @throws UnsupportedOperationException if the file has no name, or {@code on} is false and the
   *     file is in a {@code tmp:} file system, which does not outlive the JVM
   */
  public void cleanup(boolean on) {
    ensureOpen();
    requireName();
    if (!on) {
      Kept.requireLasting(place, "persist(target)");
    }
    if (on) {
      enableCleanup();
    } else {
      keepName();
    }
  }

  /**
   * Keeps the file when this object is closed, also after the JVM exits.
   *
   * <pre>{@code
   * try (TempFile report = TempFile.create(SystemTemp.directory(), "report", ".txt")) {
   *   target = report.keep();
   * }
   * Files.exists(target); // true
   * Files.delete(target);
   * }</pre>
   *
   * @return the path, which the caller removes
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed
   * @throws IOException if bytes that streams accepted cannot be written
   * @throws UnsupportedOperationException if the file has no name, or is in a {@code tmp:} file
   *     system, which does not outlive the JVM; {@link #persist} gives it a lasting one
   */
  public Path keep() throws IOException {
    drained();
    cleanup(false);
    return place;
  }

  /**
   * Detaches the file as a stream from its first byte, for instance the body of a response. The
   * close of the stream removes the file.
   *
   * <pre>{@code
   * TempFile page = TempFile.of(request);
   * try (InputStream body = page.detachAsInputStream()) {
   *   body.transferTo(OutputStream.nullOutputStream()); // 100000
   * }
   * Files.exists(page.path()); // false
   * }</pre>
   *
   * @return an unbuffered stream, which the caller closes
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed; it is still this
   *     object's
   * @throws IOException if bytes that streams accepted cannot be written; the file is still this
   *     object's
   */
  public InputStream detachAsInputStream() throws IOException {
    InputStream content = givenAway(this::newInputStream);
    return new FilterInputStream(content) {
      @Override
      @SuppressWarnings("try") // the resource is declared only to be closed after the stream
      public void close() throws IOException {
        Closer.closeAll(super::close, TempFile.this::end);
      }

      @Override
      public long transferTo(OutputStream out) throws IOException {
        return in.transferTo(out);
      }

      @Override
      public byte[] readAllBytes() throws IOException {
        return in.readAllBytes();
      }
    };
  }

  /**
   * Detaches the file as a channel at position 0. The close of the channel removes the file.
   *
   * <pre>{@code
   * TempFile page = TempFile.of(request);
   * try (FileChannel body = page.detachAsChannel()) {
   *   body.size(); // 100000
   * }
   * Files.exists(page.path()); // false
   * }</pre>
   *
   * @return a channel for reading and writing, which the caller closes
   * @throws java.nio.file.NoSuchFileException if the name of the file was removed; it is still this
   *     object's
   * @throws IOException if bytes that streams accepted cannot be written; the file is still this
   *     object's
   */
  public FileChannel detachAsChannel() throws IOException {
    return givenAway(
        () -> {
          drained();
          return file.channelClosing(this::end, this);
        });
  }

  private interface Result<T> {
    T make() throws IOException;
  }

  private <T> T givenAway(Result<T> result) throws IOException {
    persisting.lock();
    try {
      T made = result.make();
      state = State.GIVEN_AWAY;
      return made;
    } finally {
      persisting.unlock();
    }
  }

  /**
   * Closes the file and removes it, unless it is kept. A second call only retries the steps that
   * failed. A detached file stays open.
   *
   * <pre>{@code
   * file.close();
   * Files.exists(file.path()); // false
   * }</pre>
   *
   * @throws IOException if bytes that streams accepted cannot be written, or the file cannot be
   *     removed and cleanup errors are not ignored; the file is closed in any case
   */
  @Override
  public void close() throws IOException {
    if (state != State.GIVEN_AWAY) {
      end();
    }
  }

  @SuppressWarnings("try") // the resource is declared only to be closed after the file
  private void end() throws IOException {
    state = State.CLOSED;
    try {
      Closer.closeAll(() -> ForeignProvider.run(place, file::close), this::remove);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private void remove() throws IOException {
    if (cleanup != null) {
      cleanup.close(options.ignoreCleanupErrors());
    }
  }

  private <T> T reading(OwnedFile.Operation<T> operation) throws IOException {
    ensureOpen();
    return file.reading(operation);
  }

  /** Flushes the buffer and returns a channel on the current file. */
  private FileChannel drained() throws IOException {
    ensureOpen();
    return file.drained();
  }

  private void ensureOpen() {
    State now = state;
    if (now != State.OPEN) {
      throw new IllegalStateException(this + " " + now.text);
    }
  }

  /** Returns a text for messages. */
  @Override
  public String toString() {
    return (named ? "TempFile " : "TempFile without a name in ") + ForeignProvider.text(place);
  }
}
