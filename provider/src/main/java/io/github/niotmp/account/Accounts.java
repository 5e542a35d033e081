package io.github.niotmp.account;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The user and group this process runs as, and the host's other accounts by name and number.
 *
 * <p>Principals are the default file system's own, so that an owner copied from there or to there
 * stays what it is. Their numbers are not public; they are read off the files that list them.
 */
public final class Accounts {
  private static final int ROOT = 0;
  private static final int UNKNOWN = -1;

  private Accounts() {}

  /** Returns the user this process runs as. */
  public static UserPrincipal user() {
    return Self.INSTANCE.user;
  }

  /** Returns the group this process runs as. */
  public static GroupPrincipal group() {
    return Self.INSTANCE.group;
  }

  /** Returns the number of {@link #user()}, or -1 where users have none. */
  public static int uid() {
    return Self.INSTANCE.uid;
  }

  /** Returns the number of {@link #group()}, or -1 where groups have none. */
  public static int gid() {
    return Self.INSTANCE.gid;
  }

  /** Says whether permissions do not bind this process. */
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
   * @throws ProviderMismatchException if the principal is not the host's
   */
  public static int uidOf(UserPrincipal user) throws IOException {
    if (user.equals(user())) {
      return uid();
    }
    if (!isOurs(user, lookup()::lookupPrincipalByName)) {
      throw new ProviderMismatchException("Not a user of the default file system: " + user);
    }
    return number("/etc/passwd", user.getName());
  }

  /**
   * Returns the number of {@code group}, or -1 if the host lists none.
   *
   * @throws ProviderMismatchException if the principal is not the host's
   */
  public static int gidOf(GroupPrincipal group) throws IOException {
    if (group.equals(group())) {
      return gid();
    }
    if (!isOurs(group, lookup()::lookupPrincipalByGroupName)) {
      throw new ProviderMismatchException("Not a group of the default file system: " + group);
    }
    return number("/etc/group", group.getName());
  }

  private static boolean isOurs(UserPrincipal principal, Lookup lookup) throws IOException {
    try {
      return principal.equals(lookup.byName(principal.getName()));
    } catch (UserPrincipalNotFoundException e) {
      return false;
    }
  }

  /**
   * Returns the user with a number, named by the number if the host lists none.
   *
   * @throws IOException if the host cannot say
   */
  public static UserPrincipal ofUid(int uid) throws IOException {
    return uid == uid() ? user() : lookup().lookupPrincipalByName(name("/etc/passwd", uid));
  }

  /**
   * Returns the group with a number, named by the number if the host lists none.
   *
   * @throws IOException if the host cannot say
   */
  public static GroupPrincipal ofGid(int gid) throws IOException {
    return gid == gid() ? group() : lookup().lookupPrincipalByGroupName(name("/etc/group", gid));
  }

  private static int number(String list, String name) {
    for (String line : lines(list)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[0].equals(name) && isNumber(fields[2])) {
        return (int) Long.parseLong(fields[2]);
      }
    }
    return isNumber(name) ? (int) Long.parseLong(name) : UNKNOWN;
  }

  private static String name(String list, int number) {
    String text = Integer.toUnsignedString(number);
    for (String line : lines(list)) {
      String[] fields = line.split(":", -1);
      if (fields.length > 2 && fields[2].equals(text)) {
        return fields[0];
      }
    }
    return Integer.toString(number); // the default file system's name for it
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]{1,10}");
  }

  private static List<String> lines(String list) {
    try {
      return Files.readAllLines(Path.of(list));
    } catch (IOException e) {
      return List.of(); // hosts that list their accounts elsewhere: the number stays unknown
    }
  }

  /** Finds a principal. */
  @FunctionalInterface
  private interface Lookup {
    UserPrincipal byName(String name) throws IOException;
  }

  /** Who this process is, found out on first use. */
  private record Self(UserPrincipal user, GroupPrincipal group, int uid, int gid) {
    static final Self INSTANCE = find();

    private static Self find() {
      Self self = ownerOfProcess();
      return self != null ? self : named(System.getProperty("user.name", "?"));
    }

    /** On Linux a process owns its directory below /proc: the effective user and group. */
    private static @Nullable Self ownerOfProcess() {
      Path process = Path.of("/proc/self");
      try {
        PosixFileAttributes owner = Files.readAttributes(process, PosixFileAttributes.class);
        return new Self(
            owner.owner(),
            owner.group(),
            (Integer) Files.getAttribute(process, "unix:uid"),
            (Integer) Files.getAttribute(process, "unix:gid"));
      } catch (IOException | UnsupportedOperationException e) {
        return null; // not Linux, or /proc is not there: the name is all there is
      }
    }

    private static Self named(String name) {
      UserPrincipal user = new Unlisted(name);
      GroupPrincipal group = new Unlisted(name);
      try {
        user = lookup().lookupPrincipalByName(name);
        group = groupOfHome(group);
      } catch (UserPrincipalNotFoundException e) {
        // a container's user without an account: known by its name alone
      } catch (IOException | UnsupportedOperationException e) {
        // no accounts to look in: known by its name alone
      }
      int id = name.equals("root") ? ROOT : UNKNOWN;
      return new Self(user, group, id, id);
    }

    private static GroupPrincipal groupOfHome(GroupPrincipal otherwise) throws IOException {
      Path home = Path.of(System.getProperty("user.home", "/"));
      return home.getFileSystem().supportedFileAttributeViews().contains("posix")
          ? Files.readAttributes(home, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS).group()
          : otherwise;
    }
  }

  /** An account that the host does not list. */
  private record Unlisted(String getName) implements UserPrincipal, GroupPrincipal {}
}
