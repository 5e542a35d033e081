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
public record RareAttributes(
    @Nullable Ownership otherOwners,
    Map<String, byte[]> userAttributes,
    int dosFlags,
    long chosenAccess) {
  private static final long NEVER = Long.MIN_VALUE;
  static final RareAttributes NONE = new RareAttributes(null, Map.of(), 0, NEVER);

  /** Returns whom the node belongs to. */
  public Ownership ownership() {
    return otherOwners == null ? Accounts.own() : otherOwners;
  }

  /**
   * Returns the access time, which is that of the creation until somebody sets either.
   *
   * @param created the time of the creation, read before these attributes were
   */
  public long accessTime(long created) {
    return chosenAccess == NEVER ? created : chosenAccess;
  }

  RareAttributes withOwnership(Ownership owners) {
    Ownership others = owners.equals(Accounts.own()) ? null : owners;
    return new RareAttributes(others, userAttributes, dosFlags, chosenAccess);
  }

  RareAttributes withUserAttribute(String name, byte @Nullable [] value) {
    Map<String, byte[]> changed = new HashMap<>(userAttributes);
    if (value == null) {
      changed.remove(name);
    } else {
      changed.put(name, value);
    }
    return new RareAttributes(otherOwners, changed, dosFlags, chosenAccess);
  }

  RareAttributes withoutUserAttributes() {
    return new RareAttributes(otherOwners, Map.of(), dosFlags, chosenAccess);
  }

  RareAttributes withDosFlags(int clear, int set) {
    return new RareAttributes(otherOwners, userAttributes, (dosFlags & ~clear) | set, chosenAccess);
  }

  RareAttributes withAccessTime(long time) {
    return new RareAttributes(otherOwners, userAttributes, dosFlags, Math.max(time, NEVER + 1));
  }
}
