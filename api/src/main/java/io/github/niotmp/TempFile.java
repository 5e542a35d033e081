package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.spi.OwnedChannel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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
 * <p>It is made with a name that nothing has, never over an existing file, and is in the default
 * {@code tmp:} file system unless {@link TempOptions#directory(Path)} names a directory: there it
 * is in memory while it is small, and then in a file without a name on the disk.
 *
 * <p>Safe for use by any number of threads, as its channel is; a stream, reader or writer belongs
 * to one. Arguments must not be null. After {@link #close()} all but {@link #path()} throw {@link
 * IllegalStateException}, and what was handed out {@link java.nio.channels.ClosedChannelException}.
 * A thread that is interrupted in the channel or a stream closes the channel, as {@link
 * java.nio.channels.InterruptibleChannel} says; a file that has a name is still there then.
 *
 * <h2>Security</h2>
 *
 * <p>Mode 0600 from the creating call on; the name holds 128 bits that nobody can guess; child
 * processes do not inherit the handle. The host's disk sees no name in the {@code tmp:} file
 * systems.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>The file is removed once this object is collected, which is reported through {@link
 * System.Logger} {@code io.github.niotmp}, or else when the JVM exits. A file in a {@code tmp:}
 * file system leaves nothing behind even when the JVM is killed; one in a directory of the host
 * that has a name does. Keep this object, not only its channel: outside {@code tmp:} the name goes
 * with this object.
 */
public final class TempFile implements Closeable {
  private static final Set<OpenOption> OPTIONS =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private final Path createdAs;
  private final boolean named;
  private final FileChannel channel;
  private final TempOptions options;
  private final @Nullable Cleanup cleanup;
  private volatile boolean closed;

  private TempFile(Opened opened, boolean named, TempOptions options, Cleanup.Removal removal) {
    this.createdAs = opened.path;
    this.named = named;
    this.channel = opened.channel;
    this.options = options;
    cleanup = options.cleanup() ? Cleanup.of(this, createdAs, removal) : null;
  }

  private record Opened(Path path, FileChannel channel) {}

  /**
   * Creates a file with a name, in the default {@code tmp:} file system.
   *
   * <pre>{@code
   * try (TempFile draft = TempFile.create()) {
   *   Files.writeString(draft.path(), "text");
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
   * Creates a file with a name.
   *
   * <pre>{@code
   * try (TempFile page = TempFile.create(TempOptions.defaults().suffix(".html"))) {
   *   Files.writeString(page.path(), "<p>");
   * }
   * }</pre>
   *
   * @param options how and where
   * @return the file, open and empty
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory,
   *     or there is a {@code spoolThreshold} and the directory is not in a {@code tmp:} file system
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the file cannot be created for another reason
   * @throws UnsupportedOperationException if the directory's file system has no file channels or
   *     cannot create with these permissions
   */
  public static TempFile create(TempOptions options) throws IOException {
    Opened opened = open(options);
    Path path = opened.path;
    return owner(new TempFile(opened, true, options, () -> Files.deleteIfExists(path)));
  }

  /**
   * Creates a file without a name, in the default {@code tmp:} file system.
   *
   * <pre>{@code
   * try (TempFile scratch = TempFile.createUnnamed()) {
   *   scratch.channel().write(ByteBuffer.allocate(100));
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
   * Creates a file whose name is taken away at once, so that nothing but this object leads to it.
   * Where an open file cannot be deleted, the name goes as it is closed.
   *
   * <pre>{@code
   * TempOptions small = TempOptions.defaults().spoolThreshold(100);
   * try (TempFile spooled = TempFile.createUnnamed(small)) {
   *   spooled.channel().write(ByteBuffer.allocate(101));
   *   spooled.isRolledOver(); // true
   * }
   * }</pre>
   *
   * @param options how and where
   * @return the file, open and empty
   * @throws IllegalArgumentException if prefix or suffix cannot be part of a name in the directory,
   *     or there is a {@code spoolThreshold} and the directory is not in a {@code tmp:} file system
   * @throws java.nio.file.NoSuchFileException if the directory does not exist
   * @throws java.nio.file.AccessDeniedException if it is not writable
   * @throws IOException if the file cannot be created for another reason
   * @throws UnsupportedOperationException if the directory's file system has no file channels or
   *     cannot create with these permissions
   */
  public static TempFile createUnnamed(TempOptions options) throws IOException {
    Opened opened = open(options);
    Path path = opened.path;
    Cleanup.Removal removal = () -> {};
    try {
      Files.delete(path);
    } catch (IOException e) {
      removal = () -> Files.deleteIfExists(path);
    }
    return owner(new TempFile(opened, false, options, removal));
  }

  private static Opened open(TempOptions options) throws IOException {
    Path directory = options.place();
    FileAttribute<?>[] attributes = attributes(directory, options);
    Opened opened =
        options
            .name()
            .make(directory, path -> new Opened(path, FileChannel.open(path, OPTIONS, attributes)));
    try {
      OwnerOnly.checkUmask(opened.path, attributes);
      return opened;
    } catch (IOException e) {
      try (opened.channel) {
        throw e;
      }
    }
  }

  private static FileAttribute<?>[] attributes(Path directory, TempOptions options) {
    List<FileAttribute<?>> attributes = new ArrayList<>();
    options
        .permissions()
        .map(PosixFilePermissions::asFileAttribute)
        .ifPresentOrElse(
            attributes::add, () -> attributes.addAll(List.of(OwnerOnly.file(directory))));
    options.spoolThreshold().ifPresent(bytes -> attributes.add(threshold(directory, bytes)));
    return attributes.toArray(FileAttribute<?>[]::new);
  }

  private static FileAttribute<Long> threshold(Path directory, long bytes) {
    if (!directory.getFileSystem().supportedFileAttributeViews().contains("tmp")) {
      throw new IllegalArgumentException(
          "spoolThreshold is " + bytes + ", but only files in tmp: have one; " + directory.toUri());
    }
    return new FileAttribute<>() {
      @Override
      public String name() {
        return "tmp:spoolThreshold";
      }

      @Override
      public Long value() {
        return bytes;
      }
    };
  }

  /** Leaves it to the file to report that it was forgotten, channel and all. */
  private static TempFile owner(TempFile file) {
    if (file.cleanup != null && file.channel instanceof OwnedChannel owned) {
      owned.ownedBy(file);
    }
    return file;
  }

  /**
   * Returns the name, under which the file can be opened any number of times.
   *
   * <pre>{@code
   * Files.writeString(file.path(), "text");
   * }</pre>
   *
   * @return an absolute path
   * @throws UnsupportedOperationException if the file was created without a name
   */
  public Path path() {
    if (!named) {
      throw new UnsupportedOperationException("The file has no name; create() gives one");
    }
    return createdAs;
  }

  /**
   * Returns the open file, to be read and written without opening it again.
   *
   * <pre>{@code
   * file.channel().write(ByteBuffer.wrap(new byte[] {1, 2, 3}));
   * file.channel().position(0);
   * }</pre>
   *
   * @return the one channel of this object, at the position where it was left; closing it does not
   *     remove a file that has a name
   */
  public FileChannel channel() {
    ensureOpen();
    return channel;
  }

  /**
   * Makes a stream that reads the file from its first byte, whatever the position of the channel.
   *
   * <pre>{@code
   * try (InputStream in = file.newInputStream()) {
   *   in.readAllBytes();
   * }
   * }</pre>
   *
   * @return a stream with a position of its own; closing it leaves the file open
   */
  public InputStream newInputStream() {
    ensureOpen();
    InputStream in = new ChannelInput(channel, this);
    return options.bufferSize() == 0 ? in : new BufferedInputStream(in, options.bufferSize());
  }

  /**
   * Makes a stream that writes where the channel stands, and moves it on; so what is written by one
   * stream after another comes one after another.
   *
   * <pre>{@code
   * try (OutputStream out = file.newOutputStream()) {
   *   request.transferTo(out);
   * }
   * }</pre>
   *
   * @return a stream, to be closed or flushed; closing it leaves the file open
   */
  public OutputStream newOutputStream() {
    ensureOpen();
    OutputStream out = new ChannelOutput(channel, this);
    return options.bufferSize() == 0 ? out : new BufferedOutputStream(out, options.bufferSize());
  }

  /**
   * Makes a reader of the file from its first character, with the encoding and the newlines of the
   * options.
   *
   * <pre>{@code
   * try (BufferedReader reader = file.newReader()) {
   *   reader.lines().forEach(System.out::println);
   * }
   * }</pre>
   *
   * @return a reader that throws {@link java.nio.charset.CharacterCodingException} where the bytes
   *     are no text of the encoding; closing it leaves the file open
   */
  public BufferedReader newReader() {
    Reader reader = new InputStreamReader(newInputStream(), options.charset().newDecoder());
    return new BufferedReader(
        options.newline() == Newline.UNTRANSLATED ? reader : new LineEndReader(reader),
        Math.max(1, options.bufferSize()));
  }

  /**
   * Makes a writer that starts where the channel stands, and moves it on, with the encoding and the
   * newlines of the options.
   *
   * <pre>{@code
   * try (BufferedWriter writer = file.newWriter()) {
   *   writer.write("text");
   * }
   * }</pre>
   *
   * @return a writer, to be closed or flushed, that throws {@link
   *     java.nio.charset.CharacterCodingException} for text the encoding does not have; closing it
   *     leaves the file open
   */
  public BufferedWriter newWriter() {
    Writer writer = new OutputStreamWriter(newOutputStream(), options.charset().newEncoder());
    return new BufferedWriter(
        switch (options.newline()) {
          case UNTRANSLATED -> writer;
          case LF -> new LineEndWriter(writer, "\n");
          case CRLF -> new LineEndWriter(writer, "\r\n");
          case PLATFORM -> new LineEndWriter(writer, System.lineSeparator());
        },
        Math.max(1, options.bufferSize()));
  }

  /**
   * Opens the file once more, by its name.
   *
   * <pre>{@code
   * try (FileChannel reader = file.reopen(StandardOpenOption.READ)) {
   *   reader.size();
   * }
   * }</pre>
   *
   * @param openOptions how; none for reading and writing
   * @return a channel with a position of its own, which the caller closes
   * @throws UnsupportedOperationException if the file was created without a name
   * @throws IOException if it cannot be opened, because somebody has deleted it, say
   */
  public FileChannel reopen(OpenOption... openOptions) throws IOException {
    ensureOpen();
    return openOptions.length == 0
        ? FileChannel.open(path(), StandardOpenOption.READ, StandardOpenOption.WRITE)
        : FileChannel.open(path(), openOptions);
  }

  /**
   * Returns the size.
   *
   * <pre>{@code
   * long bytes = file.size();
   * }</pre>
   *
   * @return bytes, 0 or more
   * @throws IOException if the channel was closed
   */
  public long size() throws IOException {
    ensureOpen();
    return channel.size();
  }

  /**
   * Cuts the file, or extends it with zeros. A position of the channel beyond a new end moves
   * there.
   *
   * <pre>{@code
   * file.setSize(0);
   * }</pre>
   *
   * @param bytes the new size, 0 or more
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws IOException if there is no room
   */
  public void setSize(long bytes) throws IOException {
    ensureOpen();
    if (bytes < 0) {
      throw new IllegalArgumentException("size is " + bytes + "; allowed: 0 or more");
    }
    if (bytes > channel.size()) {
      channel.write(ByteBuffer.allocate(1), bytes - 1);
    } else {
      channel.truncate(bytes);
    }
  }

  /**
   * Says whether the bytes have left the memory for a file of their own.
   *
   * <pre>{@code
   * boolean onDisk = file.isRolledOver();
   * }</pre>
   *
   * @return true always, for a file outside {@code tmp:} file systems
   * @throws IOException if the channel was closed
   */
  public boolean isRolledOver() throws IOException {
    ensureOpen();
    return !(channel instanceof TmpFileHandle handle)
        || handle.view().readAttributes().isRolledOver();
  }

  /**
   * Moves the bytes to the disk now. Does nothing if they are there, or the file is outside {@code
   * tmp:} file systems.
   *
   * <pre>{@code
   * file.rollOver();
   * }</pre>
   *
   * @throws IOException if the disk refuses; the bytes are where they were
   */
  public void rollOver() throws IOException {
    ensureOpen();
    if (channel instanceof TmpFileHandle handle) {
      handle.view().rollOver();
    }
  }

  /**
   * Returns the file as one on the default file system, for a subprocess or an API that takes a
   * {@link java.io.File}. A file in a {@code tmp:} file system is rolled over to one with a name,
   * mode 0600, in a private directory; writes from either side are seen by the other. It goes with
   * this file.
   *
   * <pre>{@code
   * Process cat = new ProcessBuilder("cat", file.hostPath().toString()).start();
   * cat.waitFor();
   * }</pre>
   *
   * @return an absolute path, the same at each call
   * @throws IOException if the disk refuses
   * @throws UnsupportedOperationException if there is no such path: the file is on the disk without
   *     a name, or neither on the disk nor in a {@code tmp:} file system that spills to it
   */
  public Path hostPath() throws IOException {
    ensureOpen();
    if (channel instanceof TmpFileHandle handle) {
      return handle.view().hostPath();
    }
    if (createdAs.getFileSystem() != FileSystems.getDefault()) {
      throw new UnsupportedOperationException(createdAs.toUri() + " is not on the host");
    }
    return path();
  }

  /**
   * Gives the file a final name, unless something has it, and closes it.
   *
   * <pre>{@code
   * file.persist(target);
   * }</pre>
   *
   * @param target the name, on any file system; its directory exists
   * @return {@code target}, absolute
   * @throws PersistException if that failed; the cause says why, {@link
   *     java.nio.file.FileAlreadyExistsException} if the target exists; file and target are as they
   *     were
   * @throws IOException if the file has the name, but what is left of it could not be removed
   */
  public Path persist(Path target) throws IOException {
    return persist(target, PersistOptions.defaults());
  }

  /**
   * Gives the file a final name, and closes it. Nobody sees the target half done: it is renamed,
   * or, on another device or file system, copied beside the target, synchronised and renamed there.
   *
   * <pre>{@code
   * file.persist(target, PersistOptions.defaults().replaceExisting(true).sync(true));
   * }</pre>
   *
   * @param target the name, on any file system; its directory exists
   * @param how with or without replacing a file there, and with which permissions
   * @return {@code target}, absolute
   * @throws PersistException if that failed; the cause says why, {@link
   *     java.nio.file.FileAlreadyExistsException} if the target exists and is not to be replaced;
   *     file and target are as they were
   * @throws UnsupportedOperationException if permissions were asked for and the target's file
   *     system has none
   * @throws IOException if the file has the name, but what is left of it could not be removed, or
   *     its directory not be synchronised
   */
  public Path persist(Path target, PersistOptions how) throws IOException {
    requireNonNull(how, "how");
    Path absolute = target.toAbsolutePath();
    ensureOpen();
    boolean renamed;
    try {
      renamed = place(absolute, how);
    } catch (IOException e) {
      throw new PersistException(this, createdAs, absolute, e);
    }
    try (this) {
      if (renamed && cleanup != null) {
        cleanup.keep();
      } else if (cleanup == null && named && !renamed) {
        Files.delete(createdAs);
      }
      if (how.sync()) {
        Persisting.syncDirectory(absolute);
      }
    }
    return absolute;
  }

  /** Returns whether the file has lost its name to the target. */
  private boolean place(Path target, PersistOptions how) throws IOException {
    if (!named) {
      return new Persisting(channel, null, target, how).run();
    }
    if (channel.isOpen()) {
      return new Persisting(channel, createdAs, target, how).run();
    }
    try (FileChannel again = reopen(StandardOpenOption.READ)) {
      return new Persisting(again, createdAs, target, how).run();
    }
  }

  /**
   * Has the file stay when this object is closed.
   *
   * <pre>{@code
   * Path kept = file.keep();
   * file.close();
   * Files.delete(kept);
   * }</pre>
   *
   * @return the path, which the caller removes; in a {@code tmp:} file system it goes with that
   * @throws UnsupportedOperationException if the file was created without a name
   */
  public Path keep() {
    ensureOpen();
    Path path = path();
    if (cleanup != null) {
      cleanup.keep();
    }
    return path;
  }

  /**
   * Closes the file and removes it, unless it is to stay; a second call does nothing, or tries
   * again what failed.
   *
   * <pre>{@code
   * file.close();
   * }</pre>
   *
   * @throws IOException if it cannot be removed, unless that is to be ignored
   */
  @Override
  @SuppressWarnings("try") // the resource is there to be closed after the channel
  public void close() throws IOException {
    closed = true;
    try (Closeable name = this::remove) {
      channel.close();
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  private void remove() throws IOException {
    if (cleanup != null) {
      cleanup.close(options.ignoreCleanupErrors());
    }
  }

  private void ensureOpen() {
    if (closed) {
      throw new IllegalStateException(this + " is closed");
    }
  }

  /** Returns a text for messages. */
  @Override
  public String toString() {
    return "TempFile " + createdAs.toUri();
  }
}
