package io.github.niotmp.provider;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.TmpOpenHandle;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpSettings.OpenAtClose;
import io.github.niotmp.TmpStoredFile;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.account.Accounts;
import io.github.niotmp.attribute.FileAttributeViews;
import io.github.niotmp.channel.ChannelFactory;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.internal.spi.Forgettable;
import io.github.niotmp.internal.spi.ManagedFileSystem;
import io.github.niotmp.internal.spi.OpenTmpFileSystems;
import io.github.niotmp.internal.spi.ReadOnlyViews;
import io.github.niotmp.internal.spi.UnnamedFiles;
import io.github.niotmp.internal.spi.UrlHandling;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.PathOwner;
import io.github.niotmp.path.PathPatterns;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.usage.Figure;
import io.github.niotmp.usage.LargestFiles;
import io.github.niotmp.usage.Usage;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.volume.OpenMode;
import io.github.niotmp.volume.Volume;
import io.github.niotmp.watch.TmpWatchService;
import java.io.Closeable;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.net.URI;
import java.net.URLStreamHandler;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A {@code tmp:} file system: a volume, its open handles and its read-only views.
 *
 * <p>A read-only view is a second file system on the volume of its original. The original owns and
 * closes the volume. The view has its own name, paths, handles and attribute views. The volume does
 * not know views, so these refuse each change before it reaches the volume: {@link #checkChanging},
 * {@link #checkOpening}, the attribute views of the file system, and those of a channel.
 *
 * <p>An operation that {@link #close} overtakes throws {@link ClosedFileSystemException}. For that,
 * {@link #answer} and {@link #ensureStillOpen} check after the operation whether the file system is
 * closed. {@code close} marks it as closed before it frees a part.
 *
 * <p>Has no lock of its own. Safe for use by any number of threads.
 */
final class TmpFileSystem extends FileSystem
    implements PathOwner,
        ReadOnlyViews,
        UnnamedFiles,
        ManagedFileSystem,
        Forgettable,
        OpenTmpFileSystems,
        UrlHandling {
  private final @Nullable String name;

  /** The file system that this one is a read-only view of, or null. */
  private final @Nullable TmpFileSystem original;

  private final FileSystemSettings settings;
  private final FileSystemEvents events;
  private final Volume volume;
  private final FileAttributeViews views;
  private final Consumer<TmpFileSystem> whenClosed;
  private final OpenHandles resources;
  private final ChannelFactory channels;

  /** The open read-only views of this file system. */
  private final Set<TmpFileSystem> readOnlyViews = ConcurrentHashMap.newKeySet();

  /** Observers that close with this file system, such as an MBean. */
  private final Set<Closeable> attached = ConcurrentHashMap.newKeySet();

  private final Closing closing = new Closing();

  private TmpFileSystem(
      @Nullable String name, FileSystemSettings settings, Consumer<TmpFileSystem> whenClosed)
      throws IOException {
    this.name = name;
    this.original = null;
    this.settings = settings;
    this.events = new FileSystemEvents(toString());
    this.volume = settings.openVolume(name == null ? Lifetime.JVM : Lifetime.FILE_SYSTEM, events);
    this.views = new FileAttributeViews(volume.attributeViews(), false);
    this.resources = new OpenHandles(events, settings.remembersOpeners());
    this.channels = new ChannelFactory(resources);
    this.whenClosed = whenClosed;
  }

  private TmpFileSystem(String name, TmpFileSystem original, Consumer<TmpFileSystem> whenClosed) {
    this.name = name;
    this.original = original;
    this.settings = original.settings;
    this.events = original.events.ofView(toString());
    this.volume = original.volume;
    this.views = new FileAttributeViews(volume.attributeViews(), true);
    this.resources = new OpenHandles(events, settings.remembersOpeners());
    this.channels = original.channels.readOnly(resources);
    this.whenClosed = whenClosed;
  }

  /**
   * Opens a file system that a caller can close.
   *
   * @param whenClosed called once, after all parts were closed
   * @throws IOException if the host refuses the directory of the volume
   */
  static TmpFileSystem named(
      String name, FileSystemSettings settings, Consumer<TmpFileSystem> whenClosed)
      throws IOException {
    return new TmpFileSystem(name, settings, whenClosed);
  }

  /**
   * Opens the default file system, which only {@link #closeAll} closes.
   *
   * @param whenClosed called once, after all parts were closed
   * @throws IOException if the host refuses the directory of the volume
   */
  static TmpFileSystem theDefault(FileSystemSettings settings, Consumer<TmpFileSystem> whenClosed)
      throws IOException {
    return new TmpFileSystem(null, settings, whenClosed);
  }

  /**
   * Creates a read-only view. The caller passes it to {@link #closes} of its original.
   *
   * @param whenClosed called once, after all handles of the view were closed
   */
  static TmpFileSystem readOnly(
      String name, TmpFileSystem original, Consumer<TmpFileSystem> whenClosed) {
    return new TmpFileSystem(name, original, whenClosed);
  }

  /**
   * Registers {@code view}, so that it closes with this file system.
   *
   * @throws ClosedFileSystemException if this file system is closed; this method has closed {@code
   *     view}
   */
  void closes(TmpFileSystem view) throws IOException {
    if (!closing.unlessBegun(() -> readOnlyViews.add(view))) {
      view.shutDown();
      throw new ClosedFileSystemException();
    }
  }

  @Override
  public FileSystem readOnlyView(String viewName) throws IOException {
    return FileSystemRegistry.view(this, viewName);
  }

  @Override
  public URLStreamHandler urlHandler() {
    return TmpUrlHandlerProvider.handler();
  }

  @Override
  public void closeWhenForgotten() {
    FileSystemRegistry.holdWeakly(requireNonNull(name), this);
  }

  @Override
  public void closeAll() throws IOException {
    FileSystemRegistry.closeAll();
  }

  FileSystemEvents events() {
    return events;
  }

  boolean tracksOpeners() {
    return settings.remembersOpeners();
  }

  /**
   * Returns a part that frees all resources of this file system. It does not refer to this file
   * system, so that the garbage collector can collect it.
   */
  Closeable parts() {
    boolean ofAnother = isReadOnlyView();
    Volume held = volume;
    OpenHandles handles = resources;
    ChannelFactory threads = channels;
    Set<Closeable> observers = attached;
    return () -> {
      Closer closer = new Closer();
      closer.close(() -> handles.closeAll(false));
      closer.close(threads);
      if (!ofAnother) {
        closer.close(held::close);
      }
      observers.forEach(closer::close);
      closer.finish();
    };
  }

  /** Says whether this is a read-only view, even if it is closed. */
  boolean isReadOnlyView() {
    return original != null;
  }

  /**
   * Checks that this file system allows changes.
   *
   * @param path the file that the caller is about to change
   * @throws java.nio.file.ReadOnlyFileSystemException if this is a read-only view
   * @throws ClosedFileSystemException if this is a closed read-only view
   */
  void checkChanging(Path path) {
    if (isReadOnlyView()) {
      resources.ensureOpen();
      throw Errno.readOnly(path);
    }
  }

  /**
   * Checks that this file system allows to open a file in {@code mode}.
   *
   * @throws java.nio.file.ReadOnlyFileSystemException as {@link #checkChanging}, if the mode writes
   *     or deletes
   * @throws ClosedFileSystemException as {@link #checkChanging}, if the mode writes or deletes
   */
  void checkOpening(Path path, OpenMode mode) {
    if (mode.write() || mode.deleteOnClose()) {
      checkChanging(path);
    }
  }

  /**
   * Returns the root directory.
   *
   * @throws ClosedFileSystemException if this file system is closed
   */
  DirectoryHandle root() {
    resources.ensureOpen();
    return volume.root();
  }

  FileAttributeViews views() {
    return views;
  }

  ChannelFactory channels() {
    return channels;
  }

  OpenHandles resources() {
    return resources;
  }

  Volume volume() {
    resources.ensureOpen();
    return volume;
  }

  /**
   * Returns the memory, disk, files and handles in use, and the counts of leaks and refusals.
   *
   * @throws ClosedFileSystemException if this file system is closed
   */
  Usage usage() {
    Usage usage = volume().usage();
    ensureStillOpen();
    return usage
        .with(Figure.OPEN_HANDLES, openHandles())
        .with(Figure.LEAKS, events.leaks())
        .with(Figure.REFUSALS, events.refusals());
  }

  /**
   * Returns the settings with all defaults filled in.
   *
   * @throws ClosedFileSystemException if this file system is closed
   */
  TmpSettings effectiveSettings() {
    TmpSettings effective = settings.effective(volume());
    ensureStillOpen();
    return effective;
  }

  /** Returns the number of open handles of this file system and its views. */
  private long openHandles() {
    long count = resources.count();
    for (TmpFileSystem view : readOnlyViews) {
      count += view.openHandles();
    }
    return count;
  }

  @Override
  public List<TmpOpenHandle> openHandleList() {
    resources.ensureOpen();
    return handles(System.nanoTime())
        .sorted(Comparator.comparing(TmpOpenHandle::age).reversed())
        .toList();
  }

  private Stream<TmpOpenHandle> handles(long now) {
    return Stream.concat(
        resources.list(now).stream(), readOnlyViews.stream().flatMap(view -> view.handles(now)));
  }

  @Override
  public List<TmpStoredFile> largestFiles(int most) throws IOException {
    return answer(
        () -> {
          LargestFiles largest = new LargestFiles(most);
          volume().addTo(largest);
          addUnnamedTo(largest);
          return largest.list();
        });
  }

  private void addUnnamedTo(LargestFiles files) {
    resources.addUnnamedTo(files);
    for (TmpFileSystem view : readOnlyViews) {
      view.addUnnamedTo(files);
    }
  }

  @Override
  public long spillNow() throws IOException {
    return answer(
        () -> {
          try {
            return volume().spillNow();
          } catch (ClosedChannelException | FileSystemException e) {
            throw e;
          } catch (IOException e) { // the content store knows no file system
            FileSystemException named = new FileSystemException(toString(), null, e.getMessage());
            named.initCause(e);
            throw named;
          }
        });
  }

  @Override
  public FileSystemProvider provider() {
    return TmpFileSystemProvider.canonical();
  }

  /**
   * Closes the handles and read-only views of this file system, and frees memory and disk. A
   * read-only view leaves the volume to its original. If a part throws, the method still closes the
   * others and frees the name. It then throws the first failure, with the others suppressed. A
   * second call waits for the first, and retries the parts that failed.
   *
   * @throws java.nio.file.FileSystemException if handles were open and {@code openAtClose} is
   *     {@code fail}
   * @throws UnsupportedOperationException if this is the default file system
   */
  @Override
  public void close() throws IOException {
    if (name == null) {
      throw new UnsupportedOperationException(
          "The default file system cannot be closed alone; TmpFileSystems.shutdown() closes all");
    }
    shutDown();
  }

  /** Closes even the default file system. */
  void shutDown() throws IOException {
    try {
      closing.run(this::free);
    } finally {
      Notices.deliver();
      Reference.reachabilityFence(this); // or the collector frees the parts, too
    }
  }

  /** Closes {@code observer} with this file system, or now if the close has begun. */
  void attach(Closeable observer) throws IOException {
    if (!closing.unlessBegun(() -> attached.add(observer))) {
      observer.close();
    }
  }

  /** Closes all parts. The caller holds no lock. */
  private void free(Closing.Parts parts) {
    TmpUsage last = null;
    Throwable noUsage = null;
    try {
      if (!isReadOnlyView() && events.recordsClosing()) {
        last = usage();
      }
    } catch (Throwable e) { // the event must not stop the close
      noUsage = e;
    }
    for (TmpFileSystem view : readOnlyViews) {
      parts.closeUntilDone(view::shutDown);
    }
    parts.close(() -> resources.closeAll(settings.openAtClose() == OpenAtClose.FAIL));
    parts.close(channels);
    if (!isReadOnlyView()) {
      parts.closeUntilDone(volume::close);
    }
    attached.forEach(parts::closeUntilDone);
    if (original != null) {
      original.readOnlyViews.remove(this);
    }
    parts.close(() -> whenClosed.accept(this));
    if (last != null) {
      events.closed(last);
    }
    parts.failed(noUsage);
  }

  /** An operation on this file system. */
  @FunctionalInterface
  interface Operation<T extends @Nullable Object> {
    T run() throws IOException;
  }

  /**
   * Runs an operation and returns its answer. The caller holds no lock, because this method
   * delivers the queued {@link Notices}.
   *
   * @throws ClosedFileSystemException if this file system was closed meanwhile; it replaces the
   *     answer, and each exception that {@link #throwIfClosedMeanwhile} does not pass
   */
  <T extends @Nullable Object> T answer(Operation<T> operation) throws IOException {
    try {
      T answer = operation.run();
      ensureStillOpen();
      return answer;
    } catch (IOException | RuntimeException e) {
      throwIfClosedMeanwhile(e);
      throw e;
    } finally {
      Notices.deliver();
    }
  }

  /**
   * Checks after a read that this file system is open. If the method returns, the values that the
   * caller has read date from before the close.
   *
   * @throws ClosedFileSystemException if this file system is closed
   */
  void ensureStillOpen() {
    VarHandle.acquireFence(); // keeps the plain reads of the caller before this check
    resources.ensureOpen();
  }

  /**
   * Throws {@link ClosedFileSystemException}, caused by {@code e}, if this file system is closed.
   * Passes exceptions for wrong arguments, because the close does not cause them.
   */
  void throwIfClosedMeanwhile(Exception e) {
    if (resources.isOpen()
        || e instanceof ClosedFileSystemException
        || e instanceof NullPointerException
        || e instanceof IllegalArgumentException
        || e instanceof UnsupportedOperationException
        || e instanceof ClassCastException) {
      return;
    }
    ClosedFileSystemException overtaken = new ClosedFileSystemException();
    overtaken.initCause(e);
    throw overtaken;
  }

  @Override
  public boolean isOpen() {
    return resources.isOpen();
  }

  @Override
  public boolean isReadOnly() {
    resources.ensureOpen();
    return isReadOnlyView();
  }

  @Override
  public String getSeparator() {
    return "/";
  }

  @Override
  public Iterable<Path> getRootDirectories() {
    resources.ensureOpen();
    return List.of(TmpPath.of(this, "/"));
  }

  @Override
  public Iterable<FileStore> getFileStores() {
    return List.of(fileStore());
  }

  FileStore fileStore() {
    return new TmpFileStore(this);
  }

  @Override
  public Set<String> supportedFileAttributeViews() {
    resources.ensureOpen();
    return views.names();
  }

  @Override
  public TmpPath getPath(String first, String... more) {
    resources.ensureOpen();
    return TmpPath.of(this, first, more);
  }

  @Override
  public PathMatcher getPathMatcher(String syntaxAndPattern) {
    resources.ensureOpen();
    return PathPatterns.matcher(syntaxAndPattern);
  }

  @Override
  public UserPrincipalLookupService getUserPrincipalLookupService() {
    resources.ensureOpen();
    return Accounts.lookup();
  }

  @Override
  public FileChannel createUnnamed(Path directory, FileAttribute<?>... attributes)
      throws IOException {
    TmpPath path = TmpPath.cast(directory);
    if (path.owner() != this) {
      throw new ProviderMismatchException(
          directory.toUri() + " is a path of another file system than " + this);
    }
    checkChanging(path);
    return answer(
        () -> channels.unnamedFile(root().createUnnamed(path, views.initial(attributes))));
  }

  @Override
  public WatchService newWatchService() throws IOException {
    return answer(() -> TmpWatchService.open(resources, this));
  }

  @Override
  public FileSystem fileSystem() {
    return this;
  }

  @Override
  public URI toUri(TmpPath path) {
    return TmpUris.of(name, path, isDirectory(path));
  }

  private boolean isDirectory(TmpPath path) {
    if (!isOpen()) {
      return false;
    }
    try {
      FileAttributes attributes = volume.root().readAttributesIfExists(path, true);
      return attributes != null && attributes.isDirectory();
    } catch (IOException e) {
      return false; // toUri must not fail because of a failed look-up
    }
  }

  @Override
  public Path toRealPath(TmpPath path, LinkOption... options) throws IOException {
    return answer(() -> root().realPath(path, follows(options)));
  }

  @Override
  public WatchKey register(
      TmpPath path,
      WatchService watcher,
      WatchEvent.Kind<?>[] events,
      WatchEvent.Modifier... modifiers)
      throws IOException {
    if (!(requireNonNull(watcher) instanceof TmpWatchService ours)) {
      throw new ProviderMismatchException("Not a watch service of this provider: " + watcher);
    }
    return answer(() -> ours.register(path, root(), events, modifiers));
  }

  @Override
  public String toString() {
    return name == null ? "tmp:///" : "tmp://" + name + "/";
  }

  /** Says whether the options lack {@link LinkOption#NOFOLLOW_LINKS}. */
  static boolean follows(LinkOption... options) {
    boolean follows = true;
    for (LinkOption option : options) {
      follows &= requireNonNull(option) != LinkOption.NOFOLLOW_LINKS;
    }
    return follows;
  }
}
