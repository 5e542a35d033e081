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
 * A temporary file that is open, and gone when it is closed.
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
 * <p>It is made with a name that no file has, never over an existing file, and is in the default
 * {@code tmp:} file system unless {@link TempOptions#directory(Path)} names a directory: there it
 * is in memory while it is small, and then in a file without a name on the disk.
 *
 * <h2>One file</h2>
 *
 * <p>If the file has a name, each method means the file that the name leads to now: after another
 * program replaced it, as editors and {@code sed -i} do, and after {@link Files#copy(InputStream,
 * Path, java.nio.file.CopyOption...)} or {@link Files#move} with {@link
 * StandardCopyOption#REPLACE_EXISTING}. {@link #channel()}, and streams and writers made earlier,
 * follow as well. If the name is gone, the methods throw {@link java.nio.file.NoSuchFileException};
 * the channel, streams and writers stay on the file that was open, so that its bytes can be saved.
 * A file without a name is its channel's.
 *
 * <p>Each byte that a stream or writer accepted is visible at once by the name, the channel and all
 * streams, unless {@link TempOptions#bufferSize} allows a buffer. A writer holds at most the first
 * half of a character.
 *
 * <p>Safe for use by any number of threads, as its channel is; a stream, reader or writer belongs
 * to one. Arguments must not be null. After {@link #close()} and after the file was persisted or
 * given away all but {@link #path()} throw {@link IllegalStateException}. Channels and streams
 * throw {@link java.nio.channels.ClosedChannelException} once the file is closed; one that was
 * given away is open until the stream or channel that has it is closed. A thread that is
 * interrupted in the channel closes the channel, as {@link java.nio.channels.InterruptibleChannel}
 * says; a file that has a name is still usable then.
 *
 * <h2>Security</h2>
 *
 * <p>Mode 0600 from the creating call on; the name holds 128 bits that nobody can guess; child
 * processes do not inherit the handle. The host's disk sees no name in the {@code tmp:} file
 * systems. A symbolic link that took the name is not followed. On the host a file of another user,
 * or a file that took the name in a directory that others can write to, counts as gone; under the
 * sticky bit, as in {@code /tmp}, a file of the owner of the first one is followed if it has no
 * second name.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The file is removed once this object and its channel and streams are collected, which is
 * reported through {@link System.Logger} {@code io.github.niotmp}, or else when the JVM exits. A
 * file in a {@code tmp:} file system leaves nothing behind even when the JVM is killed; one in a
 * directory of the host that has a name does.
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

  /** A second thread that persists or gives away waits, and finds the file closed or given away. */
  private final ReentrantLock persisting = new ReentrantLock();

  /** Null if no name is left, and no report is: the channel makes it. */
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

  /** Takes over a file that has a name. */
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
   * @param prefix the start of the name, perhaps empty
   * @param suffix the end of the name, perhaps empty
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
   * Creates a file without a name: only this object leads to it. In a {@code tmp:} file system it
   * never has one, and prefix and suffix have no effect. Elsewhere its name is removed at once or,
   * where an open file cannot be deleted, as it is closed.
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
   * @throws IOException if the stream fails or the file cannot be created or written; nothing is
   *     left of it
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
   * @throws TmpLimitException if the stream has more bytes than a limit allows; nothing is left
   * @throws IOException if the stream fails or the file cannot be created or written; nothing is
   *     left of it
   */
  public static TempFile of(InputStream content, TempOptions options) throws IOException {
    requireNonNull(content, "content");
    TempFile file = create(options);
    try {
      content.transferTo(file.newOutputStream());
      file.file.drain(); // a limit is exceeded here, not at the next call
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
   * Takes over a file that exists: it is removed when this object is closed.
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
   * @throws java.nio.file.NoSuchFileException if there is no regular file of that name; a symbolic
   *     link is not followed
   * @throws java.nio.file.AccessDeniedException if it cannot be read and written
   * @throws IOException if it cannot be opened for another reason
   * @throws UnsupportedOperationException if its file system has no file channels, or none that
   *     leave links alone, as zipfs
   */
  public static TempFile adopt(Path path) throws IOException {
    return adopt(path, TempOptions.defaults());
  }

  /**
   * Takes over a file that exists.
   *
   * <pre>{@code
   * Path text = Files.writeString(SystemTemp.directory().resolve("adopted.txt"), "a\r\nb");
   * try (TempFile owned = TempFile.adopt(text, TempOptions.defaults().newline(Newline.CRLF))) {
   *   owned.newReader().lines().toList(); // [a, b]
   * }
   * }</pre>
   *
   * @param path a regular file of any file system
   * @param options for readers, writers and the removal; options of the creation have no effect
   * @return the file, open for reading and writing, its channel at the start
   * @throws java.nio.file.NoSuchFileException if there is no regular file of that name; a symbolic
   *     link is not followed
   * @throws java.nio.file.AccessDeniedException if it cannot be read and written
   * @throws IOException if it cannot be opened for another reason
   * @throws UnsupportedOperationException if its file system has no file channels, or none that
   *     leave links alone, as zipfs, or {@code cleanup} is off and it is in a {@code tmp:} file
   *     system
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
   * Returns the name, under which the file can be opened any number of times.
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
      throw new UnsupportedOperationException("The file has no name; create() gives one");
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
   * Returns the open file, to be read and written without opening it again. If another file has
   * taken the name, the channel works on that one from then on, and a position beyond its end moves
   * to its end. {@linkplain FileChannel#map Mappings} stay with the file that they were made on,
   * and a lock ends. A mapping with an {@code Arena} of JDK 22 takes a channel of {@link #reopen}
   * on a file on the disk.
   *
   * <pre>{@code
   * file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
   * file.channel().position(); // 3
   * }</pre>
   *
   * @return the one channel of this object, at the position where it was left; closing it does not
   *     remove a file that has a name
   * @throws UncheckedIOException if bytes that streams accepted cannot be written
   */
  public FileChannel channel() {
    ensureOpen();
    drainUnchecked();
    return file.channel();
  }

  /**
   * Makes a stream that reads the file from its first byte, whatever the position of the channel.
   *
   * <pre>{@code
   * file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
   * try (InputStream in = file.newInputStream()) {
   *   byte[] bytes = in.readAllBytes(); // [1, 2, 3, 4]
   * }
   * }</pre>
   *
   * @return a stream without a buffer, with a position of its own; closing it leaves the file open
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public InputStream newInputStream() throws IOException {
    drained();
    return new OwnedInput(file, this);
  }

  /**
   * Makes a stream that writes where the channel stands, and moves it on; so streams that are used
   * one after another write one after another. Each write is in the file when the call returns,
   * unless {@link TempOptions#bufferSize} is set.
   *
   * <pre>{@code
   * try (OutputStream out = file.newOutputStream()) {
   *   request.transferTo(out); // 100000
   *   file.size(); // 100000
   * }
   * }</pre>
   *
   * @param openOptions {@link StandardOpenOption#APPEND} to write at the end each time, wherever
   *     the channel stands, {@link StandardOpenOption#TRUNCATE_EXISTING} to cut the file to nothing
   *     first, or none
   * @return a stream; closing it leaves the file open
   * @throws IOException if the file cannot be cut
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
   * Makes a reader of the file from its first character, with the encoding and the newlines of the
   * options.
   *
   * <pre>{@code
   * Files.writeString(file.path(), "a\nb\n");
   * try (BufferedReader reader = file.newReader()) {
   *   reader.lines().toList(); // [a, b]
   * }
   * }</pre>
   *
   * @return a reader that reads ahead; unless {@link TempOptions#codingErrors} says otherwise it
   *     throws {@link java.nio.charset.CharacterCodingException} where the bytes are no text of the
   *     encoding; closing it leaves the file open
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public BufferedReader newReader() throws IOException {
    return TextStreams.reader(newInputStream(), options);
  }

  /**
   * Makes a writer that starts where the channel stands, and moves it on, with the encoding and the
   * newlines of the options. Each character is in the file when the call returns, but for the first
   * half of a surrogate pair, unless {@link TempOptions#bufferSize} is set. A byte order mark, if
   * the encoding has one, is written at the start of the file only.
   *
   * <pre>{@code
   * try (BufferedWriter writer = file.newWriter()) {
   *   writer.write("a draft");
   *   Files.readString(file.path()); // "a draft"
   * }
   * }</pre>
   *
   * @param openOptions as for {@link #newOutputStream}
   * @return a writer; unless {@link TempOptions#codingErrors} says otherwise it throws {@link
   *     java.nio.charset.CharacterCodingException} for text that the encoding does not have;
   *     closing it leaves the file open
   * @throws IOException if the file cannot be cut
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
   * @return a channel with a position of its own, which the caller closes; it stays with the file
   *     that has the name now
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   * @throws IOException if it cannot be opened
   * @throws UnsupportedOperationException if the file was created without a name and is not in a
   *     {@code tmp:} file system, or its name shows only once it is closed, as in zipfs
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
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public long size() throws IOException {
    return reading(FileChannel::size);
  }

  /**
   * Cuts the file, or extends it with zeros. A position of the channel beyond a new end moves
   * there.
   *
   * <pre>{@code
   * file.setSize(1000);
   * file.size(); // 1000
   * }</pre>
   *
   * @param bytes the new size, 0 or more
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws TmpLimitException if a limit does not allow the size
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
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
   * Says whether the bytes have left the memory for a file of their own.
   *
   * <pre>{@code
   * boolean onDisk = file.isRolledOver(); // false
   * }</pre>
   *
   * @return true always, for a file outside {@code tmp:} file systems
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   * @throws IOException if bytes that streams accepted cannot be written
   */
  public boolean isRolledOver() throws IOException {
    return reading(
        channel ->
            !(channel instanceof TmpFileHandle handle)
                || handle.view().readAttributes().isRolledOver());
  }

  /**
   * Moves the bytes to the disk now. Does nothing if they are there, or the file is outside {@code
   * tmp:} file systems.
   *
   * <pre>{@code
   * file.rollOver();
   * file.isRolledOver(); // true
   * }</pre>
   *
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   * @throws IOException if the disk refuses; the bytes are where they were
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
   * Returns the file as one on the default file system, for a subprocess or an API that takes a
   * {@link java.io.File}. A file in a {@code tmp:} file system is rolled over to one with a name in
   * a private directory, see {@link TmpFileAttributeView#hostPath()}: it has the suffix and the
   * permissions of this file, and writes from either side are seen by the other. It goes with this
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
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
   * @throws IOException if the disk refuses
   * @throws UnsupportedOperationException if there is no such path: the file is on the disk without
   *     a name, or neither on the disk nor in a {@code tmp:} file system that spills to it
   */
  public Path hostPath() throws IOException {
    Path real =
        reading(channel -> channel instanceof TmpFileHandle handle ? hostPath(handle) : place);
    if (!real.equals(place)) {
      return real;
    }
    if (place.getFileSystem() != FileSystems.getDefault()) {
      throw new UnsupportedOperationException(ForeignProvider.text(place) + " is not on the host");
    }
    requireName();
    return place;
  }

  /** With {@code storage=host} a file without a name has none on the host either. */
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
   * Gives the file a final name, and closes it.
   *
   * <pre>{@code
   * file.persist(target, StandardCopyOption.REPLACE_EXISTING);
   * }</pre>
   *
   * @param target the name, on any file system; its directory exists
   * @param copyOptions {@link StandardCopyOption#REPLACE_EXISTING} to replace a file that has the
   *     name; without it an existing target is refused
   * @return {@code target}, absolute
   * @throws PersistException if that failed; the cause says why, {@link
   *     java.nio.file.FileAlreadyExistsException} if the target exists and is not to be replaced;
   *     file and target are as they were
   * @throws UnsupportedOperationException if another option is given
   * @throws IOException if the file has the name, but what is left of it could not be removed
   */
  public Path persist(Path target, CopyOption... copyOptions) throws IOException {
    return persist(target, PersistOptions.of(copyOptions));
  }

  /**
   * Gives the file a final name, and closes it. Nobody sees the target half done: on one device the
   * file is renamed or linked; to another device or file system it is copied beside the target,
   * synchronised and renamed there. A file in {@code tmp:} that has a {@link #hostPath} is renamed,
   * too. A provider that cannot rename, as those of object stores, gets one stream to the target.
   *
   * <p>An interrupt ends a copy: nothing is left of it, and the cause is a {@link
   * java.nio.channels.ClosedByInterruptException}.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().replaceExisting(true).sync(true));
   * }</pre>
   *
   * @param target the name, on any file system; its directory exists
   * @param how with or without replacing a file there, with which permissions, through a link or
   *     not
   * @return {@code target}, absolute
   * @throws PersistException if that failed; the cause says why, {@link
   *     java.nio.file.FileAlreadyExistsException} if the target exists and is not to be replaced,
   *     {@link java.nio.file.NoSuchFileException} if the name of this file is gone; file and target
   *     are as they were, unless the target's provider cannot rename and it was to be replaced
   * @throws UnsupportedOperationException if permissions were asked for and the target's file
   *     system has none
   * @throws IOException if the file has the name, but what is left of it could not be removed, or
   *     its directory not be synchronised
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

  /** Keeps the name of a file that has one. */
  private void keepName() {
    requireNonNull(cleanup).enable(false);
  }

  /** Returns whether the name of this file became the target. */
  private boolean place(Path target, PersistOptions how) throws IOException {
    FileChannel now = drained();
    Path renameable = renameable(now, target);
    if (renameable != null && !renameable.equals(place) && isSame(renameable, target)) {
      throw new FileSystemException(
          target.toString(), null, "It is the hostPath() of the temporary file, and goes with it");
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
      return null; // it has no name there, or its directory is not on the default file system
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
   * Switches the removal at the close off, or on again.
   *
   * <pre>{@code
   * try (TempFile log = TempFile.create(SystemTemp.directory(), "run", ".log")) {
   *   log.cleanup(false); // if the run fails, it stays
   *   Files.writeString(log.path(), "all went well");
   *   log.cleanup(true);
   * }
   * }</pre>
   *
   * @param on whether the file is removed when this object is closed or collected, or the JVM exits
   * @throws UnsupportedOperationException if the file has no name, or is to be kept and is in a
   *     {@code tmp:} file system, which does not outlive the JVM
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
   * Has the file stay when this object is closed, for the next process as well.
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
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone
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
   * Gives the file away as a stream from its first byte: the body of a response. Closing the stream
   * removes the file.
   *
   * <pre>{@code
   * TempFile page = TempFile.of(request);
   * try (InputStream body = page.detachAsInputStream()) {
   *   body.transferTo(OutputStream.nullOutputStream()); // 100000
   * }
   * Files.exists(page.path()); // false
   * }</pre>
   *
   * @return a stream without a buffer, which the caller closes
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone; it is still this
   *     object's
   * @throws IOException if bytes that streams accepted cannot be written; the file is still this
   *     object's
   */
  public InputStream detachAsInputStream() throws IOException {
    InputStream content = givenAway(this::newInputStream);
    return new FilterInputStream(content) {
      @Override
      @SuppressWarnings("try") // the resource is there to be closed after the stream
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
   * Gives the file away as a channel, which stands at the first byte. Closing the channel removes
   * the file.
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
   * @throws java.nio.file.NoSuchFileException if the name of the file is gone; it is still this
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
   * Closes the file and removes it, unless it is to stay; a second call does nothing, or tries
   * again what failed. A file that was given away stays open.
   *
   * <pre>{@code
   * file.close();
   * Files.exists(file.path()); // false
   * }</pre>
   *
   * @throws IOException if bytes that streams accepted cannot be written, or the file cannot be
   *     removed, unless that is to be ignored; the file is closed all the same
   */
  @Override
  public void close() throws IOException {
    if (state != State.GIVEN_AWAY) {
      end();
    }
  }

  @SuppressWarnings("try") // the resource is there to be closed after the file
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

  /** Returns a channel on the file at this moment, with all bytes that streams accepted. */
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
