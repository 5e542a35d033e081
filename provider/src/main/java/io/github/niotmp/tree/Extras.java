package io.github.niotmp.tree;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What few nodes have, kept out of those that don't. Immutable: a change makes a new one.
 *
 * @param user the user-defined attributes
 * @param dosFlags bits as {@link Node} defines them
 * @param accessTime nanoseconds since the epoch, or {@link #NEVER_SET}
 */
record Extras(Map<String, byte[]> user, int dosFlags, long accessTime) {
  static final long NEVER_SET = Long.MIN_VALUE;
  static final Extras NONE = new Extras(Map.of(), 0, NEVER_SET);

  Extras withUser(String name, byte @Nullable [] value) {
    Map<String, byte[]> changed = new HashMap<>(user);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Extras(changed, dosFlags, accessTime);
  }

  Extras withDosFlags(int clear, int set) {
    return new Extras(user, (dosFlags & ~clear) | set, accessTime);
  }

  Extras withAccessTime(long time) {
    return new Extras(user, dosFlags, time);
  }
}
