package io.github.niotmp.tree;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.account.Ownership;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What few nodes have, kept out of those that don't. Immutable: a change makes a new one.
 *
 * @param given whom the node was given to, null if it belongs to this process
 * @param user the user-defined attributes
 * @param dosFlags bits as {@link Node} defines them
 * @param setAccess the access time in nanoseconds since the epoch, or {@link #NEVER_SET}
 */
public record Extras(
    @Nullable Ownership given, Map<String, byte[]> user, int dosFlags, long setAccess) {
  static final long NEVER_SET = Long.MIN_VALUE;
  static final Extras NONE = new Extras(null, Map.of(), 0, NEVER_SET);

  /** Returns whom the node belongs to. */
  public Ownership ownership() {
    return given == null ? Accounts.own() : given;
  }

  /**
   * Returns the access time, which is that of the creation until somebody sets it.
   *
   * @param created read before these extras were: then nobody had set either
   */
  public long accessTime(long created) {
    return setAccess == NEVER_SET ? created : setAccess;
  }

  Extras withOwnership(Ownership ownership) {
    return new Extras(ownership, user, dosFlags, setAccess);
  }

  Extras withUser(String name, byte @Nullable [] value) {
    Map<String, byte[]> changed = new HashMap<>(user);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Extras(given, changed, dosFlags, setAccess);
  }

  Extras withDosFlags(int clear, int set) {
    return new Extras(given, user, (dosFlags & ~clear) | set, setAccess);
  }

  Extras withAccessTime(long time) {
    return new Extras(given, user, dosFlags, time);
  }
}
