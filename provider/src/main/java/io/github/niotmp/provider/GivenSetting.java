package io.github.niotmp.provider;

import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpSettings.OpenAtClose;
import io.github.niotmp.TmpSettings.Permissions;
import io.github.niotmp.TmpSettings.Storage;
import io.github.niotmp.TmpSettings.Trust;
import io.github.niotmp.memory.ByteSize;
import io.github.niotmp.memory.HeapBudget;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A setting as a caller gave it: in the map, in the query of a URI, or as a system property.
 *
 * @param source names the setting in messages
 * @param value text, or an object of the map
 */
record GivenSetting(Source source, String key, @Nullable Object value) {
  /** The keys that a map and a query may have. */
  static final List<String> KEYS =
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

  /** The system properties are text, which the clock is not. */
  private static final List<String> TEXT_KEYS =
      KEYS.stream().filter(key -> !key.equals(TmpSettings.CLOCK)).toList();

  /** The system property of a setting of the default file system has its key after this. */
  static final String DEFAULT_PREFIX = "io.github.niotmp.default.";

  private static final long UNLIMITED = ByteSize.UNLIMITED;
  private static final String COUNT_ALLOWED = "a number, such as 0 or 100000, or unlimited";
  private static final String CLOCK_ALLOWED =
      "a java.time.InstantSource, such as a Clock, which a URI cannot hold";
  private static final String DIRECTORY_ALLOWED =
      "a directory, as a Path, a URI of an installed provider, or either as text";

  /** The place where a setting was given. */
  enum Source {
    /** The map, or the query of the URI. */
    SETTING("Setting '"),
    /** The system properties of the default file system. */
    PROPERTY("System property '" + DEFAULT_PREFIX);

    /** The beginning of a message, up to the key. */
    private final String start;

    Source(String start) {
      this.start = start;
    }

    private List<String> keys() {
      return this == SETTING ? KEYS : TEXT_KEYS;
    }
  }

  /**
   * Returns the parsed value, so that text and objects can be compared.
   *
   * @throws IllegalArgumentException if the key is unknown, or the value not allowed
   */
  Object parse() {
    if (!source.keys().contains(key)) {
      throw unknown();
    }
    if (value == null) {
      throw new IllegalArgumentException(name() + " is null");
    }
    return switch (key) {
      case TmpSettings.STORAGE -> choice(value, Storage.values());
      case TmpSettings.MEMORY_BUDGET -> budget(value);
      case TmpSettings.SPOOL_THRESHOLD, TmpSettings.MAX_SIZE, TmpSettings.MAX_FILE_SIZE ->
          size(value);
      case TmpSettings.MAX_FILES, TmpSettings.MAX_DESCRIPTORS -> count(value);
      case TmpSettings.DIRECTORY -> directory(value);
      case TmpSettings.TRUST -> choice(value, Trust.values());
      case TmpSettings.PERMISSIONS -> choice(value, Permissions.values());
      case TmpSettings.MXBEAN -> mxbean(value);
      case TmpSettings.OPEN_AT_CLOSE -> choice(value, OpenAtClose.values());
      case TmpSettings.CLOCK -> clock(value);
      default -> flag(value); // trackOpeners, longPaths
    };
  }

  private String name() {
    return source.start + key + "'";
  }

  private IllegalArgumentException unknown() {
    return new IllegalArgumentException(
        source == Source.SETTING
            ? "Unknown setting '" + key + "'; allowed: " + KEYS
            : name()
                + " is '"
                + value
                + "', but names no setting; allowed after '"
                + DEFAULT_PREFIX
                + "': "
                + TEXT_KEYS);
  }

  private <E extends Enum<E>> E choice(Object given, E[] choices) {
    for (E choice : choices) {
      if (given == choice || given.equals(text(choice))) {
        return choice;
      }
    }
    throw refused(
        Arrays.stream(choices).map(GivenSetting::text).collect(Collectors.joining(", ")), null);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private InstantSource clock(Object given) {
    if (given instanceof InstantSource clock) {
      return clock;
    }
    throw refused(CLOCK_ALLOWED, null);
  }

  private long size(Object given) {
    return size(given, ByteSize::parse, ByteSize.ALLOWED);
  }

  /** Returns the bytes of a size, or of a share of the budget of the JVM. */
  private long budget(Object given) {
    return size(
        given,
        text -> ByteSize.parse(text, HeapBudget.ofJvm().limit()),
        ByteSize.ALLOWED + "; or " + ByteSize.SHARES + " of the budget of the JVM");
  }

  private long size(Object given, ToLongFunction<String> parser, String allowed) {
    if (given instanceof Long || given instanceof Integer || given instanceof String) {
      try {
        return parser.applyAsLong(given.toString());
      } catch (NumberFormatException e) {
        throw refused(allowed, null);
      } catch (ArithmeticException e) {
        throw refused(allowed + "; at most " + UNLIMITED, e);
      }
    }
    throw refused(allowed, null);
  }

  private long count(Object given) {
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
    throw refused(COUNT_ALLOWED, null);
  }

  private Path directory(Object given) {
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
      throw refused(DIRECTORY_ALLOWED, e);
    }
    throw refused(DIRECTORY_ALLOWED, null);
  }

  private boolean mxbean(Object given) {
    boolean asked = flag(given);
    if (asked && !canRead("java.management")) {
      throw refused("false, as this JVM runs without the module java.management", null);
    }
    return asked;
  }

  private static boolean canRead(String module) {
    return ModuleLayer.boot()
        .findModule(module)
        .filter(GivenSetting.class.getModule()::canRead)
        .isPresent();
  }

  private boolean flag(Object given) {
    return switch (given.toString()) {
      case "true" -> true;
      case "false" -> false;
      default -> throw refused("true, false", null);
    };
  }

  /** Returns the exception that names this setting, its value and the allowed ones. */
  IllegalArgumentException refused(String allowed, @Nullable Exception cause) {
    return new IllegalArgumentException(name() + " is '" + value + "'; allowed: " + allowed, cause);
  }

  /** Patterns that the JVM compiles at the first use, because most processes use none of them. */
  private static final class Patterns {
    static final Pattern COUNT = Pattern.compile("[0-9]{1,18}");
    static final Pattern URI_START = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  }
}
