package io.github.niotmp.tree;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.account.Ownership;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The attributes that few nodes have, stored out of line to keep the other nodes small. Immutable;
 * a change creates a new record.
 *
 * @param otherOwners the owner and the group; null for those of this process
 * @param userAttributes the user-defined attributes
 * @param dosFlags bits as {@link Node} defines them
 * @param chosenAccess the access time that a caller has set, in nanoseconds since the epoch, or
 *     {@link Long#MIN_VALUE} for none
 */
public record RareAttributes(
    @Nullable Ownership otherOwners,
    Map<String, byte[]> userAttributes,
    int dosFlags,
    long chosenAccess) {
  private static final long NEVER = Long.MIN_VALUE;
  static final RareAttributes NONE = new RareAttributes(null, Map.of(), 0, NEVER);

  /** Returns the owner and the group. */
  public Ownership ownership() {
    return otherOwners == null ? Accounts.own() : otherOwners;
  }

  /**
   * Returns the access time, which is the creation time until a caller sets either.
   *
   * @param created the creation time, read before these attributes
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
