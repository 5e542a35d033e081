package io.github.niotmp.volume;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.report.Notices;
import org.jspecify.annotations.Nullable;

/**
 * Reports handles that were collected unclosed. The thread delivers the report with its other
 * notices.
 */
record LeakReport(FileSystemEvents events) {
  private static final String HINT =
      "; the setting trackOpeners, or -Dio.github.niotmp.trackOpeners=true, tells where it was"
          + " opened";

  /** Reports one handle, after its resources were freed. */
  void send(HandleReference leaked, @Nullable Throwable failure) {
    String what = leaked + " in " + events.fileSystem();
    events.leak(leaked.kind(), leaked.path(), leaked.opener());
    if (!leaked.reportedByOwner()) {
      String hint = leaked.opener() == null ? HINT : "";
      Notices.warn(what + " was collected before it was closed" + hint, leaked.opener());
    }
    if (failure != null) {
      Notices.warn(what + " was collected, and freeing its resources failed", failure);
    }
  }
}
