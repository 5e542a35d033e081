package io.github.niotmp.attribute;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.mode.ModeBits;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.AttributeChange.Dos;
import io.github.niotmp.volume.AttributeChange.MaxFileSize;
import io.github.niotmp.volume.AttributeChange.Mode;
import io.github.niotmp.volume.AttributeChange.Owner;
import io.github.niotmp.volume.AttributeChange.OwnerId;
import io.github.niotmp.volume.AttributeChange.RollOver;
import io.github.niotmp.volume.AttributeChange.SpoolThreshold;
import io.github.niotmp.volume.AttributeChange.Times;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The attributes that can be set by name, each with the conversion of a value to a change. */
final class SettableAttributes {
  private static final Map<String, Conversion> BASIC =
      Map.of(
          "lastModifiedTime", value -> new Times((FileTime) value, null, null),
          "lastAccessTime", value -> new Times(null, (FileTime) value, null),
          "creationTime", value -> new Times(null, null, (FileTime) value));

  private static final Map<String, Conversion> OWNER =
      Map.of("owner", value -> owner((UserPrincipal) value));

  private static final Map<String, Conversion> POSIX =
      both(
          both(BASIC, OWNER),
          Map.of(
              "permissions", value -> permissions((Set<?>) value),
              "group", value -> group((GroupPrincipal) value)));

  private static final Map<String, Conversion> UNIX =
      both(
          POSIX,
          Map.of(
              "mode", value -> new Mode(number(value) & ModeBits.MASK),
              "uid", value -> new OwnerId(id(value), null),
              "gid", value -> new OwnerId(null, id(value))));

  private static final Map<String, Conversion> DOS =
      both(
          BASIC,
          Map.of(
              "readonly", value -> new Dos(flag(value), null, null, null),
              "hidden", value -> new Dos(null, flag(value), null, null),
              "system", value -> new Dos(null, null, flag(value), null),
              "archive", value -> new Dos(null, null, null, flag(value))));

  private static final Map<String, Conversion> TMP =
      both(
          BASIC,
          Map.of(
              "spoolThreshold", value -> new SpoolThreshold(bytes(value)),
              "maxFileSize", value -> new MaxFileSize(bytes(value)),
              "rolledOver", value -> rollOver(flag(value))));

  private static final Map<String, Map<String, Conversion>> BY_VIEW =
      Map.of("basic", BASIC, "owner", OWNER, "posix", POSIX, "unix", UNIX, "dos", DOS, "tmp", TMP);

  private SettableAttributes() {}

  /**
   * Returns the conversions of a view by attribute name.
   *
   * @throws NullPointerException if no view has this name
   */
  static Map<String, Conversion> ofView(String view) {
    return requireNonNull(BY_VIEW.get(view), view);
  }

  static Owner owner(@Nullable UserPrincipal owner) throws IOException {
    requireNonNull(owner, "'owner' is null");
    if (owner instanceof GroupPrincipal) {
      throw new IOException("'owner' parameter can't be a group");
    }
    return new Owner(owner, null);
  }

  static Owner group(@Nullable GroupPrincipal group) {
    return new Owner(null, requireNonNull(group, "'group' is null"));
  }

  static Mode permissions(@Nullable Set<?> permissions) {
    int bits = 0;
    for (Object permission : requireNonNull(permissions, "'permissions' is null")) {
      bits |= ModeBits.of((PosixFilePermission) requireNonNull(permission));
    }
    return new Mode(bits);
  }

  private static int number(@Nullable Object value) {
    return (Integer) requireNonNull(value);
  }

  /** Returns null for -1, with which chown(2) leaves an id as it is. */
  private static @Nullable Integer id(@Nullable Object value) {
    int id = number(value);
    return id == -1 ? null : id;
  }

  private static long bytes(@Nullable Object value) {
    return value instanceof Integer number ? number : (Long) requireNonNull(value);
  }

  private static RollOver rollOver(boolean value) {
    if (!value) {
      throw new IllegalArgumentException(
          "'rolledOver' is false; allowed: true, as no file comes back to memory on demand");
    }
    return new RollOver();
  }

  private static boolean flag(@Nullable Object value) {
    return (Boolean) requireNonNull(value);
  }

  private static Map<String, Conversion> both(
      Map<String, Conversion> some, Map<String, Conversion> others) {
    Map<String, Conversion> all = new HashMap<>(some);
    all.putAll(others);
    return Map.copyOf(all);
  }

  /** Converts a value to a change. */
  @FunctionalInterface
  interface Conversion {
    /**
     * Returns the change that sets {@code value}.
     *
     * @throws IllegalArgumentException if the value is not allowed
     * @throws ClassCastException if the value has another type than the attribute
     * @throws NullPointerException if the value is null or contains null
     */
    AttributeChange changeTo(@Nullable Object value) throws IOException;
  }
}
