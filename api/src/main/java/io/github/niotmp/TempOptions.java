package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.RandomName;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a temporary file, directory or other resource is made: a value that never changes. Start with
 * the defaults and say what is to differ.
 *
 * <pre>{@code
 * TempOptions uploads = TempOptions.defaults().prefix("upload-").suffix(".bin").spoolThreshold(64 << 10);
 * try (TempFile one = TempFile.create(uploads);
 *     TempFile other = TempFile.create(uploads.suffix(".tmp"))) {
 *   Files.copy(request, one.path(), StandardCopyOption.REPLACE_EXISTING);
 * }
 * }</pre>
 *
 * <p>Arguments must not be null. Safe for use by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>By default nobody but the owner can read, write or list what is made, and its name holds 128
 * bits that nobody can guess. A shorter random part or wider permissions are only as safe as the
 * directory they are used in.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>Options are not to be closed. What is made with them is removed once it is collected, unless
 * {@link #cleanup} is off.
 */
public final class TempOptions {
  private static final int LONGEST_RANDOM_PART = 200;
  private static final TempOptions DEFAULTS =
      new TempOptions(
          new RandomName("tmp", "", Names.LENGTH),
          null,
          Optional.empty(),
          OptionalLong.empty(),
          new Text(StandardCharsets.UTF_8, Newline.UNTRANSLATED, 8192),
          new Removal(true, false));

  private final RandomName name;
  private final @Nullable Path directory;
  private final Optional<Set<PosixFilePermission>> permissions;
  private final OptionalLong spoolThreshold;
  private final Text text;
  private final Removal cleanup;

  private TempOptions(
      RandomName name,
      @Nullable Path directory,
      Optional<Set<PosixFilePermission>> permissions,
      OptionalLong spoolThreshold,
      Text text,
      Removal cleanup) {
    this.name = name;
    this.directory = directory;
    this.permissions = permissions;
    this.spoolThreshold = spoolThreshold;
    this.text = text;
    this.cleanup = cleanup;
  }

  private record Text(Charset charset, Newline newline, int bufferSize) {}

  private record Removal(boolean on, boolean ignoringErrors) {}

  /**
   * Returns the options that apply where nothing else is said: a name of {@code tmp} and 26 random
   * characters, in the root of the default {@code tmp:} file system, for the owner only, removed on
   * close.
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
   * Returns what names start with.
   *
   * <pre>{@code
   * String prefix = TempOptions.defaults().prefix(); // without a directory
   * }</pre>
   *
   * @return the prefix, perhaps empty
   */
  public String prefix() {
    return name.prefix();
  }

  /**
   * Sets what names start with.
   *
   * <pre>{@code
   * TempOptions options = TempOptions.defaults().prefix("upload-");
   * }</pre>
   *
   * @param prefix anything a name may hold, or nothing
   * @return options that differ in this
   * @throws IllegalArgumentException if there is a {@code /} in it; other separators, of the
   *     directory's file system, are refused as something is made
   */
  public TempOptions prefix(String prefix) {
    return name(new RandomName(partOfName("prefix", prefix), name.suffix(), name.randomLength()));
  }

  /**
   * Sets what names end with.
   *
   * <pre>{@code
   * TempOptions options = TempOptions.defaults().suffix(".pdf");
   * }</pre>
   *
   * @param suffix anything a name may hold, or nothing
   * @return options that differ in this
   * @throws IllegalArgumentException if there is a {@code /} in it; other separators, of the
   *     directory's file system, are refused as something is made
   */
  public TempOptions suffix(String suffix) {
    return name(new RandomName(name.prefix(), partOfName("suffix", suffix), name.randomLength()));
  }

  /**
   * Sets how long the random part of names is, between prefix and suffix. Each character holds 5
   * bits.
   *
   * <pre>{@code
   * TempOptions options = TempOptions.defaults().randomLength(8);
   * }</pre>
   *
   * @param characters 0 to 200, 26 by default; with 0 there is one name to try, and {@link
   *     java.nio.file.FileAlreadyExistsException} if it is taken
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
   * Sets the directory to make things in.
   *
   * <pre>{@code
   * TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
   * }</pre>
   *
   * @param directory an existing directory of any file system; by default the root of the default
   *     {@code tmp:} file system
   * @return options that differ in this
   */
  public TempOptions directory(Path directory) {
    return new TempOptions(
        name, requireNonNull(directory, "directory"), permissions, spoolThreshold, text, cleanup);
  }

  /**
   * Sets the permissions to create with. On the host the umask may take some away.
   *
   * <pre>{@code
   * TempOptions shared =
   *     TempOptions.defaults().permissions(PosixFilePermissions.fromString("rw-r-----"));
   * }</pre>
   *
   * @param permissions by default the owner's alone: 0600 for a file, 0700 for a directory
   * @return options that differ in this
   */
  public TempOptions permissions(Set<PosixFilePermission> permissions) {
    return new TempOptions(
        name, directory, Optional.of(Set.copyOf(permissions)), spoolThreshold, text, cleanup);
  }

  /**
   * Sets how many bytes of a file may be in memory; a larger one rolls over to the disk.
   *
   * <pre>{@code
   * TempOptions small = TempOptions.defaults().spoolThreshold(64 << 10);
   * }</pre>
   *
   * @param bytes 0 or more, 0 being straight to the disk; by default what the file system's setting
   *     {@code spoolThreshold} says
   * @return options that differ in this; they make files in {@code tmp:} file systems only
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TempOptions spoolThreshold(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("spoolThreshold is " + bytes + "; allowed: 0 or more");
    }
    return new TempOptions(name, directory, permissions, OptionalLong.of(bytes), text, cleanup);
  }

  /**
   * Sets the encoding of readers and writers.
   *
   * <pre>{@code
   * TempOptions latin = TempOptions.defaults().charset(StandardCharsets.ISO_8859_1);
   * }</pre>
   *
   * @param charset UTF-8 by default
   * @return options that differ in this
   */
  public TempOptions charset(Charset charset) {
    return text(new Text(requireNonNull(charset, "charset"), text.newline, text.bufferSize));
  }

  /**
   * Sets how readers and writers translate the ends of lines.
   *
   * <pre>{@code
   * TempOptions windows = TempOptions.defaults().newline(Newline.CRLF);
   * }</pre>
   *
   * @param newline {@link Newline#UNTRANSLATED} by default
   * @return options that differ in this
   */
  public TempOptions newline(Newline newline) {
    return text(new Text(text.charset, requireNonNull(newline, "newline"), text.bufferSize));
  }

  /**
   * Sets the size of the buffers in streams, readers and writers.
   *
   * <pre>{@code
   * TempOptions unbuffered = TempOptions.defaults().bufferSize(0);
   * }</pre>
   *
   * @param bytes 0 or more, 8192 by default; with 0 streams have no buffer, readers and writers the
   *     smallest there is
   * @return options that differ in this
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TempOptions bufferSize(int bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("bufferSize is " + bytes + "; allowed: 0 or more");
    }
    return text(new Text(text.charset, text.newline, bytes));
  }

  /**
   * Sets whether what is made is removed when it is closed or collected.
   *
   * <pre>{@code
   * try (TempFile log = TempFile.create(TempOptions.defaults().cleanup(false))) {
   *   Files.writeString(log.path(), "there when all is over");
   * }
   * }</pre>
   *
   * @param on false to leave the removal to the caller; in a {@code tmp:} file system all goes with
   *     the file system nevertheless
   * @return options that differ in this
   */
  public TempOptions cleanup(boolean on) {
    return cleanup(new Removal(on, cleanup.ignoringErrors));
  }

  /**
   * Sets whether closing passes over a removal that fails.
   *
   * <pre>{@code
   * try (TempDirectory work = TempDirectory.create(TempOptions.defaults().ignoreCleanupErrors(true))) {
   *   Files.createFile(work.resolve("scratch"));
   * }
   * }</pre>
   *
   * @param ignoring true to have {@code close()} throw nothing if what was made cannot be removed;
   *     false by default
   * @return options that differ in this
   */
  public TempOptions ignoreCleanupErrors(boolean ignoring) {
    return cleanup(new Removal(cleanup.on, ignoring));
  }

  RandomName name() {
    return name;
  }

  /** Returns where to make things, absolute. */
  Path place() {
    return directory == null
        ? TmpFileSystems.getDefault().getPath("/")
        : directory.toAbsolutePath();
  }

  /** Returns the permissions, or nothing for the owner's alone. */
  Optional<Set<PosixFilePermission>> permissions() {
    return permissions;
  }

  OptionalLong spoolThreshold() {
    return spoolThreshold;
  }

  Charset charset() {
    return text.charset;
  }

  Newline newline() {
    return text.newline;
  }

  int bufferSize() {
    return text.bufferSize;
  }

  boolean cleanup() {
    return cleanup.on;
  }

  boolean ignoreCleanupErrors() {
    return cleanup.ignoringErrors;
  }

  private TempOptions name(RandomName changed) {
    return new TempOptions(changed, directory, permissions, spoolThreshold, text, cleanup);
  }

  private TempOptions text(Text changed) {
    return new TempOptions(name, directory, permissions, spoolThreshold, changed, cleanup);
  }

  private TempOptions cleanup(Removal changed) {
    return new TempOptions(name, directory, permissions, spoolThreshold, text, changed);
  }

  private static String partOfName(String what, String part) {
    if (requireNonNull(part, what).indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          what + " is '" + part + "'; allowed: anything a name may hold, but no separator");
    }
    return part;
  }
}
