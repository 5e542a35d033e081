package io.github.niotmp.watch;

import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The events of one key that no caller has polled yet. Guarded by the key's lock. */
final class PendingEvents {
  /** Beyond this number, one {@code OVERFLOW} event replaces all events. */
  static final int MAX = 512;

  private List<WatchEvent<?>> events = new ArrayList<>();

  /**
   * The event that counts further modifications of a file, until a file of its name is created or
   * deleted.
   */
  private final Map<Path, Event<?>> modified = new HashMap<>();

  private @Nullable Event<?> last;

  boolean isEmpty() {
    return events.isEmpty();
  }

  void add(WatchEvent.Kind<Path> kind, Path name) {
    Event<?> repeated = repeatedBy(kind, name);
    if (repeated != null) {
      repeated.count++;
      return;
    }
    if (events.size() == MAX) {
      overflow();
      return;
    }
    Event<Path> event = new Event<>(kind, name);
    if (kind == StandardWatchEventKinds.ENTRY_MODIFY) {
      modified.put(name, event);
    } else {
      modified.remove(name);
    }
    append(event);
  }

  /** Replaces all events by one {@code OVERFLOW} event. */
  void overflow() {
    events.clear(); // the appended event counts later modifications
    append(new Event<>(StandardWatchEventKinds.OVERFLOW, null));
  }

  /** Removes and returns all events; the list belongs to the caller. */
  List<WatchEvent<?>> take() {
    List<WatchEvent<?>> taken = events;
    events = new ArrayList<>();
    modified.clear();
    last = null;
    return taken;
  }

  private void append(Event<?> event) {
    events.add(event);
    last = event;
  }

  private @Nullable Event<?> repeatedBy(WatchEvent.Kind<Path> kind, Path name) {
    if (last != null
        && (last.kind == StandardWatchEventKinds.OVERFLOW
            || (last.kind == kind && name.equals(last.context)))) {
      return last;
    }
    return kind == StandardWatchEventKinds.ENTRY_MODIFY ? modified.get(name) : null;
  }

  private static final class Event<T> implements WatchEvent<T> {
    private final Kind<T> kind;
    private final @Nullable T context;
    private int count = 1;

    Event(Kind<T> kind, @Nullable T context) {
      this.kind = kind;
      this.context = context;
    }

    @Override
    public Kind<T> kind() {
      return kind;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public @Nullable T context() {
      return context;
    }
  }
}
