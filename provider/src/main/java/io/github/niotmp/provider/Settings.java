package io.github.niotmp.provider;

import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpSettings.OpenAtClose;
import io.github.niotmp.TmpSettings.Permissions;
import io.github.niotmp.TmpSettings.Storage;
import io.github.niotmp.TmpSettings.Trust;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.host.DirectoryRules;
import io.github.niotmp.memory.ByteSize;
import io.github.niotmp.memory.HeapBudget;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Parses the settings of a file system from a map and the query of a URI. */
final class Settings {
  private static final List<String> KEYS =
      List.of(
          TmpSettings.STORAGE,
          TmpSettings.SPOOL_THRESHOLD,
          TmpSettings.MEMORY_BUDGET,
          TmpSettings.MAX_SIZE,
          TmpSettings.MAX_FILE_SIZE,
          TmpSettings.MAX_FILES,
          TmpSettings.MAX_DESCRIPTORS,
          TmpSettings.LONG_PATHS,
          TmpSettings.DIRECTORY,
          TmpSettings.TRUST,
          TmpSettings.PERMISSIONS,
          TmpSettings.MXBEAN,
          TmpSettings.TRACK_OPENERS,
          TmpSettings.OPEN_AT_CLOSE,
          TmpSettings.CLOCK);
  private static final List<String> ONLY_SPOOLED =
      List.of(
          TmpSettings.SPOOL_THRESHOLD,
          TmpSettings.MEMORY_BUDGET,
          TmpSettings.MAX_SIZE,
          TmpSettings.MAX_FILE_SIZE,
          TmpSettings.MAX_FILES,
          TmpSettings.MAX_DESCRIPTORS,
          TmpSettings.LONG_PATHS,
          TmpSettings.CLOCK);

  /** The size in bytes of the largest file that evicts others from memory by default. */
  private static final long EVICTING_SIZE = 1 << 20;

  /** In bytes. The roll-over of a file of this size blocks its writer for about 100 ms. */
  private static final long LARGEST_DEFAULT_THRESHOLD = 128 << 20;

  private static final long UNLIMITED = ByteSize.UNLIMITED;
  private static final String COUNT_ALLOWED = "a number, such as 0 or 100000, or unlimited";
  private static final String CLOCK_ALLOWED =
      "a java.time.InstantSource, such as a Clock, which a URI cannot hold";
  private static final String DIRECTORY_ALLOWED =
      "a directory, as a Path, a URI of an installed provider, or either as text";

  private Settings() {}

  /**
   * Returns the settings.
   *
   * @throws IllegalArgumentException if a key is unknown, a value is not allowed, or two settings
   *     contradict each other
   */
  static FileSystemSettings of(URI uri, Map<String, ?> env) {
    Map<String, Object> values = ofQuery(uri);
    env.forEach(
        (key, given) -> {
          Object value = value(key, given);
          Object inQuery = values.putIfAbsent(key, value);
          if (inQuery != null && !inQuery.equals(value)) {
            throw new IllegalArgumentException(
                "Setting '" + key + "' is '" + given + "', but '" + inQuery + "' in '" + uri + "'");
          }
        });
    return meaning(values);
  }

  /** Returns the settings of the default file system. */
  static FileSystemSettings defaults() {
    return meaning(Map.of());
  }

  private static FileSystemSettings meaning(Map<String, Object> values) {
    Storage storage = (Storage) values.getOrDefault(TmpSettings.STORAGE, Storage.SPOOLED);
    if (storage == Storage.HOST) {
      refuseSpooledOnly(values);
    }
    return new FileSystemSettings(
        storage,
        content(values),
        (Long) values.getOrDefault(TmpSettings.MAX_FILES, defaultMaxFiles()),
        (Long) values.get(TmpSettings.MAX_DESCRIPTORS),
        (Boolean) values.getOrDefault(TmpSettings.LONG_PATHS, false),
        (Path) values.get(TmpSettings.DIRECTORY),
        rules(values),
        (InstantSource) values.get(TmpSettings.CLOCK),
        (Boolean) values.getOrDefault(TmpSettings.MXBEAN, false),
        (Boolean) values.getOrDefault(TmpSettings.TRACK_OPENERS, tracksByDefault()),
        (OpenAtClose) values.getOrDefault(TmpSettings.OPEN_AT_CLOSE, OpenAtClose.CLOSE));
  }

  private static void refuseSpooledOnly(Map<String, Object> values) {
    for (String key : ONLY_SPOOLED) {
      if (values.containsKey(key)) {
        throw refused(key, values.get(key), "no value if '" + TmpSettings.STORAGE + "' is 'host'");
      }
    }
  }

  private static ContentSettings content(Map<String, Object> values) {
    long budget = (Long) values.getOrDefault(TmpSettings.MEMORY_BUDGET, defaultBudget());
    Long chosen = (Long) values.get(TmpSettings.SPOOL_THRESHOLD);
    return new ContentSettings(
        chosen != null ? chosen : defaultThreshold(Math.min(budget, defaultBudget())),
        chosen != null ? chosen : EVICTING_SIZE,
        budget,
        (Long) values.getOrDefault(TmpSettings.MAX_SIZE, UNLIMITED),
        (Long) values.getOrDefault(TmpSettings.MAX_FILE_SIZE, UNLIMITED));
  }

  private static DirectoryRules rules(Map<String, Object> values) {
    return new DirectoryRules(
        (Trust) values.getOrDefault(TmpSettings.TRUST, Trust.STRICT),
        values.get(TmpSettings.PERMISSIONS) != Permissions.IGNORE);
  }

  /** Returns a quarter of the budget, but at least 1 MiB and at most 128 MiB. */
  static long defaultThreshold(long budget) {
    return Math.max(EVICTING_SIZE, Math.min(LARGEST_DEFAULT_THRESHOLD, budget / 4));
  }

  private static boolean tracksByDefault() {
    return Boolean.getBoolean("io.github.niotmp.trackOpeners");
  }

  private static long defaultBudget() {
    return HeapBudget.ofJvm().limit();
  }

  /** Returns one file per KiB of heap, because a name and its file take less than a KiB. */
  private static long defaultMaxFiles() {
    return Runtime.getRuntime().maxMemory() / 1024;
  }

  private static Map<String, Object> ofQuery(URI uri) {
    Map<String, Object> values = new HashMap<>();
    String query = TmpUris.settings(uri);
    if (query == null) {
      return values;
    }
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 0) {
        throw new IllegalArgumentException(
            "'" + uri + "': '" + pair + "' is no setting; allowed is key=value, joined by '&'");
      }
      String key = PercentEncoding.decode(pair.substring(0, equals));
      if (values.put(key, value(key, PercentEncoding.decode(pair.substring(equals + 1)))) != null) {
        throw new IllegalArgumentException("Setting '" + key + "' is twice in '" + uri + "'");
      }
    }
    return values;
  }

  /** Returns the parsed value, so that text of a query and objects of a map can be compared. */
  private static Object value(String key, @Nullable Object given) {
    if (given == null) {
      throw new IllegalArgumentException("Setting '" + key + "' is null");
    }
    return switch (key) {
      case TmpSettings.STORAGE -> choice(key, given, Storage.values());
      case TmpSettings.SPOOL_THRESHOLD,
          TmpSettings.MEMORY_BUDGET,
          TmpSettings.MAX_SIZE,
          TmpSettings.MAX_FILE_SIZE ->
          size(key, given);
      case TmpSettings.MAX_FILES, TmpSettings.MAX_DESCRIPTORS -> count(key, given);
      case TmpSettings.DIRECTORY -> directory(given);
      case TmpSettings.TRUST -> choice(key, given, Trust.values());
      case TmpSettings.PERMISSIONS -> choice(key, given, Permissions.values());
      case TmpSettings.MXBEAN -> mxbean(given);
      case TmpSettings.TRACK_OPENERS, TmpSettings.LONG_PATHS -> flag(key, given);
      case TmpSettings.OPEN_AT_CLOSE -> choice(key, given, OpenAtClose.values());
      case TmpSettings.CLOCK -> clock(given);
      default ->
          throw new IllegalArgumentException("Unknown setting '" + key + "'; allowed: " + KEYS);
    };
  }

  private static <E extends Enum<E>> E choice(String key, Object given, E[] choices) {
    for (E choice : choices) {
      if (given == choice || given.equals(text(choice))) {
        return choice;
      }
    }
    throw refused(
        key, given, Arrays.stream(choices).map(Settings::text).collect(Collectors.joining(", ")));
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static InstantSource clock(Object given) {
    if (given instanceof InstantSource clock) {
      return clock;
    }
    throw refused(TmpSettings.CLOCK, given, CLOCK_ALLOWED);
  }

  private static long size(String key, Object given) {
    if (given instanceof Long || given instanceof Integer || given instanceof String) {
      try {
        return ByteSize.parse(given.toString());
      } catch (NumberFormatException e) {
        throw refused(key, given, ByteSize.ALLOWED);
      } catch (ArithmeticException e) {
        throw refused(key, given, ByteSize.ALLOWED + "; at most " + UNLIMITED, e);
      }
    }
    throw refused(key, given, ByteSize.ALLOWED);
  }

  private static long count(String key, Object given) {
    if (given.equals("unlimited")) {
      return UNLIMITED;
    }
    if (given instanceof Long count && count >= 0) {
      return count;
    }
    if ((given instanceof Long || given instanceof Integer || given instanceof String)
        && Patterns.COUNT.matcher(given.toString()).matches()) {
      return Long.parseLong(given.toString());
    }
    throw refused(key, given, COUNT_ALLOWED);
  }

  private static Path directory(Object given) {
    try {
      if (given instanceof Path path) {
        return path;
      }
      if (given instanceof URI uri) {
        return Path.of(uri);
      }
      if (given instanceof String text && !text.isEmpty()) {
        return Patterns.URI_START.matcher(text).matches()
            ? Path.of(URI.create(text))
            : Path.of(text);
      }
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw refused(TmpSettings.DIRECTORY, given, DIRECTORY_ALLOWED, e);
    }
    throw refused(TmpSettings.DIRECTORY, given, DIRECTORY_ALLOWED);
  }

  private static boolean mxbean(Object given) {
    boolean asked = flag(TmpSettings.MXBEAN, given);
    if (asked && !canRead("java.management")) {
      throw refused(
          TmpSettings.MXBEAN, given, "false, as this JVM runs without the module java.management");
    }
    return asked;
  }

  private static boolean canRead(String module) {
    return ModuleLayer.boot()
        .findModule(module)
        .filter(Settings.class.getModule()::canRead)
        .isPresent();
  }

  private static boolean flag(String key, Object given) {
    return switch (given.toString()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused(key, given, "true, false");
    };
  }

  private static IllegalArgumentException refused(
      String key, Object given, String allowed, RuntimeException cause) {
    IllegalArgumentException refusal = refused(key, given, allowed);
    refusal.initCause(cause);
    return refusal;
  }

  private static IllegalArgumentException refused(String key, Object given, String allowed) {
    return new IllegalArgumentException(
        "Setting '" + key + "' is '" + given + "'; allowed: " + allowed);
  }

  /** Patterns that the JVM compiles at the first use, because most processes use none of them. */
  private static final class Patterns {
    static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
    static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  }
}
