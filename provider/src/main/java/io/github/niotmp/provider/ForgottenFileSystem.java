package io.github.niotmp.provider;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.report.Notices;
import java.io.Closeable;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * A file system that nobody knows by name, as the registry holds it: it is freed and reported once
 * it was collected. Whatever this refers to must not refer to the file system.
 */
final class ForgottenFileSystem extends WeakReference<TmpFileSystem>
    implements FileSystemRegistry.Registered, Collector.Collected {
  private static final String HINT =
      "; the setting trackOpeners, or -Dio.github.niotmp.trackOpeners=true, tells where it was"
          + " opened";

  private final FileSystemEvents events;
  private final Closeable parts;
  private final String name;
  private final boolean reported;
  private final @Nullable Throwable opener;

  /**
   * Makes the reference to an open file system.
   *
   * @param name by which the registry has it
   */
  ForgottenFileSystem(TmpFileSystem fileSystem, String name) {
    super(fileSystem, Collector.queue());
    this.events = fileSystem.events();
    this.parts = fileSystem.parts();
    this.name = name;
    this.reported = !fileSystem.isReadOnlyView(); // a view tells nothing beside its original
    this.opener =
        fileSystem.tracksOpeners()
            ? new Throwable(
                events.fileSystem() + " was opened here, by " + Thread.currentThread().getName())
            : null;
  }

  @Override
  public @Nullable TmpFileSystem fileSystem() {
    return get();
  }

  @Override
  public void freeCollected() {
    Throwable failure = null;
    try {
      parts.close();
    } catch (Throwable e) {
      failure = e;
    } finally {
      FileSystemRegistry.freed(name, this);
    }
    if (reported) {
      events.leak("FileSystem", "");
      String hint = opener == null ? HINT : "";
      log(" was collected before it was closed" + hint, opener);
    }
    if (failure != null && !HostNames.isEnding()) { // else the exit of the JVM removes the rest
      log(" was collected, and closing what it held failed", failure);
    }
  }

  private void log(String message, @Nullable Throwable thrown) {
    Notices.warnNow(events.fileSystem() + message, thrown);
  }
}
