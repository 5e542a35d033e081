package io.github.niotmp.provider;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.cleanup.HostNames;
import io.github.niotmp.internal.report.Notices;
import java.io.Closeable;
import java.lang.ref.WeakReference;
import org.jspecify.annotations.Nullable;

/**
 * The weak entry of the registry for a file system without a chosen name. After the garbage
 * collector has cleared this reference, the {@link Collector} frees the resources of the file
 * system and reports the leak.
 *
 * <p>Invariant: no field leads to the file system, because a strong reference would keep it from
 * being collected.
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
   * Creates the entry of an open file system.
   *
   * @param name the key in the registry
   */
  ForgottenFileSystem(TmpFileSystem fileSystem, String name) {
    super(fileSystem, Collector.queue());
    this.events = fileSystem.events();
    this.parts = fileSystem.parts();
    this.name = name;
    this.reported = !fileSystem.isReadOnlyView(); // the original reports the leak
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
      events.leak("FileSystem", "", opener);
      String hint = opener == null ? HINT : "";
      log(" was collected before it was closed" + hint, opener);
    }
    if (failure != null && !HostNames.isEnding()) { // the exit hook removes the rest
      log(" was collected, and freeing its resources failed", failure);
    }
  }

  private void log(String message, @Nullable Throwable thrown) {
    Notices.warnNow(events.fileSystem() + message, thrown);
  }
}
