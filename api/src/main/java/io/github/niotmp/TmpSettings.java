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
 * The settings of a {@code tmp:} file system: a value that never changes. Start with the defaults
 * and say what is to differ.
 *
 * <pre>{@code
 * TmpSettings uploads =
 *     TmpSettings.defaults().spoolThreshold(64 << 10).maxSize(2L << 30).maxFiles(10_000);
 * try (FileSystem fileSystem = TmpFileSystems.open(uploads)) {
 *   fileSystem.getFileStores().iterator().next().getTotalSpace(); // 2147483648
 * }
 * }</pre>
 *
 * <p>It is a map as well, which {@link java.nio.file.FileSystems#newFileSystem(java.net.URI, Map)}
 * takes. It cannot be modified, and equals each map with the same entries. The constants are the
 * same settings by key, for other maps and, where only a string can be given, for the query of a
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
 * <p>In a map a number of bytes is a {@link Long}, an {@link Integer}, or text: digits, perhaps
 * followed by {@code KiB}, {@code MiB}, {@code GiB} or {@code TiB}, or {@code unlimited}. It is
 * never negative. An unknown key or a value that is not allowed is an {@link
 * IllegalArgumentException} that says what is; so is one key with two values.
 *
 * <p>Arguments must not be null. Safe for use by any number of threads.
 *
 * <h2>Security</h2>
 *
 * <p>{@link #MAX_SIZE}, {@link #MAX_FILE_SIZE}, {@link #MAX_FILES} and {@link #MEMORY_BUDGET} limit
 * how much disk and heap the users of a file system can take. A call that would exceed one of the
 * first three throws {@link TmpLimitException}; past the memory budget, files move to the disk.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>There is nothing to close.
 */
@CheckReturnValue
public final class TmpSettings extends AbstractMap<String, Object> {
  /**
   * What the file system is made of: {@code spooled}, which is the default, has names in memory,
   * and bytes in memory or on the disk; {@code host} is a tree of real files in a private
   * directory, which other programs can use. With {@code host}, settings that limit memory and size
   * are refused, {@link #MAX_FILE_SIZE} too.
   */
  public static final String STORAGE = "storage";

  /**
   * The bytes a file may hold in memory; a larger one rolls over to the disk. {@code 0} goes
   * straight to the disk. The default is a quarter of the memory budget, 1 MiB at least and 128 MiB
   * at most.
   *
   * <p>Up to a threshold that is set, a file may make colder files leave memory. By default it may
   * do so up to 1 MiB; a larger file stays in memory only while memory is free, and rolls over
   * otherwise, because a stream of large files would otherwise push all others out.
   */
  public static final String SPOOL_THRESHOLD = "spoolThreshold";

  /**
   * The bytes all files together may hold in memory; past it, files that were not used lately move
   * to the disk. The default, and the most, is the budget of the JVM, which all file systems share:
   * a quarter of the maximum heap, or the value of the system property {@code
   * io.github.niotmp.memoryBudget} as the first file system opens. If the budget of the JVM is used
   * up, files of any file system move to the disk.
   *
   * <p>Names, link targets and user-defined attributes are always in memory. They count towards the
   * budget of the JVM, and not towards this setting; if files cannot make room for them, {@link
   * TmpLimitException} is thrown.
   */
  public static final String MEMORY_BUDGET = "memoryBudget";

  /**
   * The largest sum of the sizes of all files, in memory and on the disk, holes included. The
   * default is {@code unlimited}.
   */
  public static final String MAX_SIZE = "maxSize";

  /**
   * The largest size of a single file, holes included. A write, an append or a mapping that would
   * make a file larger throws {@link TmpLimitException}, and the file is as it was. A file may have
   * a smaller limit of its own, see {@link TmpFileAttributeView#setMaxFileSize}. The default is
   * {@code unlimited}.
   */
  public static final String MAX_FILE_SIZE = "maxFileSize";

  /**
   * How many names of files, directories and links there may be: a {@link Long}, an {@link
   * Integer}, or text, digits or {@code unlimited}. The default is one for each KiB of the maximum
   * heap, as names are always in memory.
   */
  public static final String MAX_FILES = "maxFiles";

  /**
   * How many descriptors this process may have for spill files before the next files to roll over
   * share one: a {@link Long}, an {@link Integer}, or text, digits or {@code unlimited}. Files that
   * share are as safe, and a little slower; all file systems that spill to one directory share the
   * same descriptor. A file that is mapped or has a host path holds a descriptor of its own, even
   * past this limit. The default is half of the descriptors that were free as the first file rolled
   * over.
   */
  public static final String MAX_DESCRIPTORS = "maxDescriptors";

  /**
   * Whether paths of more than 4,095 bytes are allowed: {@code true} or {@code false}, as text or a
   * {@link Boolean}. The default is {@code false}: each call that looks such a path up throws a
   * {@link java.nio.file.FileSystemException}, "File name too long", as on Linux. A path counts as
   * it was given, in UTF-8; a relative one is not resolved first. A directory that is moved may
   * make paths longer; what is below is then reached from an open {@link
   * java.nio.file.SecureDirectoryStream}, and removed as the file system or a {@link TempDirectory}
   * closes. The target of a symbolic link has at most 4,095 bytes in any case. With {@code
   * storage=host} this changes nothing: the rules of the host apply.
   */
  public static final String LONG_PATHS = "longPaths";

  /**
   * An existing directory for spill files: a {@link java.nio.file.Path} of any provider, a {@link
   * java.net.URI}, or either as text. The default is the temporary directory, found when it is
   * first needed.
   *
   * <p>It is looked at, and never written to, as the file system opens. If it does not exist, the
   * opening throws {@link java.nio.file.NoSuchFileException}; if this process may not write to it,
   * {@link java.nio.file.AccessDeniedException}; if it is no directory or its file system is
   * read-only, {@link java.nio.file.FileSystemException}. The message names the directory, the
   * reason and this key. A value that names no path is an {@link IllegalArgumentException}, as for
   * each setting.
   */
  public static final String DIRECTORY = "directory";

  /**
   * What may be made in a directory where another user can rename or replace entries: {@code
   * strict} or {@code any}, as text or as a {@link Trust}. The default is {@code strict}. Such a
   * directory, or one above it, belongs to a user other than root and this one, or is writable for
   * all without the sticky bit, as an {@code emptyDir} of Kubernetes is.
   *
   * <p>Spill files are made there in either case: they have mode 0600 and a random name, which is
   * gone once they are open, so that no other user can open or replace them. With {@code strict}, a
   * file that has a name, for {@link TmpFileAttributeView#hostPath} or with {@code storage=host},
   * is refused with a {@link java.nio.file.FileSystemException} or an {@link java.io.IOException}
   * that names the directory, the reason and what to set. With {@code any} it is made, below a
   * directory of mode 0700. Other users can then move that directory away and put another in its
   * place, so that a program that opens a path there may read what they wrote. It is the right
   * choice if no other user can reach the directory, as in a container of its own.
   *
   * <p>Members of a group that may write to a directory are trusted. It changes nothing for a
   * directory on another file system than the default one, or on Windows.
   */
  public static final String TRUST = "trust";

  /**
   * Whether the platform's MBean server shows what the file system holds, see {@link
   * TmpFileSystemMXBean}: {@code true} or {@code false}, as text or a {@link Boolean}. It takes the
   * module {@code java.management}. The default is {@code false}.
   */
  public static final String MXBEAN = "mxbean";

  /**
   * Whether each channel, stream and watch service remembers where it was opened: {@code true} or
   * {@code false}, as text or a {@link Boolean}. The report of one that was collected unclosed has
   * that stack then. It costs an exception for each that is opened. The default is the system
   * property {@code io.github.niotmp.trackOpeners}, read as a file system opens, or else {@code
   * false}.
   */
  public static final String TRACK_OPENERS = "trackOpeners";

  /**
   * Whether the directories that a file system makes on the host must be its owner's alone. With
   * {@code require}, which is the default, a directory of which the provider or the mount gives
   * others permissions (vfat, an SFTP server that ignores modes) is removed again and the operation
   * fails with a {@link java.nio.file.FileSystemException}. With {@code ignore} it is used: then
   * whoever has those permissions can read what is in it. A provider without the attribute view
   * {@code posix} has no such permissions, and its own access control decides, whatever this says.
   */
  public static final String PERMISSIONS = "permissions";

  /**
   * What becomes of channels, streams and watch services that are open as the file system closes.
   * With {@code close}, which is the default, they are closed. With {@code fail} they are closed
   * and all is freed as well, and then {@link java.nio.file.FileSystem#close} throws a {@link
   * java.nio.file.FileSystemException} that says how many there were; it has an exception
   * {@linkplain Throwable#getSuppressed suppressed} for each, with the kind, the path and the stack
   * that opened it. Where they were opened is remembered then, whatever {@link #TRACK_OPENERS}
   * says. The exit of the JVM closes nothing, and tells nothing.
   */
  public static final String OPEN_AT_CLOSE = "openAtClose";

  /**
   * The source of all times that a spooled file system stamps: creation, modification, change, and
   * access as set at creation. An {@link InstantSource}, such as a {@link java.time.Clock}, in the
   * map only: a URI's query cannot hold one. With {@code storage=host} it is refused, because the
   * host stamps. The host also stamps the bytes of a file that has a {@link
   * TmpFileAttributeView#hostPath}. The default is the system's clock.
   *
   * <p>The file system calls {@link InstantSource#instant} from any thread, with its locks held. So
   * it must be safe for use by any number of threads, return at once, and use no file of this file
   * system. Instants before 1677 and after 2262 become the nearest that 64 bits of nanoseconds can
   * hold.
   */
  public static final String CLOCK = "clock";

  /** As a number of bytes, files or descriptors: no limit. */
  public static final long UNLIMITED = Long.MAX_VALUE;

  private static final TmpSettings DEFAULTS = new TmpSettings(new TreeMap<>());

  /** By key, in its order; never changed. */
  private final SortedMap<String, Object> values;

  /** Where a file system keeps names and bytes, see {@link TmpSettings#STORAGE}. */
  public enum Storage {
    /** Names in memory; bytes in memory or on the disk. */
    SPOOLED,
    /** Real files in a private directory. */
    HOST
  }

  /** Where a file with a name may be made on the host, see {@link TmpSettings#TRUST}. */
  public enum Trust {
    /** Only where no other user can rename or replace it. */
    STRICT,
    /** In any directory. */
    ANY
  }

  /** Which directories on the host are used, see {@link TmpSettings#PERMISSIONS}. */
  public enum Permissions {
    /** Those that are their owner's alone. */
    REQUIRE,
    /** Also those of which others have permissions. */
    IGNORE
  }

  /** What closing does to open handles, see {@link TmpSettings#OPEN_AT_CLOSE}. */
  public enum OpenAtClose {
    /** The handles are closed. */
    CLOSE,
    /** The handles are closed, and then the close fails, naming each. */
    FAIL
  }

  private TmpSettings(SortedMap<String, Object> values) {
    this.values = values;
  }

  /**
   * Returns the settings of a file system of which no setting was given.
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
   * Sets where names and bytes are, see {@link #STORAGE}.
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
   * Sets how many names there may be, see {@link #MAX_FILES}.
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
   * Sets where files with a name may be made on the host, see {@link #TRUST}.
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
   * Sets whether an MBean shows what the file system holds, see {@link #MXBEAN}.
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
   * Sets whether each handle remembers where it was opened, see {@link #TRACK_OPENERS}.
   *
   * <pre>{@code
   * TmpSettings inTests = TmpSettings.defaults().trackOpeners(true);
   * inTests.get(TmpSettings.TRACK_OPENERS); // true
   * }</pre>
   *
   * @param tracked by default what the system property {@code io.github.niotmp.trackOpeners} says
   * @return settings that differ in this
   */
  public TmpSettings trackOpeners(boolean tracked) {
    return with(TRACK_OPENERS, tracked);
  }

  /**
   * Sets whether directories on the host must be their owner's alone, see {@link #PERMISSIONS}.
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
   * Sets what closing the file system does to open handles, see {@link #OPEN_AT_CLOSE}.
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
   * Returns the settings that were set, by key; those that were not are missing. Choices are text.
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
