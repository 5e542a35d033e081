package io.github.niotmp.provider;

import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.closing.Closer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The registry of the open file systems of this JVM: those with a name, and the default one. All
 * instances of the provider share it.
 *
 * <p>The registry refers weakly to a file system that was opened without a name, so that a caller
 * who forgets it does not leak it. The exit of the JVM closes no file system: the host frees memory
 * and unlinked files, and {@link io.github.niotmp.internal.cleanup.HostNames} removes the names on
 * the host.
 *
 * <p>Has no lock: a file system opens before it is entered, and the opening may call other
 * providers. Safe for use by any number of threads.
 */
final class FileSystemRegistry {
  private static final Map<String, Registered> NAMED = new ConcurrentHashMap<>();

  /** The weak entries of {@link #NAMED}. */
  private static final Set<ForgottenFileSystem> WEAK = ConcurrentHashMap.newKeySet();

  private static final Collector.Source SOURCE = WEAK::isEmpty;
  private static final AtomicReference<@Nullable TmpFileSystem> DEFAULT = new AtomicReference<>();

  /** Set in a thread that opens the default file system, which may call other providers. */
  private static final ThreadLocal<@Nullable Boolean> OPENING = new ThreadLocal<>();

  private FileSystemRegistry() {}

  /** An entry of the registry. */
  interface Registered {
    /** Returns the file system, or null after the garbage collector has freed it. */
    @Nullable TmpFileSystem fileSystem();
  }

  /** A strong entry, which lasts until the file system is closed. Compared by identity. */
  private static final class Held implements Registered {
    private final TmpFileSystem fileSystem;

    Held(TmpFileSystem fileSystem) {
      this.fileSystem = fileSystem;
    }

    @Override
    public TmpFileSystem fileSystem() {
      return fileSystem;
    }
  }

  /**
   * Opens a file system.
   *
   * @throws FileSystemAlreadyExistsException if a file system of that name is open
   * @throws IOException if the host refuses the directory, or the MBean server refuses the MBean
   */
  static TmpFileSystem open(String name, FileSystemSettings settings) throws IOException {
    Collector.drain(); // a program may leak file systems faster than one thread frees them
    refuseIfOpen(NAMED.get(name), name);
    TmpFileSystem opened = TmpFileSystem.named(name, settings, closed -> forget(name, closed));
    Registered faster = NAMED.putIfAbsent(name, new Held(opened));
    if (faster != null) {
      opened.shutDown();
    }
    refuseIfOpen(faster, name);
    if (settings.mxbean()) {
      show(opened, name);
    }
    return opened;
  }

  /**
   * Opens a read-only view.
   *
   * @throws ClosedFileSystemException if {@code original} is closed
   * @throws FileSystemAlreadyExistsException if a file system of that name is open
   */
  static TmpFileSystem view(TmpFileSystem original, String name) throws IOException {
    TmpFileSystem view = TmpFileSystem.readOnly(name, original, closed -> forget(name, closed));
    refuseIfOpen(NAMED.putIfAbsent(name, new Held(view)), name);
    original.closes(view);
    return view;
  }

  /** Replaces the strong entry of an open file system with a weak one. */
  static void holdWeakly(String name, TmpFileSystem open) {
    ForgottenFileSystem weak = new ForgottenFileSystem(open, name);
    WEAK.add(weak);
    Registered held = NAMED.get(name);
    if (held == null || held.fileSystem() != open || !NAMED.replace(name, held, weak)) {
      forget(weak); // it was closed meanwhile
    }
    Collector.watch(SOURCE);
  }

  /** Removes the entry of a collected file system. The caller has freed its resources. */
  static void freed(String name, ForgottenFileSystem weak) {
    NAMED.remove(name, weak);
    WEAK.remove(weak);
  }

  private static void forget(String name, TmpFileSystem closed) {
    NAMED.computeIfPresent(
        name,
        (same, registered) -> {
          if (registered.fileSystem() != closed) {
            return registered;
          }
          if (registered instanceof ForgottenFileSystem weak) {
            forget(weak);
          }
          return null;
        });
  }

  private static void forget(ForgottenFileSystem weak) {
    WEAK.remove(weak);
    weak.clear();
  }

  private static void refuseIfOpen(@Nullable Registered open, String name) {
    if (open != null) {
      throw new FileSystemAlreadyExistsException(
          "tmp://" + name + " is open; close it, or choose another name");
    }
  }

  private static void show(TmpFileSystem opened, String name) throws IOException {
    WeakReference<TmpFileSystem> shown =
        new WeakReference<>(opened); // the MBean server keeps the bean
    try {
      opened.attach(
          RegisteredBean.register(
              name,
              () -> {
                TmpFileSystem open = shown.get();
                if (open == null) {
                  throw new ClosedFileSystemException();
                }
                return open;
              }));
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, opened::shutDown);
      throw e;
    }
  }

  /**
   * Returns an open file system.
   *
   * @param name null for the default file system; this method opens it if it is not open
   * @throws FileSystemNotFoundException if no file system of that name is open
   */
  static TmpFileSystem get(@Nullable String name) {
    TmpFileSystem open = find(name);
    if (open == null) {
      throw new FileSystemNotFoundException(
          "tmp://" + name + " is not open; FileSystems.newFileSystem opens it");
    }
    return open;
  }

  /** Returns an open file system as {@link #get} does, or null instead of an exception. */
  static @Nullable TmpFileSystem find(@Nullable String name) {
    if (name == null) {
      return theDefault();
    }
    Registered registered = NAMED.get(name);
    return registered == null ? null : registered.fileSystem();
  }

  /**
   * Returns the default file system; opens it if it is not open.
   *
   * @throws IllegalArgumentException if a system property of it is not allowed
   * @throws FileSystemNotFoundException if the host, or the MBean server, refuses it
   */
  private static TmpFileSystem theDefault() {
    TmpFileSystem open = DEFAULT.get();
    return open != null ? open : openDefault();
  }

  private static TmpFileSystem openDefault() {
    if (OPENING.get() != null) {
      throw new FileSystemNotFoundException("tmp:/// is not open yet");
    }
    OPENING.set(true);
    try {
      FileSystemSettings settings = Settings.ofDefault(System.getProperties());
      TmpFileSystem opened =
          TmpFileSystem.theDefault(settings, closed -> DEFAULT.compareAndSet(closed, null));
      TmpFileSystem faster = DEFAULT.compareAndExchange(null, opened);
      if (faster != null) {
        opened.shutDown();
        return faster;
      }
      if (settings.mxbean()) {
        show(opened, "default");
      }
      return opened;
    } catch (IOException e) {
      FileSystemNotFoundException failure =
          new FileSystemNotFoundException("tmp:/// cannot be opened: " + e.getMessage());
      failure.initCause(e);
      throw failure;
    } finally {
      OPENING.remove();
    }
  }

  /**
   * Closes all file systems. The next use of the default file system opens a new one.
   *
   * @throws IOException the first failure, with the others suppressed
   */
  static void closeAll() throws IOException {
    List<TmpFileSystem> open = new ArrayList<>();
    for (Registered registered : NAMED.values()) {
      TmpFileSystem named = registered.fileSystem();
      if (named != null) {
        open.add(named);
      }
    }
    TmpFileSystem theDefault = DEFAULT.getAndSet(null);
    if (theDefault != null) {
      open.add(theDefault);
    }
    Collector.drain();
    Closer closer = new Closer();
    for (TmpFileSystem each : open) {
      closer.close(each::shutDown);
    }
    closer.finish();
  }
}
