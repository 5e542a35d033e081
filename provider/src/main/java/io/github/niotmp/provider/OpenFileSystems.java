package io.github.niotmp.provider;

import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The file systems that are open in this JVM, by name, and the default one. One registry, however
 * many instances of the provider there are. All close as the JVM exits. Safe for use by any number
 * of threads.
 */
final class OpenFileSystems {
  private static final Map<String, TmpFileSystem> NAMED = new ConcurrentHashMap<>();
  private static final ReentrantLock LOCK = new ReentrantLock();
  private static volatile @Nullable TmpFileSystem theDefault;
  private static boolean closesAtExit;

  private OpenFileSystems() {}

  /**
   * Opens a file system.
   *
   * @throws FileSystemAlreadyExistsException if one of that name is open
   * @throws IOException if the host refuses what is needed, or its MBean was asked for and is
   *     refused
   */
  static TmpFileSystem open(String name, FileSystemSettings settings) throws IOException {
    refuseIfOpen(NAMED.get(name), name);
    TmpFileSystem opened =
        TmpFileSystem.named(name, settings, closed -> NAMED.remove(name, closed));
    TmpFileSystem faster = NAMED.putIfAbsent(name, opened);
    if (faster != null) {
      opened.shutDown();
    }
    refuseIfOpen(faster, name);
    closeAtExit();
    if (settings.mxbean()) {
      show(opened, name);
    }
    return opened;
  }

  /**
   * Opens a read-only view of a file system.
   *
   * @throws java.nio.file.ClosedFileSystemException if {@code original} is closed
   * @throws FileSystemAlreadyExistsException if a file system of that name is open
   */
  static TmpFileSystem view(TmpFileSystem original, String name) throws IOException {
    TmpFileSystem view =
        TmpFileSystem.readOnly(name, original, closed -> NAMED.remove(name, closed));
    refuseIfOpen(NAMED.putIfAbsent(name, view), name);
    original.closes(view);
    return view;
  }

  private static void refuseIfOpen(@Nullable TmpFileSystem open, String name) {
    if (open != null) {
      throw new FileSystemAlreadyExistsException("tmp://" + name + " is open");
    }
  }

  private static void show(TmpFileSystem opened, String name) throws IOException {
    try {
      opened.attach(RegisteredBean.register(name, opened::usage));
    } catch (IOException | RuntimeException | Error e) {
      Closer.after(e, opened);
      throw e;
    }
  }

  /**
   * Returns an open file system.
   *
   * @param name null for the default one, which opens now if nobody used it before
   * @throws FileSystemNotFoundException if none of that name is open
   */
  static TmpFileSystem get(@Nullable String name) {
    TmpFileSystem open = find(name);
    if (open == null) {
      throw new FileSystemNotFoundException(
          "tmp://" + name + " is not open; FileSystems.newFileSystem opens it");
    }
    return open;
  }

  /** Returns an open file system as {@link #get} does, or null if none of that name is open. */
  static @Nullable TmpFileSystem find(@Nullable String name) {
    return name == null ? theDefault() : NAMED.get(name);
  }

  private static TmpFileSystem theDefault() {
    TmpFileSystem open = theDefault;
    if (open != null) {
      return open;
    }
    LOCK.lock();
    try {
      open = theDefault;
      if (open == null) {
        open = TmpFileSystem.theDefault(Settings.defaults());
        theDefault = open;
      }
    } finally {
      LOCK.unlock();
    }
    closeAtExit();
    return open;
  }

  private static void closeAtExit() {
    LOCK.lock();
    try {
      if (!closesAtExit) {
        closesAtExit = true;
        Runtime.getRuntime().addShutdownHook(new Thread(OpenFileSystems::closeAll, "nio-tmp-exit"));
      }
    } catch (IllegalStateException e) {
      // The JVM is exiting already: the system frees memory and unlinked files.
    } finally {
      LOCK.unlock();
    }
  }

  private static void closeAll() {
    NAMED.values().forEach(OpenFileSystems::closeReporting);
    TmpFileSystem open = theDefault;
    if (open != null) {
      closeReporting(open);
    }
  }

  private static void closeReporting(TmpFileSystem open) {
    try {
      open.shutDown();
    } catch (Throwable e) { // the other file systems are closed all the same
      Notices.warnNow("Closing " + open + " failed", e);
    }
  }
}
