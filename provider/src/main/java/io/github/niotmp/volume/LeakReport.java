package io.github.niotmp.volume;

import io.github.niotmp.event.FileSystemEvents;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Tells whoever operates the program of handles that were collected unclosed. */
record LeakReport(FileSystemEvents events) {
  private static final String HINT =
      "; the setting trackOpeners, or -Dio.github.niotmp.trackOpeners=true, tells where it was"
          + " opened";

  /** Tells of one handle, once what it held was freed. */
  void send(HandleReference leaked, @Nullable Throwable failure) {
    String what = leaked + " in " + events.fileSystem();
    events.leak(leaked.kind(), leaked.path());
    if (!leaked.reportedByOwner()) {
      String hint = leaked.opener() == null ? HINT : "";
      log(what + " was collected before it was closed" + hint, leaked.opener());
    }
    if (failure != null) {
      log(what + " was collected, and closing what it held failed", failure);
    }
  }

  private static void log(String message, @Nullable Throwable thrown) {
    System.getLogger("io.github.niotmp").log(Level.WARNING, message, thrown);
  }
}
