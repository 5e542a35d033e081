package io.github.niotmp.account;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * The user and group of this process, and the host's other accounts by name and number.
 *
 * <p>The principals are those of the default file system, so that a program can copy an owner from
 * or to it. The JDK does not publish their numbers; this class reads them from the files that list
 * them.
 */
public final class Accounts {
  private static final int ROOT = 0;
  private static final Path USERS = Path.of("/etc/passwd");
  private static final Path GROUPS = Path.of("/etc/group");

  /** On Linux its owner is the effective user and group of the process. */
  private static final Path PROCESS = Path.of("/proc/self");

  private Accounts() {}

  /** Returns the effective user and group of this process, which own the files it creates. */
  public static Ownership own() {
    return Self.INSTANCE;
  }

  public static UserPrincipal user() {
    return Self.INSTANCE.user();
  }

  public static GroupPrincipal group() {
    return Self.INSTANCE.group();
  }

  /** Returns the number of {@link #user()}, or -1 where users have none. */
  public static int uid() {
    return Self.INSTANCE.uid();
  }

  /** Returns the number of {@link #group()}, or -1 where groups have none. */
  public static int gid() {
    return Self.INSTANCE.gid();
  }

  /** Says whether this process bypasses permissions. */
  public static boolean isRoot() {
    return uid() == ROOT;
  }

  /** Returns the look-up service of the default file system. */
  public static UserPrincipalLookupService lookup() {
    return FileSystems.getDefault().getUserPrincipalLookupService();
  }

  /**
   * Returns the number of {@code user}, or -1 if the host lists none.
   *
   * @throws ProviderMismatchException if the principal is not of the default file system
   */
  public static int uidOf(UserPrincipal user) throws IOException {
    if (user.equals(user())) {
      return uid();
    }
    if (!isOurs(user, lookup()::lookupPrincipalByName)) {
      throw new ProviderMismatchException("Not a user of the default file system: " + user);
    }
    return AccountList.of(USERS).number(user.getName());
  }

  /**
   * Returns the number of {@code group}, or -1 if the host lists none.
   *
   * @throws ProviderMismatchException if the principal is not of the default file system
   */
  public static int gidOf(GroupPrincipal group) throws IOException {
    if (group.equals(group())) {
      return gid();
    }
    if (!isOurs(group, lookup()::lookupPrincipalByGroupName)) {
      throw new ProviderMismatchException("Not a group of the default file system: " + group);
    }
    return AccountList.of(GROUPS).number(group.getName());
  }

  private static boolean isOurs(UserPrincipal principal, Lookup lookup) throws IOException {
    try {
      return principal.equals(lookup.byName(principal.getName()));
    } catch (UserPrincipalNotFoundException e) {
      return false;
    }
  }

  /**
   * Returns the user with this number; its name is the number if the host lists none.
   *
   * @throws IOException if the host's look-up fails
   */
  public static UserPrincipal ofUid(int uid) throws IOException {
    return uid == uid() ? user() : lookup().lookupPrincipalByName(AccountList.of(USERS).name(uid));
  }

  /**
   * Returns the group with this number; its name is the number if the host lists none.
   *
   * @throws IOException if the host's look-up fails
   */
  public static GroupPrincipal ofGid(int gid) throws IOException {
    return gid == gid()
        ? group()
        : lookup().lookupPrincipalByGroupName(AccountList.of(GROUPS).name(gid));
  }

  /** Looks up a principal by name. */
  @FunctionalInterface
  private interface Lookup {
    UserPrincipal byName(String name) throws IOException;
  }

  /** Holds the user and group of this process, which are determined on first use. */
  private static final class Self {
    static final Ownership INSTANCE = find();

    private static Ownership find() {
      Ownership self = ownerOf(PROCESS);
      return self != null ? self : named(System.getProperty("user.name", "?"));
    }

    private static Ownership named(String name) {
      Ownership owner = ownerOf(Path.of(System.getProperty("user.home", "/")));
      if (owner != null && owner.user().getName().equals(name)) {
        return owner;
      }
      UserPrincipal user = new Unlisted(name);
      try {
        user = lookup().lookupPrincipalByName(name);
      } catch (IOException | UnsupportedOperationException e) {
        // a container's user without an account, or a host without accounts: only the name is known
      }
      return new Ownership(
          user, new Unlisted(name), AccountList.of(USERS).number(name), AccountList.UNKNOWN);
    }

    /** Returns null if the file does not exist, or the host's files have no numeric owner. */
    private static @Nullable Ownership ownerOf(Path file) {
      try {
        PosixFileAttributes owner = Files.readAttributes(file, PosixFileAttributes.class);
        return new Ownership(
            owner.owner(),
            owner.group(),
            (Integer) Files.getAttribute(file, "unix:uid"),
            (Integer) Files.getAttribute(file, "unix:gid"));
      } catch (IOException | UnsupportedOperationException e) {
        return null;
      }
    }
  }

  /**
   * The unlisted account of this process. Equality is identity: {@link Self} creates the only
   * objects.
   */
  private static final class Unlisted implements UserPrincipal, GroupPrincipal {
    private final String name;

    Unlisted(String name) {
      this.name = name;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
