package io.github.niotmp.tree;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.account.Ownership;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What few nodes have, kept out of those that don't. Immutable: a change makes a new one.
 *
 * @param otherOwners whom the node belongs to, null if to this process
 * @param userAttributes the user-defined attributes
 * @param dosFlags bits as {@link Node} defines them
 * @param chosenAccess the access time that somebody set, in nanoseconds since the epoch, or {@link
 *     Long#MIN_VALUE} if nobody did
 */
public record Extras(
    @Nullable Ownership otherOwners,
    Map<String, byte[]> userAttributes,
    int dosFlags,
    long chosenAccess) {
  private static final long NEVER = Long.MIN_VALUE;
  static final Extras NONE = new Extras(null, Map.of(), 0, NEVER);

  /** Returns whom the node belongs to. */
  public Ownership ownership() {
    return otherOwners == null ? Accounts.own() : otherOwners;
  }

  /**
   * Returns the access time, which is that of the creation until somebody sets either.
   *
   * @param created the time of the creation, read before these extras were
   */
  public long accessTime(long created) {
    return chosenAccess == NEVER ? created : chosenAccess;
  }

  Extras withOwnership(Ownership owners) {
    Ownership others = owners.equals(Accounts.own()) ? null : owners;
    return new Extras(others, userAttributes, dosFlags, chosenAccess);
  }

  Extras withUserAttribute(String name, byte @Nullable [] value) {
    Map<String, byte[]> changed = new HashMap<>(userAttributes);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new Extras(otherOwners, changed, dosFlags, chosenAccess);
  }

  Extras withoutUserAttributes() {
    return new Extras(otherOwners, Map.of(), dosFlags, chosenAccess);
  }

  Extras withDosFlags(int clear, int set) {
    return new Extras(otherOwners, userAttributes, (dosFlags & ~clear) | set, chosenAccess);
  }

  Extras withAccessTime(long time) {
    return new Extras(otherOwners, userAttributes, dosFlags, Math.max(time, NEVER + 1));
  }
}
