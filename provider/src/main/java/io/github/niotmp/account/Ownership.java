package io.github.niotmp.account;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;

/**
 * The owners of a file: its user and group, as principals of the host and as numbers.
 *
 * @param uid the user's number, -1 where users have none
 * @param gid the group's number, -1 where groups have none
 */
public record Ownership(UserPrincipal user, GroupPrincipal group, int uid, int gid) {

  /** Returns this ownership with another user. */
  public Ownership withUser(UserPrincipal newUser, int newUid) {
    return new Ownership(newUser, group, newUid, gid);
  }

  /** Returns this ownership with another group. */
  public Ownership withGroup(GroupPrincipal newGroup, int newGid) {
    return new Ownership(user, newGroup, uid, newGid);
  }
}
