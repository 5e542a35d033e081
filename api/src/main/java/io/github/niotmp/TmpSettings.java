package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * The settings of a {@code tmp:} file system, an immutable value. Start with the defaults; each
 * method returns settings that differ in one.
 *
 * <pre>{@code
 * TmpSettings uploads =
 *     TmpSettings.defaults().spoolThreshold(64 << 10).maxSize(2L << 30).maxFiles(10_000);
 * try (FileSystem fileSystem = TmpFileSystems.open(uploads)) {
 *   fileSystem.getFileStores().iterator().next().getTotalSpace(); // 2147483648
 * }
 * }</pre>
 *
 * <p>It is also an unmodifiable map, which {@link
 * java.nio.file.FileSystems#newFileSystem(java.net.URI, Map)} takes, and equals each map with the
 * same entries. The constants are the keys of the settings, for other maps and for the query of a
 * URI:
 *
 * <pre>{@code
 * Map<String, ?> settings = Map.of(TmpSettings.SPOOL_THRESHOLD, "64KiB");
 * try (FileSystem uploads = FileSystems.newFileSystem(URI.create("tmp://uploads"), settings);
 *     FileSystem drafts =
 *         FileSystems.newFileSystem(URI.create("tmp://drafts?spoolThreshold=64KiB"), Map.of())) {
 *   Path body = Files.createFile(uploads.getPath("/body"));
 *   Files.getAttribute(body, "tmp:spoolThreshold"); // 65536
 *   Path draft = Files.createFile(drafts.getPath("/draft"));
 *   Files.getAttribute(draft, "tmp:spoolThreshold"); // 65536
 * }
 * }</pre>
 *
 * <p>In a map a number of bytes is a {@link Long}, an {@link Integer}, or text: digits, optionally
 * followed by {@code KiB}, {@code MiB}, {@code GiB} or {@code TiB}, or {@code unlimited}. It is
 * never negative. An unknown key, a value that is not allowed, or a key with two values throws an
 * {@link IllegalArgumentException}, whose message lists the allowed ones.
 *
 * <p>The default file system takes its settings from system properties, see {@link
 * TmpFileSystems#getDefault}. {@link TmpFileSystems#settings} returns those of an open file system.
 *
 * <p>Arguments must not be null. Safe for use by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>{@link #MAX_SIZE}, {@link #MAX_FILE_SIZE}, {@link #MAX_FILES} and {@link #MEMORY_BUDGET} limit
 * the disk and heap that the users of a file system can take. A call that would exceed one of the
 * first three throws {@link TmpLimitException}; past the memory budget, files move to the disk.
 */
@CheckReturnValue
public final class TmpSettings extends AbstractMap<String, Object> {
  /**
   * The kind of the file system. {@code spooled}, the default, keeps names in memory, and bytes in
   * memory or on the disk. {@code host} is a tree of real files in a private directory, which other
   * programs can use. With {@code host}, the opening refuses settings that limit memory and size,
   * {@link #MAX_FILE_SIZE} too.
   */
  public static final String STORAGE = "storage";

  /**
   * The bytes that a file may hold in memory; a larger file rolls over to the disk. With {@code 0}
   * each file goes to the disk at once. The default is a quarter of the memory budget, at least 1
   * MiB and at most 128 MiB.
   *
   * <p>A file up to an explicit threshold may evict colder files from memory. By default a file may
   * do so up to 1 MiB. A larger file stays in memory only while memory is free and otherwise rolls
   * over, because a stream of large files would evict all other files.
   */
  public static final String SPOOL_THRESHOLD = "spoolThreshold";

  /**
   * The bytes that all files together may hold in memory; beyond it, the file system moves files
   * that were not used lately to the disk. In a map the value may also be a share of the budget of
   * the JVM as text, from {@code 1%} to {@code 100%}. The default and the maximum is the budget of
   * the JVM, which all file systems share: a quarter of the maximum heap, or the value of the
   * system property {@code io.github.niotmp.memoryBudget} when the first file system opens, a
   * number of bytes or a share of the maximum heap. If the budget of the JVM is used up, files of
   * any file system move to the disk.
   *
   * <p>Names, link targets and user-defined attributes are always in memory. They count towards the
   * budget of the JVM, not towards this setting. If the eviction of files does not free enough
   * memory for them, the call throws {@link TmpLimitException}.
   */
  public static final String MEMORY_BUDGET = "memoryBudget";

  /**
   * The largest sum of the sizes of all files, in memory and on the disk, holes included. The
   * default is {@code unlimited}.
   */
  public static final String MAX_SIZE = "maxSize";

  /**
   * The largest size of a single file, holes included. A write, an append or a mapping that would
   * make a file larger throws {@link TmpLimitException} and leaves the file unchanged. A file may
   * have a smaller limit of its own, see {@link TmpFileAttributeView#setMaxFileSize}. The default
   * is {@code unlimited}.
   */
  public static final String MAX_FILE_SIZE = "maxFileSize";

  /**
   * The largest number of names of files, directories and links: a {@link Long}, an {@link
   * Integer}, or text, digits or {@code unlimited}. The default is one for each KiB of the maximum
   * heap, as names are always in memory.
   */
  public static final String MAX_FILES = "maxFiles";

  /**
   * The number of descriptors that this process may use for spill files before further files share
   * one: a {@link Long}, an {@link Integer}, or text, digits or {@code unlimited}. Files that share
   * are as safe, and a little slower; all file systems that spill to one directory share the same
   * descriptor. A file that is mapped or has a host path holds a descriptor of its own, even beyond
   * this limit. The default is half of the descriptors that were free when the first file rolled
   * over.
   */
  public static final String MAX_DESCRIPTORS = "maxDescriptors";

  /**
   * Whether paths of more than 4,095 bytes are allowed: {@code true} or {@code false}, as text or a
   * {@link Boolean}. The default is {@code false}: each call that looks up such a path throws a
   * {@link java.nio.file.FileSystemException}, "File name too long", as on Linux. The limit applies
   * to the UTF-8 bytes of the path as given, before a relative one is resolved. The move of a
   * directory may make the paths below it longer; a caller then reaches its entries from an open
   * {@link java.nio.file.SecureDirectoryStream}, and the close of the file system or of a {@link
   * TempDirectory} removes them. The target of a symbolic link has at most 4,095 bytes in any case.
   * With {@code storage=host} the opening refuses this setting: the rules of the host apply.
   */
  public static final String LONG_PATHS = "longPaths";

  /**
   * An existing directory for spill files: a {@link java.nio.file.Path} of any provider, a {@link
   * java.net.URI}, or either as text. The default is the temporary directory, searched for on first
   * use.
   *
   * <p>The opening of the file system checks it without writing to it. If it does not exist, the
   * opening throws {@link java.nio.file.NoSuchFileException}; if this process may not write to it,
   * {@link java.nio.file.AccessDeniedException}; if it is not a directory or its file system is
   * read-only, {@link java.nio.file.FileSystemException}. The message names the directory, the
   * reason and this key. A value that is not a valid path throws an {@link
   * IllegalArgumentException}, as for each setting.
   */
  public static final String DIRECTORY = "directory";

  /**
   * Whether files may have names in a directory where another user can rename or replace entries:
   * {@code strict} or {@code any}, as text or as a {@link Trust}. The default is {@code strict}.
   * Such a directory, or one above it, belongs to a user other than root and this one, or is
   * writable for all without the sticky bit, as an {@code emptyDir} of Kubernetes is.
   *
   * <p>Spill files are created in it in either case: they have mode 0600 and a random name, which
   * is unlinked once they are open, so that no other user can open or replace them. With {@code
   * strict}, the creation of a file with a name, for {@link TmpFileAttributeView#hostPath} or with
   * {@code storage=host}, throws a {@link java.nio.file.FileSystemException} or an {@link
   * java.io.IOException} that names the directory, the reason and the remedy. With {@code any} the
   * file is created below a directory of mode 0700. Other users can then replace that directory, so
   * that a program that opens a path in it may read their data. Use {@code any} if no other user
   * can reach the directory, as in a container of its own.
   *
   * <p>Members of a group that may write to a directory are trusted. The setting has no effect on a
   * directory outside the default file system, or on Windows.
   */
  public static final String TRUST = "trust";

  /**
   * Whether the platform's MBean server shows the usage of the file system, see {@link
   * TmpFileSystemMXBean}: {@code true} or {@code false}, as text or a {@link Boolean}. It needs the
   * module {@code java.management}. The default is {@code false}.
   */
  public static final String MXBEAN = "mxbean";

  /**
   * Whether each channel, stream and watch service records the stack that opened it: {@code true}
   * or {@code false}, as text or a {@link Boolean}. The report of an unclosed one then shows that
   * stack. Each opening costs the creation of an exception. The default is the system property
   * {@code io.github.niotmp.trackOpeners}, read when a file system opens, otherwise {@code false}.
   */
  public static final String TRACK_OPENERS = "trackOpeners";

  /**
   * Whether the directories that a file system creates on the host must be accessible to their
   * owner only. With {@code require}, the default, the file system removes a directory to which the
   * provider or the mount gives other users permissions (vfat, an SFTP server that ignores modes),
   * and the operation throws a {@link java.nio.file.FileSystemException}. With {@code ignore} it
   * uses the directory, and users with those permissions can read its files. A provider without the
   * attribute view {@code posix} has no such permissions; its own access control applies with
   * either value.
   */
  public static final String PERMISSIONS = "permissions";

  /**
   * How {@link java.nio.file.FileSystem#close} treats open channels, streams and watch services.
   * With {@code close}, the default, it closes them. With {@code fail} it also closes them and
   * frees all memory and disk, and then throws a {@link java.nio.file.FileSystemException} with
   * their number; it has an exception {@linkplain Throwable#getSuppressed suppressed} for each,
   * with the kind, the path and the stack that opened it. With {@code fail} each handle records
   * that stack, even if {@link #TRACK_OPENERS} is false. The exit of the JVM neither closes nor
   * reports handles.
   */
  public static final String OPEN_AT_CLOSE = "openAtClose";

  /**
   * The source of all times that a spooled file system stamps: creation, modification, change, and
   * access as set at creation. An {@link InstantSource}, such as a {@link java.time.Clock}, in the
   * map only: a URI's query cannot hold one. The opening refuses it with {@code storage=host},
   * because the host sets the times. The host also sets the times of a file that has a {@link
   * TmpFileAttributeView#hostPath}. The default is the system's clock.
   *
   * <p>The file system calls {@link InstantSource#instant} from any thread, with its locks held. So
   * it must be safe for use by any number of threads, return at once, and use no file of this file
   * system. Instants before 1677 and after 2262 become the nearest one that 64 bits of nanoseconds
   * represent.
   */
  public static final String CLOCK = "clock";

  /** No limit, as a number of bytes, files or descriptors. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final TmpSettings DEFAULTS = new TmpSettings(new TreeMap<>());

  /** The settings that were set, sorted by key; unmodifiable. */
  private final SortedMap<String, Object> values;

  /** Where a file system stores names and bytes, see {@link TmpSettings#STORAGE}. */
  public enum Storage {
    /** Names in memory; bytes in memory or on the disk. */
    SPOOLED,
    /** Real files in a private directory. */
    HOST
  }

  /** Where a file with a name may be created on the host, see {@link TmpSettings#TRUST}. */
  public enum Trust {
    /** Only where no other user can rename or replace it. */
    STRICT,
    /** In any directory. */
    ANY
  }

  /** Which directories on the host a file system uses, see {@link TmpSettings#PERMISSIONS}. */
  public enum Permissions {
    /** Only directories that are accessible to their owner alone. */
    REQUIRE,
    /** Also directories on which other users have permissions. */
    IGNORE
  }

  /** How the close of a file system treats open handles, see {@link TmpSettings#OPEN_AT_CLOSE}. */
  public enum OpenAtClose {
    /** The close closes the handles. */
    CLOSE,
    /** The close closes the handles and then fails; the exception names each handle. */
    FAIL
  }

  private TmpSettings(SortedMap<String, Object> values) {
    this.values = values;
  }

  /**
   * Returns the default settings.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(TmpSettings.defaults())) {
   *   Path note = Files.writeString(scratch.getPath("/note"), "text");
   *   Files.getAttribute(note, "tmp:storage"); // MEMORY
   * }
   * }</pre>
   *
   * @return the defaults
   */
  public static TmpSettings defaults() {
    return DEFAULTS;
  }

  /**
   * Sets where names and bytes are stored, see {@link #STORAGE}.
   *
   * <pre>{@code
   * TmpSettings forSubprocesses = TmpSettings.defaults().storage(TmpSettings.Storage.HOST);
   * try (FileSystem shared = TmpFileSystems.open(forSubprocesses)) {
   *   Path page = Files.createFile(shared.getPath("/page"));
   *   Files.getAttribute(page, "tmp:storage"); // HOST
   * }
   * }</pre>
   *
   * @param storage {@link Storage#SPOOLED} by default; with {@link Storage#HOST} the opening
   *     refuses limits of memory and size, and a clock
   * @return settings that differ in this
   */
  public TmpSettings storage(Storage storage) {
    return with(STORAGE, requireNonNull(storage, STORAGE));
  }

  /**
   * Sets how many bytes a file may hold in memory, see {@link #SPOOL_THRESHOLD}.
   *
   * <pre>{@code
   * try (FileSystem files = TmpFileSystems.open(TmpSettings.defaults().spoolThreshold(64 << 10))) {
   *   Path body = Files.write(files.getPath("/body"), new byte[100_000]);
   *   Files.getAttribute(body, "tmp:storage"); // DISK
   * }
   * }</pre>
   *
   * @param bytes 0 (straight to the disk) or more, or {@link #UNLIMITED}; see {@link
   *     #SPOOL_THRESHOLD} for the default
   * @return settings that differ in this
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TmpSettings spoolThreshold(long bytes) {
    return withLimit(SPOOL_THRESHOLD, bytes);
  }

  /**
   * Sets how many bytes all files together may hold in memory, see {@link #MEMORY_BUDGET}.
   *
   * <pre>{@code
   * try (FileSystem small = TmpFileSystems.open(TmpSettings.defaults().memoryBudget(1 << 20))) {
   *   TmpFileSystems.usage(small).memoryBudget(); // 1048576
   * }
   * }</pre>
   *
   * @param bytes 0 or more, or {@link #UNLIMITED}
   * @return settings that differ in this
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TmpSettings memoryBudget(long bytes) {
    return withLimit(MEMORY_BUDGET, bytes);
  }

  /**
   * Sets the largest sum of the sizes of all files, see {@link #MAX_SIZE}.
   *
   * <pre>{@code
   * try (FileSystem uploads = TmpFileSystems.open(TmpSettings.defaults().maxSize(64 << 10))) {
   *   Files.copy(request, uploads.getPath("/body")); // of 100,000 bytes
   * } catch (TmpLimitException e) {
   *   e.setting(); // "maxSize"
   * }
   * }</pre>
   *
   * @param bytes 0 or more, or {@link #UNLIMITED}, which is the default
   * @return settings that differ in this
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TmpSettings maxSize(long bytes) {
    return withLimit(MAX_SIZE, bytes);
  }

  /**
   * Sets the largest size of one file, see {@link #MAX_FILE_SIZE}.
   *
   * <pre>{@code
   * try (FileSystem uploads = TmpFileSystems.open(TmpSettings.defaults().maxFileSize(64 << 10))) {
   *   Files.copy(request, uploads.getPath("/body")); // of 100,000 bytes
   * } catch (TmpLimitException e) {
   *   e.setting(); // "maxFileSize"
   * }
   * }</pre>
   *
   * @param bytes 0 or more, or {@link #UNLIMITED}, which is the default
   * @return settings that differ in this
   * @throws IllegalArgumentException if {@code bytes} is negative
   */
  public TmpSettings maxFileSize(long bytes) {
    return withLimit(MAX_FILE_SIZE, bytes);
  }

  /**
   * Sets the largest number of names, see {@link #MAX_FILES}.
   *
   * <pre>{@code
   * try (FileSystem archive = TmpFileSystems.open(TmpSettings.defaults().maxFiles(1))) {
   *   Files.createFile(archive.getPath("/1"));
   *   Files.createFile(archive.getPath("/2"));
   * } catch (TmpLimitException e) {
   *   e.setting(); // "maxFiles"
   * }
   * }</pre>
   *
   * @param names 0 or more, or {@link #UNLIMITED}
   * @return settings that differ in this
   * @throws IllegalArgumentException if {@code names} is negative
   */
  public TmpSettings maxFiles(long names) {
    return withLimit(MAX_FILES, names);
  }

  /**
   * Sets how many descriptors this process may have for spill files, see {@link #MAX_DESCRIPTORS}.
   *
   * <pre>{@code
   * TmpSettings frugal = TmpSettings.defaults().maxDescriptors(100);
   * frugal.get(TmpSettings.MAX_DESCRIPTORS); // 100
   * }</pre>
   *
   * @param descriptors 0 (spill files share one) or more, or {@link #UNLIMITED}
   * @return settings that differ in this
   * @throws IllegalArgumentException if {@code descriptors} is negative
   */
  public TmpSettings maxDescriptors(long descriptors) {
    return withLimit(MAX_DESCRIPTORS, descriptors);
  }

  /**
   * Sets whether paths of more than 4,095 bytes are allowed, see {@link #LONG_PATHS}.
   *
   * <pre>{@code
   * TmpSettings deep = TmpSettings.defaults().longPaths(true);
   * deep.get(TmpSettings.LONG_PATHS); // true
   * }</pre>
   *
   * @param allowed false by default
   * @return settings that differ in this
   */
  public TmpSettings longPaths(boolean allowed) {
    return with(LONG_PATHS, allowed);
  }

  /**
   * Sets the directory for spill files and host trees, see {@link #DIRECTORY}.
   *
   * <pre>{@code
   * TmpSettings onTheLargeDisk = TmpSettings.defaults().directory(Path.of("/mnt/scratch"));
   * onTheLargeDisk.get(TmpSettings.DIRECTORY); // /mnt/scratch
   * }</pre>
   *
   * @param directory an existing directory of any provider; the opening refuses any other path; the
   *     temporary directory by default
   * @return settings that differ in this
   */
  public TmpSettings directory(Path directory) {
    return with(DIRECTORY, requireNonNull(directory, DIRECTORY));
  }

  /**
   * Sets where files with a name may be created on the host, see {@link #TRUST}.
   *
   * <pre>{@code
   * TmpSettings inAPod = TmpSettings.defaults().trust(TmpSettings.Trust.ANY);
   * inAPod.get(TmpSettings.TRUST); // "any"
   * }</pre>
   *
   * @param trust {@link Trust#STRICT} by default
   * @return settings that differ in this
   */
  public TmpSettings trust(Trust trust) {
    return with(TRUST, requireNonNull(trust, TRUST));
  }

  /**
   * Sets whether an MBean shows the usage of the file system, see {@link #MXBEAN}.
   *
   * <pre>{@code
   * TmpSettings observed = TmpSettings.defaults().mxbean(true);
   * observed.get(TmpSettings.MXBEAN); // true
   * }</pre>
   *
   * @param registered false by default
   * @return settings that differ in this
   */
  public TmpSettings mxbean(boolean registered) {
    return with(MXBEAN, registered);
  }

  /**
   * Sets whether each handle records the stack that opened it, see {@link #TRACK_OPENERS}.
   *
   * <pre>{@code
   * TmpSettings inTests = TmpSettings.defaults().trackOpeners(true);
   * inTests.get(TmpSettings.TRACK_OPENERS); // true
   * }</pre>
   *
   * @param tracked by default the value of the system property {@code
   *     io.github.niotmp.trackOpeners}
   * @return settings that differ in this
   */
  public TmpSettings trackOpeners(boolean tracked) {
    return with(TRACK_OPENERS, tracked);
  }

  /**
   * Sets whether directories on the host must be accessible to their owner only, see {@link
   * #PERMISSIONS}.
   *
   * <pre>{@code
   * TmpSettings onAnyMount = TmpSettings.defaults().permissions(TmpSettings.Permissions.IGNORE);
   * onAnyMount.get(TmpSettings.PERMISSIONS); // "ignore"
   * }</pre>
   *
   * @param choice {@link Permissions#REQUIRE} by default
   * @return settings that differ in this
   */
  public TmpSettings permissions(Permissions choice) {
    return with(PERMISSIONS, requireNonNull(choice, PERMISSIONS));
  }

  /**
   * Sets how the close of the file system treats open handles, see {@link #OPEN_AT_CLOSE}.
   *
   * <pre>{@code
   * TmpSettings strict = TmpSettings.defaults().openAtClose(TmpSettings.OpenAtClose.FAIL);
   * FileSystem scratch = TmpFileSystems.open(strict);
   * try (scratch) {
   *   Files.newOutputStream(scratch.getPath("/forgotten"));
   * } catch (IOException e) {
   *   scratch.isOpen(); // false
   * }
   * }</pre>
   *
   * @param choice {@link OpenAtClose#CLOSE} by default
   * @return settings that differ in this
   */
  public TmpSettings openAtClose(OpenAtClose choice) {
    return with(OPEN_AT_CLOSE, requireNonNull(choice, OPEN_AT_CLOSE));
  }

  /**
   * Sets the source of all times that a spooled file system stamps, see {@link #CLOCK}.
   *
   * <pre>{@code
   * InstantSource midnight = InstantSource.fixed(Instant.parse("2024-01-01T00:00:00Z"));
   * try (FileSystem inTests = TmpFileSystems.open(TmpSettings.defaults().clock(midnight))) {
   *   Path note = Files.createFile(inTests.getPath("/note"));
   *   System.out.println(Files.getLastModifiedTime(note)); // 2024-01-01T00:00:00Z
   * }
   * }</pre>
   *
   * @param clock the system's clock by default
   * @return settings that differ in this
   */
  public TmpSettings clock(InstantSource clock) {
    return with(CLOCK, requireNonNull(clock, CLOCK));
  }

  /**
   * Returns the settings that were set, by key; a default that was not set is missing. Enum values
   * are text.
   */
  @Override
  public Set<Map.Entry<String, Object>> entrySet() {
    return values.entrySet();
  }

  /** Returns the settings that were set, such as {@code TmpSettings[maxFiles=10, storage=host]}. */
  @Override
  public String toString() {
    StringJoiner text = new StringJoiner(", ", "TmpSettings[", "]");
    values.forEach(
        (key, value) -> text.add(key + "=" + (value.equals(UNLIMITED) ? "unlimited" : value)));
    return text.toString();
  }

  private TmpSettings withLimit(String key, long limit) {
    if (limit < 0) {
      throw new IllegalArgumentException(
          key + " is " + limit + "; allowed: 0 or more, or TmpSettings.UNLIMITED");
    }
    return with(key, limit);
  }

  private TmpSettings with(String key, Object value) {
    SortedMap<String, Object> changed = new TreeMap<>(values);
    changed.put(
        key, value instanceof Enum<?> choice ? choice.name().toLowerCase(Locale.ROOT) : value);
    return new TmpSettings(Collections.unmodifiableSortedMap(changed));
  }
}
