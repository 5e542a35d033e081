package io.github.niotmp;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.cleanup.Cleanup;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.spi.Forgettable;
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
 *   System.out.println(TmpFileSystems.usage(scratch).size()); // 7
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
 * <p>A file system that was opened under a name holds its memory and disk until it is closed, or
 * the JVM exits, in whatever way. One without a name, or a read-only view, is closed once it was
 * collected, that is when no path, channel, stream or other object of it is in use; this is
 * reported through {@link System.Logger} {@code io.github.niotmp}.
 *
 * <p>The exit of the JVM closes no file system, so that the shutdown hooks of the application can
 * use all files to their end. Memory and unlinked files go with the process. Names on the host are
 * deleted after the last hook, as those of {@link java.io.File#deleteOnExit} are.
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
   * Opens a file system under a fresh name that nobody else uses. It is closed by its user or, if
   * it is forgotten, once it was collected.
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
   * @throws IllegalArgumentException if a key is unknown or a value not allowed; says what is
   * @throws java.nio.file.ProviderNotFoundException if the provider is not where this class is
   * @throws java.nio.file.FileSystemException if the setting {@code directory} names a path that is
   *     no directory that this process can write to
   * @throws IOException if the provider cannot open it
   */
  public static FileSystem open(Map<String, ?> settings) throws IOException {
    FileSystem opened = open(Names.ofHost(), settings);
    ((Forgettable) opened).closeWhenForgotten();
    return opened;
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
   * @param settings a {@link TmpSettings}, or any map with its keys; empty for the defaults
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
   * Returns the open file system of a name.
   *
   * <pre>{@code
   * try (FileSystem builds = TmpFileSystems.open("builds", Map.of())) {
   *   boolean same = TmpFileSystems.get("builds") == builds; // true
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
   * Returns the default file system, which opens on first use and ends with the JVM.
   *
   * <pre>{@code
   * Path note = TmpFileSystems.getDefault().getPath("/note.txt");
   * System.out.println(note.toUri()); // tmp:///note.txt
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
   * Files.readString(Path.of(URI.create("tmp:/draft.txt"))); // "text"
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
   * Returns the URL of a path; {@code path.toUri().toURL()} where {@code java.net} finds no handler
   * for {@code tmp:}, because it looks in the system class loader alone. In a Spring Boot jar or an
   * application server that method throws a {@link MalformedURLException}, or returns a URL that
   * leads to the file systems of another copy of this library.
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
   * <p>A connection answers as that of a {@code file:} URL does: a directory reads as the list of
   * its names, and a file that is missing or cannot be opened is a {@link
   * java.io.FileNotFoundException}, also if its file system is not open. After {@code
   * setDoOutput(true)} the output stream creates the file, or empties it. A file is open only while
   * a stream of the connection is. A query and a fragment mean nothing.
   *
   * <p>A URL that is made from this one, as {@code new URL(context, spec)} does, works too, and so
   * does a {@link java.net.URLClassLoader} over the URL of a directory. The JDK reads a jar through
   * {@code jar:tmp:...}, for which {@code java.net} must find the handler.
   *
   * @param path of an open {@code tmp:} file system; if it is that of a directory, the URL ends
   *     with a slash
   * @return the URL, which keeps the class loader of this library from being collected, but not the
   *     file system
   * @throws ProviderMismatchException if the path is another provider's, or that of another class
   *     loader's copy of ours
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
   * Returns what a file system holds at this moment.
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
   * <p>Every change through the view throws {@link java.nio.file.ReadOnlyFileSystemException}: to
   * create, write, delete, rename or link a file, to set an attribute, and to ask for its {@link
   * TmpFileAttributeView#hostPath()}, which other programs could write to. The cause of the
   * exception names the path. As on a read-only mount, {@link
   * java.nio.file.Files#createDirectories} of a directory that exists succeeds, {@link
   * java.nio.file.Files#deleteIfExists} of a missing file returns false, {@link
   * java.nio.file.Files#isWritable} returns false, and the access times stay as they are. Reading,
   * watching, copying to another file system, shared locks and read-only mappings work. A mapping
   * moves the bytes of the file to the disk, as through the original.
   *
   * <p>The view has a fresh name and paths of its own: {@code path.toUri()} names the file in the
   * view, and no path of the view equals one of the original. {@link
   * java.nio.file.Files#isSameFile} says that they lead to one file. No method leads from the view
   * to the original. The view protects against mistakes, not against hostile code in the JVM: such
   * code finds the default file system, and any other whose name it knows.
   *
   * <p>Closing the view closes all that was opened through it and leaves the original open. Closing
   * the original closes the view.
   *
   * @param fileSystem an open {@code tmp:} file system, perhaps the default one or a view
   * @return the view, which the caller closes
   * @throws ProviderMismatchException if it is another provider's, or that of another class
   *     loader's copy of ours
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
   * Returns the tree of a directory as text, one line an entry, for assertions and debuggers.
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
   * arrow: no name can forge a line or a link. There are no times, because these differ from run to
   * run.
   *
   * <p>Threads may change the tree meanwhile: an entry that vanishes before it is read is left out.
   * Neither the depth of the tree nor links that lead back cost stack or time without end. The text
   * is as long as all relative names together, and takes as much memory.
   *
   * @param directory in a file system of any provider; a link to a directory is followed
   * @return the lines, at least one
   * @throws java.nio.file.NotDirectoryException if it is no directory
   * @throws java.nio.file.NoSuchFileException if it does not exist
   * @throws java.nio.file.AccessDeniedException if it, or a directory below, must not be read: the
   *     text would lack entries
   * @throws java.nio.file.ClosedFileSystemException if its file system is closed
   * @throws IOException if an entry cannot be read for another reason
   */
  public static String listing(Path directory) throws IOException {
    return Listing.of(directory);
  }

  /**
   * Closes and removes all that is open: every {@code tmp:} file system, the default one too, and
   * every {@link TempFile}, {@link TempDirectory} and {@link TempResource} that is to be removed,
   * wherever it is. Ends the threads and the shutdown hook of the library.
   *
   * <pre>{@code
   * Path draft = Files.writeString(TmpFileSystems.getDefault().getPath("/draft"), "text");
   * TmpFileSystems.shutdown();
   * draft.getFileSystem().isOpen(); // false
   * TmpFileSystems.getDefault().isOpen(); // true
   * }</pre>
   *
   * <p>It is for the end of an application whose class loader has the library and is to be
   * collected, such as a web application that is undeployed: call it when the application has ended
   * its own work, for instance in {@code ServletContextListener.contextDestroyed}. An application
   * that closes all it opens need not call it, and the exit of the JVM needs no call either.
   *
   * <p>Afterwards the library can be used again: the default file system opens anew, and empty, on
   * its next use.
   *
   * @throws IOException if something could not be closed or removed; all else is. The other
   *     failures are suppressed in the first one
   */
  @SuppressWarnings("try") // the resource is there to be closed, whatever fails
  public static void shutdown() throws IOException {
    try (Closeable last = TmpFileSystems::closeAll) {
      Cleanup.removeAll();
    } finally {
      HostNames.removeHookIfIdle();
      Collector.awaitEnd();
    }
  }

  private static void closeAll() throws IOException {
    FileSystem theDefault;
    try {
      theDefault = getDefault();
    } catch (ProviderNotFoundException e) {
      return; // without a provider no file system is open
    }
    ((OpenTmpFileSystems) theDefault).closeAll();
  }

  /** Says whether the provider of {@code fileSystem} is the one that this class finds. */
  static boolean isOurs(FileSystem fileSystem) {
    FileSystemProvider theirs = fileSystem.provider();
    return theirs.getScheme().equalsIgnoreCase(SCHEME)
        && theirs.getClass() == provider().getClass();
  }
}
