package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.RandomName;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The options for the creation of a temporary file, directory or other resource, an immutable
 * value. Start with the defaults; each method returns options that differ in one setting.
 *
 * <pre>{@code
 * TempOptions uploads = TempOptions.defaults().prefix("upload-").suffix(".bin").spoolThreshold(64 << 10);
 * try (TempFile one = TempFile.create(uploads);
 *     TempFile other = TempFile.create(uploads.suffix(".tmp"))) {
 *   Files.copy(request, one.path(), StandardCopyOption.REPLACE_EXISTING); // 100000
 *   other.path().toString().endsWith(".tmp"); // true
 * }
 * }</pre>
 *
 * <p>Two options are equal if all settings are equal. Arguments must not be null. Safe for use by
 * any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>By default only the owner can read, write or list the file or directory, and its name contains
 * 128 random bits. With a shorter random part or wider permissions, safety depends on the
 * directory.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>Options hold no resource. The library removes a file or directory created with them once its
 * owner is collected, unless {@link #cleanup} is off.
 */
@CheckReturnValue
public final class TempOptions {
  private static final int LONGEST_RANDOM_PART = 200;
  private static final TempOptions DEFAULTS =
      new TempOptions(
          new RandomName("tmp", "", Names.LENGTH),
          null,
          Optional.empty(),
          new Limits(OptionalLong.empty(), OptionalLong.empty()),
          new Text(StandardCharsets.UTF_8, CodingErrorAction.REPORT, Newline.UNTRANSLATED, 0),
          new Removal(true, false));

  private final RandomName name;
  private final @Nullable Path directory;
  private final Optional<Set<PosixFilePermission>> permissions;
  private final Limits limits;
  private final Text text;
  private final Removal removal;

  private TempOptions(
      RandomName name,
      @Nullable Path directory,
      Optional<Set<PosixFilePermission>> permissions,
      Limits limits,
      Text text,
      Removal removal) {
    this.name = name;
    this.directory = directory;
    this.permissions = permissions;
    this.limits = limits;
    this.text = text;
    this.removal = removal;
  }

  private record Limits(OptionalLong spoolThreshold, OptionalLong maxFileSize) {
    /** Replaces the generated method, which keeps the class loader of this class reachable. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Limits that
          && spoolThreshold.equals(that.spoolThreshold)
          && maxFileSize.equals(that.maxFileSize);
    }

    @Override
    public int hashCode() {
      return Objects.hash(spoolThreshold, maxFileSize);
    }
  }

  private record Text(Charset charset, CodingErrorAction errors, Newline newline, int bufferSize) {
    /** Replaces the generated method, which keeps the class loader of this class reachable. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Text that
          && charset.equals(that.charset)
          && errors.equals(that.errors)
          && newline == that.newline
          && bufferSize == that.bufferSize;
    }

    @Override
    public int hashCode() {
      return Objects.hash(charset, newline, bufferSize);
    }
  }

  private record Removal(boolean on, boolean ignoringErrors) {
    /** Replaces the generated method, which keeps the class loader of this class reachable. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Removal that
          && on == that.on
          && ignoringErrors == that.ignoringErrors;
    }

    @Override
    public int hashCode() {
      return Objects.hash(on, ignoringErrors);
    }
  }

  /**
   * Returns the default options: a name of {@code tmp} and 26 random characters, in the root of the
   * default {@code tmp:} file system, accessible to the owner only, removed on close.
   *
   * <pre>{@code
   * String prefix = TempOptions.defaults().prefix(); // "tmp"
   * }</pre>
   *
   * @return the defaults
   */
  public static TempOptions defaults() {
    return DEFAULTS;
  }

  /**
   * Returns the prefix of names.
   *
   * <pre>{@code
   * String prefix = TempOptions.defaults().prefix("upload-").prefix(); // "upload-"
   * }</pre>
   *
   * @return the prefix, possibly empty
   */
  public String prefix() {
    return name.prefix();
  }

  /**
   * Sets the prefix of names.
   *
   * <pre>{@code
   * try (TempFile upload = TempFile.create(TempOptions.defaults().prefix("upload-"))) {
   *   upload.path().getFileName().toString().startsWith("upload-"); // true
   * }
   * }</pre>
   *
   * @param prefix characters allowed in a name; may be empty
   * @return options that differ in this
   * @throws IllegalArgumentException if it contains a {@code /}; the creation refuses other
   *     separators of the directory's file system
   */
  public TempOptions prefix(String prefix) {
    return name(new RandomName(partOfName("prefix", prefix), name.suffix(), name.randomLength()));
  }

  /**
   * Sets the suffix of names.
   *
   * <pre>{@code
   * try (TempFile report = TempFile.create(TempOptions.defaults().suffix(".pdf"))) {
   *   report.path().toString().endsWith(".pdf"); // true
   * }
   * }</pre>
   *
   * @param suffix characters allowed in a name; may be empty
   * @return options that differ in this
   * @throws IllegalArgumentException if it contains a {@code /}; the creation refuses other
   *     separators of the directory's file system
   */
  public TempOptions suffix(String suffix) {
    return name(new RandomName(name.prefix(), partOfName("suffix", suffix), name.randomLength()));
  }

  /**
   * Sets the length of the random part of names, between prefix and suffix. Each character contains
   * 5 random bits.
   *
   * <pre>{@code
   * try (TempFile upload = TempFile.create(TempOptions.defaults().prefix("up").randomLength(8))) {
   *   upload.path().getFileName().toString().length(); // 10
   * }
   * }</pre>
   *
   * @param characters 0 to 200, 26 by default; with 0 the creation tries one name, and throws
   *     {@link java.nio.file.FileAlreadyExistsException} if it is taken
   * @return options that differ in this
   * @throws IllegalArgumentException if {@code characters} is out of range
   */
  public TempOptions randomLength(int characters) {
    if (characters < 0 || characters > LONGEST_RANDOM_PART) {
      throw new IllegalArgumentException(
          "randomLength is " + characters + "; allowed: 0 to " + LONGEST_RANDOM_PART);
    }
    return name(new RandomName(name.prefix(), name.suffix(), characters));
  }

  /**
   * Sets the directory in which files, directories and resources are created.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
   * try (TempFile log = TempFile.create(onDisk)) {
   *   log.path().getParent().equals(SystemTemp.directory()); // true
   * }
   * }</pre>
   *
   * @param directory an existing directory of any file system; by default the root of the default
   *     {@code tmp:} file system
   * @return options that differ in this
   */
  public TempOptions directory(Path directory) {
    return new TempOptions(
        name, requireNonNull(directory, "directory"), permissions, limits, text, removal);
  }

  /**
   * Sets the permissions of the creating call, from which the umask is subtracted.
   *
   * <pre>{@code
   * TempOptions shared =
   *     TempOptions.defaults().permissions(PosixFilePermissions.fromString("rw-r-----"));
   * try (TempFile page = TempFile.create(shared)) {
   *   PosixFilePermissions.toString(Files.getPosixFilePermissions(page.path())); // "rw-r-----"
   * }
   * }</pre>
   *
   * @param permissions by default for the owner only: 0600 for a file, 0700 for a directory
   * @return options that differ in this
   */
  public TempOptions permissions(Set<PosixFilePermission> permissions) {
    return new TempOptions(
        name, directory, Optional.of(Set.copyOf(permissions)), limits, text, removal);
  }

  /**
   * Sets how many bytes a file may hold in memory; a larger file rolls over to the disk.
   *
   * <pre>{@code
   * try (TempFile upload = TempFile.of(request, TempOptions.defaults().spoolThreshold(64 << 10))) {
   *   upload.isRolledOver(); // true
   * }
   * }</pre>
   *
   * @param bytes 0 or more; 0 stores the file on the disk at once, {@link Long#MAX_VALUE} leaves
   *     the limit to the memory budget (as {@code max_size=0} of Python's {@code
   *     SpooledTemporaryFile} does); by default the file system's setting {@code spoolThreshold}
   *     decides
   * @return options that differ in this; they create files only in {@code tmp:} file systems
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TempOptions spoolThreshold(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("spoolThreshold is " + bytes + "; allowed: 0 or more");
    }
    return limits(new Limits(OptionalLong.of(bytes), limits.maxFileSize));
  }

  /**
   * Sets the largest size of a file. A write that would make it larger throws {@link
   * TmpLimitException} and leaves the file unchanged. The limit belongs to the file: another file
   * that takes its name, for instance by {@link java.nio.file.StandardCopyOption#REPLACE_EXISTING},
   * has the limit of the file system; {@link TempFile#of} and {@link TempFile#newOutputStream} keep
   * the limit.
   *
   * <pre>{@code
   * try (TempFile upload = TempFile.of(request, TempOptions.defaults().maxFileSize(64 << 10))) {
   *   upload.persist(target);
   * } catch (TmpLimitException e) {
   *   e.limit(); // 65536
   * }
   * }</pre>
   *
   * @param bytes 0 or more; by default only the file system's setting {@code maxFileSize} limits it
   * @return options that differ in this; they create files only in {@code tmp:} file systems
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TempOptions maxFileSize(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("maxFileSize is " + bytes + "; allowed: 0 or more");
    }
    return limits(new Limits(limits.spoolThreshold, OptionalLong.of(bytes)));
  }

  /**
   * Sets the encoding of readers and writers.
   *
   * <pre>{@code
   * TempOptions latin = TempOptions.defaults().charset(StandardCharsets.ISO_8859_1);
   * try (TempFile menu = TempFile.create(latin)) {
   *   menu.newWriter().write("caf\u00e9");
   *   menu.size(); // 4
   * }
   * }</pre>
   *
   * @param charset UTF-8 by default
   * @return options that differ in this
   */
  public TempOptions charset(Charset charset) {
    return text(
        new Text(requireNonNull(charset, "charset"), text.errors, text.newline, text.bufferSize));
  }

  /**
   * Sets how readers treat malformed bytes and how writers treat unmappable characters.
   *
   * <pre>{@code
   * TempOptions lenient = TempOptions.defaults().codingErrors(CodingErrorAction.REPLACE);
   * try (TempFile menu = TempFile.create(lenient.charset(StandardCharsets.US_ASCII))) {
   *   menu.newWriter().write("caf\u00e9");
   *   Files.readString(menu.path()); // "caf?"
   * }
   * }</pre>
   *
   * @param action {@link CodingErrorAction#REPORT} by default: a {@link
   *     java.nio.charset.CharacterCodingException}
   * @return options that differ in this
   */
  public TempOptions codingErrors(CodingErrorAction action) {
    return text(
        new Text(text.charset, requireNonNull(action, "action"), text.newline, text.bufferSize));
  }

  /**
   * Sets how readers and writers translate line ends.
   *
   * <pre>{@code
   * try (TempFile csv = TempFile.create(TempOptions.defaults().newline(Newline.CRLF))) {
   *   csv.newWriter().write("a,b\n");
   *   Files.readString(csv.path()); // "a,b\r\n"
   * }
   * }</pre>
   *
   * @param newline {@link Newline#UNTRANSLATED} by default
   * @return options that differ in this
   */
  public TempOptions newline(Newline newline) {
    return text(
        new Text(text.charset, text.errors, requireNonNull(newline, "newline"), text.bufferSize));
  }

  /**
   * Sets the size of the write buffer that the streams and writers of a file share. Without a
   * buffer each write is visible at once, through every path, channel and stream. With one, each
   * method of the {@link TempFile} flushes the buffer first, and so do {@code flush} and {@code
   * close} of a stream or writer. Other programs do not see the bytes in the buffer. A channel that
   * was fetched before a buffered write does not see these bytes and may write at the same
   * position: fetch it again.
   *
   * <pre>{@code
   * try (TempFile log = TempFile.create(TempOptions.defaults().bufferSize(8192))) {
   *   Path path = log.path();
   *   log.newOutputStream().write(1);
   *   Files.size(path); // 0
   *   log.size(); // 1
   * }
   * }</pre>
   *
   * @param bytes 0 or more, 0 by default; all streams of a file share one buffer
   * @return options that differ in this
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TempOptions bufferSize(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bufferSize is " + bytes + "; allowed: 0 or more");
    }
    return text(new Text(text.charset, text.errors, text.newline, bytes));
  }

  /**
   * Sets whether the file or directory is removed when its owner is closed or collected.
   *
   * <pre>{@code
   * Path log;
   * try (TempFile run = TempFile.create(TempOptions.defaults().cleanup(false))) {
   *   log = Files.writeString(run.path(), "here in the next process");
   * }
   * Files.readString(log); // "here in the next process"
   * }</pre>
   *
   * @param on false if the caller removes it. Unless a directory is set, the file or directory is
   *     then created in {@link SystemTemp#directory()}, because a {@code tmp:} file system does not
   *     outlive the JVM
   * @return options that differ in this
   */
  public TempOptions cleanup(boolean on) {
    return removal(new Removal(on, removal.ignoringErrors));
  }

  /**
   * Sets whether {@code close()} ignores a failed removal.
   *
   * <pre>{@code
   * TempDirectory work = TempDirectory.create(TempOptions.defaults().ignoreCleanupErrors(true));
   * try (work) {
   *   Files.createFile(work.resolve("scratch"));
   * }
   * Files.exists(work.path()); // false
   * }</pre>
   *
   * @param ignoring true if {@code close()} throws no exception when the removal fails; false by
   *     default
   * @return options that differ in this
   */
  public TempOptions ignoreCleanupErrors(boolean ignoring) {
    return removal(new Removal(removal.on, ignoring));
  }

  RandomName name() {
    return name;
  }

  /**
   * Returns the absolute directory for new files.
   *
   * @throws UnsupportedOperationException if files are kept and the directory does not outlive the
   *     JVM
   * @throws IOException if the temporary directory is needed and none is usable
   */
  Path place() throws IOException {
    if (directory == null) {
      return removal.on ? TmpFileSystems.getDefault().getPath("/") : SystemTemp.directory();
    }
    if (!removal.on) {
      Kept.requireLasting(directory, "");
    }
    return directory.toAbsolutePath();
  }

  /** Returns the permissions; empty for the default, the owner only. */
  Optional<Set<PosixFilePermission>> permissions() {
    return permissions;
  }

  /** Says whether a file is created with default attributes only. */
  boolean setsNothing() {
    return permissions.isEmpty() && limits.spoolThreshold.isEmpty() && limits.maxFileSize.isEmpty();
  }

  OptionalLong spoolThreshold() {
    return limits.spoolThreshold;
  }

  OptionalLong maxFileSize() {
    return limits.maxFileSize;
  }

  Charset charset() {
    return text.charset;
  }

  CodingErrorAction codingErrors() {
    return text.errors;
  }

  Newline newline() {
    return text.newline;
  }

  int bufferSize() {
    return text.bufferSize;
  }

  boolean cleanup() {
    return removal.on;
  }

  boolean ignoreCleanupErrors() {
    return removal.ignoringErrors;
  }

  private TempOptions name(RandomName changed) {
    return new TempOptions(changed, directory, permissions, limits, text, removal);
  }

  private TempOptions limits(Limits changed) {
    return new TempOptions(name, directory, permissions, changed, text, removal);
  }

  private TempOptions text(Text changed) {
    return new TempOptions(name, directory, permissions, limits, changed, removal);
  }

  private TempOptions removal(Removal changed) {
    return new TempOptions(name, directory, permissions, limits, text, changed);
  }

  private static String partOfName(String what, String part) {
    if (requireNonNull(part, what).indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          what + " is '" + part + "'; allowed: anything a name may hold, but no separator");
    }
    return part;
  }

  @Override
  @SuppressWarnings("exports") // users compile without the module of the annotation
  public boolean equals(@Nullable Object other) {
    return other instanceof TempOptions that
        && name.equals(that.name)
        && Objects.equals(directory, that.directory)
        && permissions.equals(that.permissions)
        && limits.equals(that.limits)
        && text.equals(that.text)
        && removal.equals(that.removal);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, directory, permissions, limits, text, removal);
  }

  /** Returns all settings as text, for logs. */
  @Override
  public String toString() {
    StringJoiner settings = new StringJoiner(", ", "TempOptions[", "]");
    settings.add("prefix=" + name.prefix());
    settings.add("suffix=" + name.suffix());
    settings.add("randomLength=" + name.randomLength());
    if (directory != null) {
      settings.add("directory=" + ForeignProvider.text(directory));
    }
    permissions.ifPresent(set -> settings.add("permissions=" + PosixFilePermissions.toString(set)));
    limits.spoolThreshold.ifPresent(bytes -> settings.add("spoolThreshold=" + bytes));
    limits.maxFileSize.ifPresent(bytes -> settings.add("maxFileSize=" + bytes));
    settings.add("charset=" + text.charset);
    settings.add("codingErrors=" + text.errors);
    settings.add("newline=" + text.newline);
    settings.add("bufferSize=" + text.bufferSize);
    settings.add("cleanup=" + removal.on);
    settings.add("ignoreCleanupErrors=" + removal.ignoringErrors);
    return settings.toString();
  }
}
