package io.github.niotmp.provider;

import io.github.niotmp.TmpSettings;
import io.github.niotmp.volume.spooled.SpooledSettings;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the settings of a file system from the map and the URI's query. */
final class Settings {
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              TmpSettings.STORAGE,
              TmpSettings.SPOOL_THRESHOLD,
              TmpSettings.MEMORY_BUDGET,
              TmpSettings.MAX_SIZE,
              TmpSettings.DIRECTORY));
  private static final long DEFAULT_THRESHOLD = 1 << 20;
  private static final long UNLIMITED = Long.MAX_VALUE;
  private static final Pattern SIZE = Pattern.compile("([0-9]{1,19})(|KiB|MiB|GiB|TiB)");
  private static final String SIZE_ALLOWED =
      "bytes, such as 0, 4096, 64KiB, 1MiB, 2GiB, 1TiB, or unlimited";
  private static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");

  private Settings() {}

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException if a key is unknown, a value is not allowed or two are in
   *     conflict
   */
  static SpooledSettings of(URI uri, Map<String, ?> env) {
    Map<String, Object> given = merged(uri, env);
    checkStorage(given.get(TmpSettings.STORAGE));
    return new SpooledSettings(
        size(given, TmpSettings.SPOOL_THRESHOLD, DEFAULT_THRESHOLD),
        size(given, TmpSettings.MEMORY_BUDGET, defaultBudget()),
        size(given, TmpSettings.MAX_SIZE, UNLIMITED),
        directory(given.get(TmpSettings.DIRECTORY)));
  }

  /** Returns the settings of the default file system. */
  static SpooledSettings defaults() {
    return new SpooledSettings(DEFAULT_THRESHOLD, defaultBudget(), UNLIMITED, null);
  }

  private static long defaultBudget() {
    return Runtime.getRuntime().maxMemory() / 4;
  }

  private static Map<String, Object> merged(URI uri, Map<String, ?> env) {
    Map<String, Object> given = new LinkedHashMap<>();
    String query = TmpUris.settings(uri);
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException(
              "'" + uri + "': '" + pair + "' is no setting; allowed is key=value, joined by '&'");
        }
        put(given, pair.substring(0, equals), Escapes.decode(pair.substring(equals + 1)));
      }
    }
    env.forEach((key, value) -> put(given, key, value));
    return given;
  }

  private static void put(Map<String, Object> given, String key, @Nullable Object value) {
    if (!KEYS.contains(key)) {
      throw new IllegalArgumentException("Unknown setting '" + key + "'; allowed are " + KEYS);
    }
    if (value == null) {
      throw new IllegalArgumentException("Setting '" + key + "' is null");
    }
    Object before = given.putIfAbsent(key, value);
    if (before != null && !before.toString().equals(value.toString())) {
      throw new IllegalArgumentException(
          "Setting '" + key + "' is given twice, as '" + before + "' and as '" + value + "'");
    }
  }

  private static void checkStorage(@Nullable Object storage) {
    if (storage != null && !storage.equals("spooled")) {
      throw refused(TmpSettings.STORAGE, storage, "spooled");
    }
  }

  private static long size(Map<String, Object> given, String key, long otherwise) {
    Object value = given.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value.equals("unlimited")) {
      return UNLIMITED;
    }
    if (value instanceof Long || value instanceof Integer || value instanceof String) {
      Matcher matcher = SIZE.matcher(value.toString());
      if (matcher.matches()) {
        try {
          return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
        } catch (ArithmeticException | NumberFormatException e) {
          throw refused(key, value, SIZE_ALLOWED + ", up to " + (UNLIMITED - 1), e);
        }
      }
    }
    throw refused(key, value, SIZE_ALLOWED);
  }

  private static long unit(String name) {
    return switch (name) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "TiB" -> 1L << 40;
      default -> 1;
    };
  }

  private static @Nullable Path directory(@Nullable Object value) {
    String allowed = "a directory, as a Path, a URI of an installed provider, or either as text";
    try {
      if (value == null || value instanceof Path) {
        return (Path) value;
      }
      if (value instanceof URI uri) {
        return Path.of(uri);
      }
      if (value instanceof String text && !text.isEmpty()) {
        return URI_START.matcher(text).matches() ? Path.of(URI.create(text)) : Path.of(text);
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw refused(TmpSettings.DIRECTORY, value, allowed, e);
    }
    throw refused(TmpSettings.DIRECTORY, value, allowed);
  }

  private static IllegalArgumentException refused(
      String key, Object value, String allowed, RuntimeException cause) {
    IllegalArgumentException refusal = refused(key, value, allowed);
    refusal.initCause(cause);
    return refusal;
  }

  private static IllegalArgumentException refused(String key, Object value, String allowed) {
    return new IllegalArgumentException(
        "Setting '" + key + "' is '" + value + "'; allowed: " + allowed);
  }
}
