package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Opens and finds {@code tmp:} file systems, wherever the class loaders are that know them.
 *
 * <p>{@link Path#of(URI)} and {@link java.nio.file.FileSystems} see only the providers of the
 * system class loader. In a Spring Boot jar or an application server there are none of ours; this
 * class finds the one beside itself, and works everywhere:
 *
 * <pre>{@code
 * try (FileSystem scratch = TmpFileSystems.open(Map.of(TmpSettings.MAX_SIZE, "2GiB"))) {
 *   Path report = scratch.getPath("/report.txt");
 *   Files.writeString(report, "a draft");
 *   System.out.println(TmpFileSystems.usage(scratch).memoryBytes());
 * } // all of it is gone here
 * }</pre>
 *
 * <p>Both ways lead to the same file systems wherever both work: there is one set of open file
 * systems for each class loader that has the provider. A path of one such set is of no use to the
 * provider of another, as that of any other provider.
 *
 * <h2>Security</h2>
 *
 * <p>A name is no secret: whoever runs in the same JVM and knows or guesses it can {@link #get} the
 * file system. No name reaches the host, neither that of the file system nor those in it.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>A file system holds its memory and disk until it is closed, or the JVM exits, in whatever way:
 * it is not collected when nobody refers to it, as its name still does.
 *
 * <p>Safe for use by any number of threads. Arguments are never null: a null is a {@link
 * NullPointerException} that names the argument.
 */
public final class TmpFileSystems {
  private static final String SCHEME = "tmp";
  private static final URI DEFAULT = URI.create("tmp:///");

  /** What the provider takes; here, as other characters would end the name in a URI. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private TmpFileSystems() {}

  /**
   * Opens a file system under a fresh name that nobody else uses.
   *
   * <pre>{@code
   * try (FileSystem one = TmpFileSystems.open(Map.of());
   *     FileSystem other = TmpFileSystems.open(Map.of(TmpSettings.SPOOL_THRESHOLD, 0))) {
   *   Path source = Files.writeString(one.getPath("/a"), "text");
   *   Files.copy(source, other.getPath("/b"));
   * }
   * }</pre>
   *
   * @param settings by the keys of {@link TmpSettings}; none are the defaults
   * @return an open file system, which the caller closes
   * @throws IllegalArgumentException if a key is unknown or a value not allowed; says what is
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if the setting {@code directory} names a path that is
   *     no directory that this process can write to
   * @throws IOException if the provider cannot open it
   */
  public static FileSystem open(Map<String, ?> settings) throws IOException {
    return open(Names.random(Names.LENGTH), settings);
  }

  /**
   * Opens a file system under a fresh name that nobody else uses.
   *
   * <pre>{@code
   * TmpSettings settings = TmpSettings.defaults().spoolThreshold(64 << 10).maxSize(2L << 30);
   * try (FileSystem uploads = TmpFileSystems.open(settings)) {
   *   Files.writeString(uploads.getPath("/body"), "text");
   * }
   * }</pre>
   *
   * @param settings {@link TmpSettings#defaults} or what differs from them
   * @return an open file system, which the caller closes
   * @throws IllegalArgumentException if a setting is not allowed with another one, such as a limit
   *     with {@link TmpSettings.Storage#HOST}; says what is
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if {@link TmpSettings#directory} was given a path
   *     that is no directory that this process can write to
   * @throws IOException if the provider cannot open it
   */
  public static FileSystem open(TmpSettings settings) throws IOException {
    return open(settings.toMap());
  }

  /**
   * Opens a file system under a name by which others find it.
   *
   * <pre>{@code
   * try (FileSystem uploads = TmpFileSystems.open("uploads", Map.of())) {
   *   Path body = Files.writeString(uploads.getPath("/body"), "text");
   *   System.out.println(body.toUri()); // tmp://uploads/body
   * }
   * }</pre>
   *
   * @param name letters and digits of ASCII, {@code .}, {@code _} and {@code -}; at least one
   * @param settings by the keys of {@link TmpSettings}; none are the defaults
   * @return an open file system, which the caller closes
   * @throws IllegalArgumentException if the name has other characters, a key is unknown or a value
   *     not allowed; says what is
   * @throws FileSystemAlreadyExistsException if one of that name is open
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if the setting {@code directory} names a path that is
   *     no directory that this process can write to
   * @throws IOException if the provider cannot open it
   */
  public static FileSystem open(String name, Map<String, ?> settings) throws IOException {
    return provider().newFileSystem(uri(name), requireNonNull(settings, "settings"));
  }

  /**
   * Opens a file system under a name by which others find it.
   *
   * <pre>{@code
   * try (FileSystem uploads =
   *     TmpFileSystems.open("uploads", TmpSettings.defaults().maxFiles(10_000))) {
   *   Path body = Files.writeString(uploads.getPath("/body"), "text");
   *   System.out.println(body.toUri()); // tmp://uploads/body
   * }
   * }</pre>
   *
   * @param name letters and digits of ASCII, {@code .}, {@code _} and {@code -}; at least one
   * @param settings {@link TmpSettings#defaults} or what differs from them
   * @return an open file system, which the caller closes
   * @throws IllegalArgumentException if the name has other characters, or a setting is not allowed
   *     with another one; says what is
   * @throws FileSystemAlreadyExistsException if one of that name is open
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if {@link TmpSettings#directory} was given a path
   *     that is no directory that this process can write to
   * @throws IOException if the provider cannot open it
   */
  public static FileSystem open(String name, TmpSettings settings) throws IOException {
    return open(name, settings.toMap());
  }

  /**
   * Returns the open file system of a name.
   *
   * <pre>{@code
   * try (FileSystem builds = TmpFileSystems.open("builds", Map.of())) {
   *   Files.createDirectory(TmpFileSystems.get("builds").getPath("/classes"));
   * }
   * }</pre>
   *
   * @param name letters and digits of ASCII, {@code .}, {@code _} and {@code -}; at least one
   * @return the file system, which whoever opened it closes
   * @throws IllegalArgumentException if the name has other characters
   * @throws java.nio.file.FileSystemNotFoundException if none of that name is open
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static FileSystem get(String name) {
    return provider().getFileSystem(uri(name));
  }

  /**
   * Returns the default file system, which opens on first use and closes as the JVM exits.
   *
   * <pre>{@code
   * Path note = Files.createTempFile(TmpFileSystems.getDefault().getPath("/"), "note", ".txt");
   * Files.delete(note);
   * }</pre>
   *
   * @return the file system that {@code tmp:/} names; it cannot be closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static FileSystem getDefault() {
    return provider().getFileSystem(DEFAULT);
  }

  /**
   * Returns the path that a {@code tmp:} URI names; {@link Path#of(URI)} where that finds no
   * provider.
   *
   * <pre>{@code
   * Path draft = TmpFileSystems.path(URI.create("tmp:/draft.txt"));
   * Files.writeString(draft, "text");
   * Files.delete(draft);
   * }</pre>
   *
   * @param uri {@code tmp:/a}, {@code tmp:///a} and {@code tmp:a} for {@code /a} in the default
   *     file system, {@code tmp://name/a} in the file system {@code name}
   * @return the absolute path; whether there is a file is another question
   * @throws IllegalArgumentException if the URI has another scheme, a query or a fragment, or names
   *     no path
   * @throws java.nio.file.FileSystemNotFoundException if the file system is not open
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static Path path(URI uri) {
    return provider().getPath(requireNonNull(uri, "uri"));
  }

  /**
   * Returns what a file system holds at this moment.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of())) {
   *   Files.write(scratch.getPath("/small"), new byte[100]);
   *   TmpUsage usage = TmpFileSystems.usage(scratch);
   *   System.out.println(usage.filesInMemory() + " of " + usage.files() + " in memory");
   * }
   * }</pre>
   *
   * @param fileSystem an open {@code tmp:} file system
   * @return the numbers; they do not change any more
   * @throws ProviderMismatchException if it is another provider's, or that of another class
   *     loader's copy of ours
   * @throws java.nio.file.ClosedFileSystemException if it is closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static TmpUsage usage(FileSystem fileSystem) {
    requireOurs(fileSystem);
    FileStore store = fileSystem.getFileStores().iterator().next();
    try {
      return (TmpUsage) store.getAttribute("tmp:usage");
    } catch (IOException e) {
      throw new UncheckedIOException("The usage of " + fileSystem + " cannot be read", e);
    }
  }

  private static void requireOurs(FileSystem fileSystem) {
    FileSystemProvider theirs = requireNonNull(fileSystem, "fileSystem").provider();
    FileSystemProvider ours = provider();
    if (theirs.getClass() == ours.getClass()) {
      return;
    }
    throw new ProviderMismatchException(
        theirs.getScheme().equalsIgnoreCase(SCHEME)
            ? fileSystem
                + " is of the provider in "
                + theirs.getClass().getClassLoader()
                + ", not of that in "
                + ours.getClass().getClassLoader()
            : fileSystem + " is no tmp: file system but one of scheme " + theirs.getScheme());
  }

  private static FileSystemProvider provider() {
    return ProviderLookup.provider();
  }

  private static URI uri(String name) {
    if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
      throw new IllegalArgumentException(
          "'" + name + "' names no file system; allowed are letters, digits, '.', '_', '-'");
    }
    return URI.create(SCHEME + "://" + name);
  }
}
