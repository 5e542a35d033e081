package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.spi.Forgettable;
import io.github.niotmp.internal.spi.ManagedFileSystem;
import io.github.niotmp.internal.spi.OpenTmpFileSystems;
import io.github.niotmp.internal.spi.ReadOnlyViews;
import io.github.niotmp.internal.spi.UrlHandling;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Opens and finds {@code tmp:} file systems, in any arrangement of class loaders.
 *
 * <p>{@link Path#of(URI)} and {@link java.nio.file.FileSystems} see only the providers of the
 * system class loader. In a Spring Boot jar or an application server they do not see the {@code
 * tmp:} provider. This class finds the provider through its own class loader:
 *
 * <pre>{@code
 * try (FileSystem scratch = TmpFileSystems.open(Map.of(TmpSettings.MAX_SIZE, "2GiB"))) {
 *   Path report = scratch.getPath("/report.txt");
 *   Files.writeString(report, "a draft");
 *   System.out.println(TmpFileSystems.usage(scratch).size()); // 7
 * } // all of it is gone here
 * }</pre>
 *
 * <p>Where both work, both return the same file systems: each class loader that loads the provider
 * has one set of open file systems. The provider of one set treats a path of another set like the
 * path of any foreign provider.
 *
 * <h2>Security</h2>
 *
 * <p>The name of a file system is no secret: code in the same JVM that knows or guesses it can
 * {@link #get} the file system. Neither this name nor the names of files reach the host.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>A file system with a name keeps its memory and disk until it is closed or the JVM ends. A file
 * system without a name, or a read-only view, can be collected once no path, channel, stream or
 * other object of it is reachable. The library then closes it and reports this through {@link
 * System.Logger} {@code io.github.niotmp}.
 *
 * <p>The exit of the JVM closes no file system, so that the shutdown hooks of the application can
 * use all files. The end of the process frees memory and unlinked files. The JVM deletes names on
 * the host after the last hook, as with {@link java.io.File#deleteOnExit}.
 *
 * <p>Safe for use by any number of threads. A null argument throws a {@link NullPointerException}
 * that names the argument.
 */
public final class TmpFileSystems {
  private static final String SCHEME = "tmp";
  private static final URI DEFAULT = URI.create("tmp:///");

  /**
   * The names that the provider accepts; checked before the URI is built, because other characters
   * would end the name.
   */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private TmpFileSystems() {}

  /**
   * Opens a file system under a fresh random name. The library closes it if it is collected
   * unclosed.
   *
   * <pre>{@code
   * try (FileSystem one = TmpFileSystems.open(Map.of());
   *     FileSystem other = TmpFileSystems.open(Map.of(TmpSettings.SPOOL_THRESHOLD, 0))) {
   *   Path source = Files.writeString(one.getPath("/a"), "text");
   *   Path copy = Files.copy(source, other.getPath("/b")); // /b
   *   Files.readString(copy); // "text"
   * }
   * }</pre>
   *
   * @param settings a {@link TmpSettings}, or any map with its keys; empty for the defaults
   * @return an open file system, which the caller closes
   * @throws IllegalArgumentException if a key is unknown or a value not allowed; the message lists
   *     the allowed ones
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if the setting {@code directory} is not a directory
   *     that this process can write to
   * @throws IOException if the provider cannot open it
   */
  public static FileSystem open(Map<String, ?> settings) throws IOException {
    FileSystem opened = open(Names.ofHost(), settings);
    ((Forgettable) opened).closeWhenForgotten();
    return opened;
  }

  /**
   * Opens a file system under a name, by which {@link #get} finds it.
   *
   * <pre>{@code
   * try (FileSystem uploads = TmpFileSystems.open("uploads", Map.of())) {
   *   Path body = Files.writeString(uploads.getPath("/body"), "text");
   *   System.out.println(body.toUri()); // tmp://uploads/body
   * }
   * }</pre>
   *
   * @param name letters and digits of ASCII, {@code .}, {@code _} and {@code -}; at least one
   * @param settings a {@link TmpSettings}, or any map with its keys; empty for the defaults
   * @return an open file system, which the caller closes
   * @throws IllegalArgumentException if the name has other characters, a key is unknown or a value
   *     not allowed; the message lists the allowed ones
   * @throws FileSystemAlreadyExistsException if a file system of that name is open
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if the setting {@code directory} is not a directory
   *     that this process can write to
   * @throws IOException if the provider cannot open it
   */
  public static FileSystem open(String name, Map<String, ?> settings) throws IOException {
    return provider().newFileSystem(uri(name), requireNonNull(settings, "settings"));
  }

  /**
   * Returns the open file system of a name.
   *
   * <pre>{@code
   * try (FileSystem builds = TmpFileSystems.open("builds", Map.of())) {
   *   boolean same = TmpFileSystems.get("builds") == builds; // true
   * }
   * }</pre>
   *
   * @param name letters and digits of ASCII, {@code .}, {@code _} and {@code -}; at least one
   * @return the file system; its opener closes it
   * @throws IllegalArgumentException if the name has other characters
   * @throws java.nio.file.FileSystemNotFoundException if no file system of that name is open
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static FileSystem get(String name) {
    return provider().getFileSystem(uri(name));
  }

  /**
   * Returns the default file system, which opens on first use and ends with the JVM.
   *
   * <pre>{@code
   * Path note = TmpFileSystems.getDefault().getPath("/note.txt");
   * System.out.println(note.toUri()); // tmp:///note.txt
   * }</pre>
   *
   * <p>Each setting but the clock is read from the system property {@code
   * io.github.niotmp.default.} and its key, for instance {@code
   * -Dio.github.niotmp.default.spoolThreshold=64KiB}. While one is wrong, each use of the default
   * file system is refused, also {@link Path#of(URI)} with its URIs and {@link TempFile#create()}.
   *
   * @return the file system that {@code tmp:/} names; it cannot be closed
   * @throws IllegalArgumentException if such a system property has an unknown key, or a value that
   *     is not allowed; the message names it and lists the allowed ones
   * @throws java.nio.file.FileSystemNotFoundException if it opens now and the host refuses it
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static FileSystem getDefault() {
    return provider().getFileSystem(DEFAULT);
  }

  /**
   * Returns the path that a {@code tmp:} URI names, also where {@link Path#of(URI)} finds no
   * provider.
   *
   * <pre>{@code
   * Path draft = TmpFileSystems.path(URI.create("tmp:/draft.txt"));
   * Files.writeString(draft, "text");
   * Files.readString(Path.of(URI.create("tmp:/draft.txt"))); // "text"
   * Files.delete(draft);
   * }</pre>
   *
   * @param uri {@code tmp:/a}, {@code tmp:///a} and {@code tmp:a} for {@code /a} in the default
   *     file system, {@code tmp://name/a} in the file system {@code name}
   * @return the absolute path; the file need not exist
   * @throws IllegalArgumentException if the URI has another scheme, a query or a fragment, or names
   *     no path, or as {@link #getDefault}
   * @throws java.nio.file.FileSystemNotFoundException if the file system is not open
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static Path path(URI uri) {
    return provider().getPath(requireNonNull(uri, "uri"));
  }

  /**
   * Returns the URL of a path, also where {@code java.net} finds no handler for {@code tmp:},
   * because it searches only the system class loader. In a Spring Boot jar or an application server
   * {@code path.toUri().toURL()} throws a {@link MalformedURLException}, or returns a URL for
   * another class loader's copy of this library.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of())) {
   *   Path page = Files.writeString(scratch.getPath("/page.html"), "text");
   *   URLConnection connection = TmpFileSystems.url(page).openConnection();
   *   System.out.println(connection.getContentType()); // text/html
   *   try (InputStream in = connection.getInputStream()) {
   *     System.out.println(new String(in.readAllBytes(), UTF_8)); // text
   *   }
   * }
   * }</pre>
   *
   * <p>A connection behaves like one of a {@code file:} URL: a directory reads as the list of its
   * names, and a file that does not exist or cannot be opened throws a {@link
   * java.io.FileNotFoundException}, also if its file system is not open. After {@code
   * setDoOutput(true)} the output stream creates or truncates the file. The file is open only while
   * a stream of the connection is open. A query and a fragment are ignored.
   *
   * <p>A URL derived from this one by {@code new URL(context, spec)} works too, and so does a
   * {@link java.net.URLClassLoader} with the URL of a directory. The JDK reads a jar through {@code
   * jar:tmp:...}, for which {@code java.net} must find the handler.
   *
   * @param path of an open {@code tmp:} file system; the URL of a directory ends with a slash
   * @return the URL, which keeps the class loader of this library from being collected, but not the
   *     file system
   * @throws ProviderMismatchException if the path belongs to another provider, or to another class
   *     loader's copy of this one
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static URL url(Path path) {
    FileSystem fileSystem = requireNonNull(path, "path").getFileSystem();
    requireOurs(fileSystem);
    try {
      return new URL(null, path.toUri().toString(), ((UrlHandling) fileSystem).urlHandler());
    } catch (MalformedURLException e) {
      throw new UncheckedIOException("The URI of " + path + " is no URL", e);
    }
  }

  /**
   * Returns the current usage of a file system.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of())) {
   *   Files.write(scratch.getPath("/small"), new byte[100]);
   *   TmpUsage usage = TmpFileSystems.usage(scratch);
   *   System.out.println(usage.filesInMemory() + " of " + usage.files()); // 1 of 1
   * }
   * }</pre>
   *
   * @param fileSystem an open {@code tmp:} file system
   * @return an immutable snapshot
   * @throws ProviderMismatchException if it belongs to another provider, or to another class
   *     loader's copy of this one
   * @throws java.nio.file.ClosedFileSystemException if it is closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static TmpUsage usage(FileSystem fileSystem) {
    return (TmpUsage) ofStore(fileSystem, "usage");
  }

  /**
   * Returns the settings that a file system works with. Each key that its storage knows has a
   * value, also if it was not set.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of(TmpSettings.MAX_SIZE, "64KiB"))) {
   *   TmpSettings settings = TmpFileSystems.settings(scratch);
   *   settings.get(TmpSettings.MAX_SIZE); // 65536
   *   settings.get(TmpSettings.STORAGE); // "spooled"
   *   settings.get(TmpSettings.TRACK_OPENERS); // false
   * }
   * }</pre>
   *
   * <p>The memory budget is at most the budget of the JVM. The directory is the temporary directory
   * if none was set; the call searches for it if no file has needed it yet, and leaves the key out
   * if none is usable. A read-only view has the settings of its original.
   *
   * <p>To open a second file system like this one, pass the settings that this one was opened with:
   * a default that is passed as a value counts as set.
   *
   * @param fileSystem an open {@code tmp:} file system
   * @return an immutable snapshot
   * @throws ProviderMismatchException if it belongs to another provider, or to another class
   *     loader's copy of this one
   * @throws java.nio.file.ClosedFileSystemException if it is closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static TmpSettings settings(FileSystem fileSystem) {
    return (TmpSettings) ofStore(fileSystem, "settings");
  }

  /**
   * Returns the open channels, streams and watch services of a file system and of its read-only
   * views.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of(TmpSettings.TRACK_OPENERS, true));
   *     OutputStream out = Files.newOutputStream(scratch.getPath("/report"))) {
   *   TmpOpenHandle handle = TmpFileSystems.openHandles(scratch).get(0);
   *   handle.opener().isPresent(); // true
   *   System.out.println(handle.kind() + " on " + handle.path()); // OutputStream on /report
   *   out.write(1);
   * }
   * }</pre>
   *
   * @param fileSystem an open {@code tmp:} file system
   * @return an immutable list, the handle that was opened first at the start
   * @throws ProviderMismatchException if it belongs to another provider, or to another class
   *     loader's copy of this one
   * @throws java.nio.file.ClosedFileSystemException if it is closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static List<TmpOpenHandle> openHandles(FileSystem fileSystem) {
    return managed(fileSystem).openHandleList();
  }

  /**
   * Returns the largest regular files of a file system, open files without a name included.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of())) {
   *   for (int size = 1; size <= 3; size++) {
   *     Files.write(scratch.getPath("/file" + size), new byte[size * 1000]);
   *   }
   *   List<TmpStoredFile> largest = TmpFileSystems.largestFiles(scratch, 2);
   *   System.out.println(largest.get(0).path() + " " + largest.get(0).size()); // /file3 3000
   *   System.out.println(largest.get(1).path() + " " + largest.get(1).size()); // /file2 2000
   * }
   * }</pre>
   *
   * <p>The call looks at all files and needs memory for {@code most} of them. Other threads may
   * change files meanwhile. A file with several names is listed once.
   *
   * @param fileSystem an open {@code tmp:} file system
   * @param most the greatest length of the list, at least 1
   * @return an immutable list, the largest file first
   * @throws IllegalArgumentException if {@code most} is less than 1
   * @throws ProviderMismatchException if the file system belongs to another provider, or to another
   *     class loader's copy of this one
   * @throws java.nio.file.ClosedFileSystemException if it is closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws IOException if the directory of a file system with {@code storage=host} cannot be read
   */
  public static List<TmpStoredFile> largestFiles(FileSystem fileSystem, int most)
      throws IOException {
    if (most < 1) {
      throw new IllegalArgumentException("most is " + most + "; allowed: 1 or more");
    }
    return managed(fileSystem).largestFiles(most);
  }

  /**
   * Moves the files of a file system from memory to the disk, for instance before the process needs
   * its heap for other work.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of())) {
   *   Files.write(scratch.getPath("/report"), new byte[1000]);
   *   long freed = TmpFileSystems.spillNow(scratch); // 1000
   *   TmpFileSystems.usage(scratch).memoryBytes(); // 0
   * }
   * }</pre>
   *
   * <p>Files that a thread reads or writes at the moment stay in memory. The next write to a small
   * file takes it back.
   *
   * @param fileSystem an open {@code tmp:} file system
   * @return the bytes of memory that were freed, 0 or more
   * @throws UnsupportedOperationException if its storage is {@code host}, which holds no content in
   *     memory
   * @throws ProviderMismatchException if it belongs to another provider, or to another class
   *     loader's copy of this one
   * @throws java.nio.file.ClosedFileSystemException if it is closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if the disk refuses a file, which stays in memory
   * @throws IOException if the disk fails
   */
  public static long spillNow(FileSystem fileSystem) throws IOException {
    return managed(fileSystem).spillNow();
  }

  private static ManagedFileSystem managed(FileSystem fileSystem) {
    requireOurs(fileSystem);
    return (ManagedFileSystem) fileSystem;
  }

  private static Object ofStore(FileSystem fileSystem, String attribute) {
    requireOurs(fileSystem);
    FileStore store = fileSystem.getFileStores().iterator().next();
    try {
      return store.getAttribute(SCHEME + ":" + attribute);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The " + attribute + " of " + fileSystem + " cannot be read", e);
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

  /**
   * Opens a read-only view: a second file system that shows the tree of the first one as it is at
   * each call.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of());
   *     FileSystem view = TmpFileSystems.readOnly(scratch)) {
   *   Path report = Files.writeString(scratch.getPath("/report.txt"), "a draft");
   *   Path seen = view.getPath("/report.txt");
   *   System.out.println(Files.readString(seen)); // a draft
   *   Files.writeString(report, "the report");
   *   System.out.println(Files.readString(seen)); // the report
   *   try {
   *     Files.delete(seen);
   *   } catch (ReadOnlyFileSystemException e) {
   *     Files.exists(report); // true
   *   }
   * }
   * }</pre>
   *
   * <p>Every change through the view throws {@link java.nio.file.ReadOnlyFileSystemException}: the
   * creation, write, deletion, rename or link of a file, the change of an attribute, and a call of
   * {@link TmpFileAttributeView#hostPath()} or a look at the attribute {@code tmp:hostDirectory} of
   * the {@code FileStore}, because other programs could write to that path. The cause of the
   * exception names the path. As on a read-only mount, {@link
   * java.nio.file.Files#createDirectories} of a directory that exists succeeds, {@link
   * java.nio.file.Files#deleteIfExists} of a missing file returns false, {@link
   * java.nio.file.Files#isWritable} returns false, and access times do not change. Reading,
   * watching, copying to another file system, shared locks and read-only mappings work. A mapping
   * moves the bytes of the file to the disk, as through the original.
   *
   * <p>The view has a fresh name and paths of its own: {@code path.toUri()} names the file in the
   * view, and no path of the view equals one of the original. {@link
   * java.nio.file.Files#isSameFile} returns true for both paths of a file. No method of the view
   * returns the original. The view protects against mistakes, not against hostile code in the JVM:
   * such code can find the default file system, and any file system if it knows the name.
   *
   * <p>Closing the view closes the handles opened through it and leaves the original open. Closing
   * the original closes the view.
   *
   * @param fileSystem an open {@code tmp:} file system, also the default one or a view
   * @return the view, which the caller closes
   * @throws ProviderMismatchException if it belongs to another provider, or to another class
   *     loader's copy of this one
   * @throws java.nio.file.ClosedFileSystemException if it is closed
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   */
  public static FileSystem readOnly(FileSystem fileSystem) {
    requireOurs(fileSystem);
    try {
      FileSystem view = ((ReadOnlyViews) fileSystem).readOnlyView(Names.ofHost());
      ((Forgettable) view).closeWhenForgotten();
      return view;
    } catch (IOException e) {
      throw new UncheckedIOException("No view of " + fileSystem + " can be opened", e);
    }
  }

  /**
   * Returns the tree of a directory as text, one line per entry, for assertions and debuggers.
   *
   * <pre>{@code
   * try (FileSystem scratch = TmpFileSystems.open(Map.of(TmpSettings.SPOOL_THRESHOLD, "1KiB"))) {
   *   Path root = scratch.getPath("/");
   *   Files.writeString(root.resolve("notes.txt"), "hello");
   *   Files.createDirectory(root.resolve("video"));
   *   Files.write(root.resolve("video/raw.bin"), new byte[2048]);
   *   Files.createSymbolicLink(root.resolve("video/latest"), scratch.getPath("raw.bin"));
   *   System.out.print(TmpFileSystems.listing(root));
   * }
   * }</pre>
   *
   * <p>It prints:
   *
   * <pre>
   * drwx------ -               - .
   * -rw------- MEMORY          5 notes.txt
   * drwx------ -               - video
   * lrwxrwxrwx -               - video/latest -&gt; raw.bin
   * -rw------- DISK         2048 video/raw.bin
   * </pre>
   *
   * <p>A line ends with a line feed and has these columns, with one space after each:
   *
   * <ol>
   *   <li>The type ({@code -} for a regular file, {@code d} for a directory, {@code l} for a
   *       symbolic link, {@code ?} for another one) and the permissions, or nine question marks if
   *       the file system has none.
   *   <li>The {@link TmpFileAttributes.Storage} of a regular file, {@code -} for other types and
   *       for the files of other providers. It takes 6 characters.
   *   <li>The size of a regular file in bytes, {@code -} for other types. It takes 10 characters,
   *       or more if it has more digits.
   *   <li>The name, relative to {@code directory}, with slashes. {@code .} is the directory itself.
   *       After the name of a link come an arrow and the target, which is not followed.
   * </ol>
   *
   * <p>A directory comes before its entries, and these are in the order of {@link Path#compareTo},
   * so that equal trees give equal texts. A backslash in a name or target is doubled. Control and
   * format characters, line separators and lone surrogates become {@code \n}, {@code \r}, {@code
   * \t} or a backslash, {@code u} and four hexadecimal digits, and so does the {@code >} of an
   * arrow, so that no name can forge a line or a link. The text contains no times, because these
   * differ from run to run.
   *
   * <p>Threads may change the tree during the call; an entry deleted before it is read is left out.
   * A deep tree does not overflow the stack, and links are not followed. The text needs memory for
   * all relative names together.
   *
   * @param directory in a file system of any provider; a link to a directory is followed
   * @return the lines, at least one
   * @throws java.nio.file.NotDirectoryException if it is not a directory
   * @throws java.nio.file.NoSuchFileException if it does not exist
   * @throws java.nio.file.AccessDeniedException if this process may not read it or a directory
   *     below it, because the text would lack entries
   * @throws java.nio.file.ClosedFileSystemException if its file system is closed
   * @throws IOException if an entry cannot be read for another reason
   */
  public static String listing(Path directory) throws IOException {
    return Listing.of(directory);
  }

  /**
   * Closes every {@code tmp:} file system, also the default one, and removes every open {@link
   * TempFile}, {@link TempDirectory} and {@link TempResource} of any file system, unless it is
   * kept. Ends the threads and the shutdown hook of the library.
   *
   * <pre>{@code
   * Path draft = Files.writeString(TmpFileSystems.getDefault().getPath("/draft"), "text");
   * TmpFileSystems.shutdown();
   * draft.getFileSystem().isOpen(); // false
   * TmpFileSystems.getDefault().isOpen(); // true
   * }</pre>
   *
   * <p>Call it at the end of an application whose class loader contains the library and must become
   * collectable, such as an undeployed web application; for instance in {@code
   * ServletContextListener.contextDestroyed}. An application that closes all it opens need not call
   * it, nor need the exit of the JVM.
   *
   * <p>Afterwards the library is usable again: the next use of the default file system opens an
   * empty one.
   *
   * @throws IOException if a file system or a file could not be closed or removed, after all others
   *     were. Further failures are suppressed in the first one
   */
  @SuppressWarnings("try") // the resource is declared only to be closed
  public static void shutdown() throws IOException {
    try (Closeable last = TmpFileSystems::closeAll) {
      Cleanup.removeAll();
    } finally {
      HostNames.removeHookIfIdle();
      Collector.awaitEnd();
    }
  }

  /**
   * Closes all through a file system of its own: the default one cannot open while a system
   * property of it is wrong.
   */
  @SuppressWarnings("try") // the resource is declared only to be closed
  private static void closeAll() throws IOException {
    FileSystem any;
    try {
      any = open(Names.ofHost(), Map.of());
    } catch (ProviderNotFoundException | IllegalArgumentException e) {
      return; // without a provider, or a valid memory budget of the JVM, no file system is open
    }
    try (any) {
      ((OpenTmpFileSystems) any).closeAll();
    }
  }

  /** Says whether {@code fileSystem} belongs to the provider that this class finds. */
  static boolean isOurs(FileSystem fileSystem) {
    FileSystemProvider theirs = fileSystem.provider();
    return theirs.getScheme().equalsIgnoreCase(SCHEME)
        && theirs.getClass() == provider().getClass();
  }
}
