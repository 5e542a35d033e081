package io.github.niotmp.account;

import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;

/**
 * Whom a file belongs to: a user and a group, as the host knows them and by their numbers.
 *
 * @param uid the user's number, -1 where users have none
 * @param gid the group's number, -1 where groups have none
 */
public record Ownership(UserPrincipal user, GroupPrincipal group, int uid, int gid) {

  /** Returns the ownership after another user got the file. */
  public Ownership withUser(UserPrincipal newUser, int newUid) {
    return new Ownership(newUser, group, newUid, gid);
  }

  /** Returns the ownership after another group got the file. */
  public Ownership withGroup(GroupPrincipal newGroup, int newGid) {
    return new Ownership(user, newGroup, uid, newGid);
  }
}
