package io.github.niotmp.attribute;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.volume.FileAttributes;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The attributes that can be read by name, grouped by view; {@link UserView} reads the user-defined
 * ones.
 */
final class ReadableAttributes {
  private static final Map<String, Function<FileAttributes, Object>> BASIC =
      Map.of(
          "size", FileAttributes::size,
          "creationTime", FileAttributes::creationTime,
          "lastAccessTime", FileAttributes::lastAccessTime,
          "lastModifiedTime", FileAttributes::lastModifiedTime,
          "fileKey", FileAttributes::fileKey,
          "isDirectory", FileAttributes::isDirectory,
          "isRegularFile", FileAttributes::isRegularFile,
          "isSymbolicLink", FileAttributes::isSymbolicLink,
          "isOther", FileAttributes::isOther);

  private static final Map<String, Function<FileAttributes, Object>> OWNER =
      Map.of("owner", FileAttributes::owner);

  private static final Map<String, Function<FileAttributes, Object>> POSIX =
      both(
          both(BASIC, OWNER),
          Map.of("permissions", FileAttributes::permissions, "group", FileAttributes::group));

  private static final Map<String, Function<FileAttributes, Object>> UNIX =
      both(
          POSIX,
          Map.of(
              "mode", FileAttributes::mode,
              "ino", FileAttributes::inode,
              "dev", FileAttributes::device,
              "rdev", attributes -> 0L,
              "nlink", FileAttributes::linkCount,
              "uid", FileAttributes::uid,
              "gid", FileAttributes::gid,
              "ctime", FileAttributes::changeTime));

  private static final Map<String, Function<FileAttributes, Object>> DOS =
      both(
          BASIC,
          Map.of(
              "readonly", FileAttributes::isReadOnly,
              "hidden", FileAttributes::isHidden,
              "system", FileAttributes::isSystem,
              "archive", FileAttributes::isArchive));

  private static final Map<String, Function<FileAttributes, Object>> TMP =
      both(
          BASIC,
          Map.of(
              "storage", FileAttributes::storage,
              "spoolThreshold", FileAttributes::spoolThreshold,
              "maxFileSize", FileAttributes::maxFileSize,
              "memoryBytes", FileAttributes::memoryBytes,
              "rolledOver", FileAttributes::isRolledOver,
              "lifetime", FileAttributes::lifetime));

  private static final Map<String, ReadableAttributes> BY_VIEW =
      Map.of(
          "basic", new ReadableAttributes("", BASIC),
          "owner", new ReadableAttributes("owner:", OWNER),
          "posix", new ReadableAttributes("", POSIX),
          "unix", new ReadableAttributes("", UNIX),
          "dos", new ReadableAttributes("", DOS),
          "tmp", new ReadableAttributes("", TMP));

  /** Precedes an unknown name in the error message. */
  private final String prefix;

  private final Map<String, Function<FileAttributes, Object>> getters;

  private ReadableAttributes(String prefix, Map<String, Function<FileAttributes, Object>> getters) {
    this.prefix = prefix;
    this.getters = getters;
  }

  /**
   * Returns the attributes of a view.
   *
   * @throws NullPointerException if no view has this name
   */
  static ReadableAttributes ofView(String view) {
    return requireNonNull(BY_VIEW.get(view), view);
  }

  /**
   * Returns the attributes of these names, {@code *} being all of the view.
   *
   * @throws IllegalArgumentException if the view lacks one of the names
   */
  ReadableAttributes select(String... names) {
    Map<String, Function<FileAttributes, Object>> selected = new HashMap<>();
    for (String name : names) {
      if (name.equals("*")) {
        selected.putAll(getters);
        continue;
      }
      Function<FileAttributes, Object> getter = getters.get(name);
      if (getter == null) {
        throw new IllegalArgumentException("'" + prefix + name + "' not recognized");
      }
      selected.put(name, getter);
    }
    return new ReadableAttributes(prefix, selected);
  }

  /** Returns an unmodifiable map of all values by name. */
  Map<String, Object> of(FileAttributes attributes) {
    Map<String, Object> values = new HashMap<>();
    getters.forEach((name, getter) -> values.put(name, getter.apply(attributes)));
    return Collections.unmodifiableMap(values);
  }

  private static Map<String, Function<FileAttributes, Object>> both(
      Map<String, Function<FileAttributes, Object>> some,
      Map<String, Function<FileAttributes, Object>> others) {
    Map<String, Function<FileAttributes, Object>> all = new HashMap<>(some);
    all.putAll(others);
    return Map.copyOf(all);
  }
}
