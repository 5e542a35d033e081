package io.github.niotmp.watch;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.volume.DirectoryListener.Change;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of change that a key reports. */
record EventMask(Set<Change> changes) {

  /**
   * Returns the mask of these kinds. {@code OVERFLOW} is always reported.
   *
   * @throws UnsupportedOperationException if a kind is unknown
   * @throws IllegalArgumentException if {@code kinds} is empty or has only {@code OVERFLOW}
   */
  static EventMask of(WatchEvent.Kind<?>... kinds) {
    Set<Change> changes = EnumSet.noneOf(Change.class);
    for (WatchEvent.Kind<?> kind : kinds) {
      if (requireNonNull(kind, "kind") == StandardWatchEventKinds.ENTRY_CREATE) {
        changes.add(Change.CREATED);
      } else if (kind == StandardWatchEventKinds.ENTRY_DELETE) {
        changes.add(Change.DELETED);
      } else if (kind == StandardWatchEventKinds.ENTRY_MODIFY) {
        changes.add(Change.MODIFIED);
      } else if (kind != StandardWatchEventKinds.OVERFLOW) {
        throw new UnsupportedOperationException(kind.name());
      }
    }
    if (changes.isEmpty()) {
      throw new IllegalArgumentException("No events to register");
    }
    return new EventMask(changes);
  }

  /**
   * Accepts sensitivity modifiers, which set a polling interval: this service does not poll.
   *
   * @throws UnsupportedOperationException if a modifier is of another type
   */
  static void checkModifiers(WatchEvent.Modifier... modifiers) {
    for (WatchEvent.Modifier modifier : modifiers) {
      // by name: the class is in another module, and later JDKs lack it
      if (!requireNonNull(modifier, "modifier")
          .getClass()
          .getName()
          .equals("com.sun.nio.file.SensitivityWatchEventModifier")) {
        throw new UnsupportedOperationException("Modifier not supported: " + modifier.name());
      }
    }
  }

  boolean has(Change change) {
    return changes.contains(change);
  }

  static WatchEvent.Kind<Path> kindOf(Change change) {
    return switch (change) {
      case CREATED -> StandardWatchEventKinds.ENTRY_CREATE;
      case DELETED -> StandardWatchEventKinds.ENTRY_DELETE;
      case MODIFIED -> StandardWatchEventKinds.ENTRY_MODIFY;
    };
  }
}
