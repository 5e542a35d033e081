package io.github.niotmp.provider;

import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpSettings.OpenAtClose;
import io.github.niotmp.TmpSettings.Permissions;
import io.github.niotmp.TmpSettings.Storage;
import io.github.niotmp.TmpSettings.Trust;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.host.DirectoryRules;
import io.github.niotmp.host.DirectorySetting;
import io.github.niotmp.memory.ByteSize;
import io.github.niotmp.memory.HeapBudget;
import io.github.niotmp.provider.GivenSetting.Source;
import java.net.URI;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Parses the settings of a file system from a map and the query of a URI, or from system
 * properties.
 */
final class Settings {
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
          Object value = new GivenSetting(Source.SETTING, key, given).parse();
          Object inQuery = values.putIfAbsent(key, value);
          if (inQuery != null && !inQuery.equals(value)) {
            throw new IllegalArgumentException(
                "Setting '" + key + "' is '" + given + "', but '" + inQuery + "' in '" + uri + "'");
          }
        });
    return meaning(values, Source.SETTING);
  }

  /** Returns the settings if none is given. */
  static FileSystemSettings defaults() {
    return meaning(Map.of(), Source.SETTING);
  }

  /**
   * Returns the settings of the default file system. Each has a system property, {@link
   * GivenSetting#DEFAULT_PREFIX} and the key.
   *
   * @param properties the system properties
   * @throws IllegalArgumentException if a key is unknown, a value is not allowed, two settings
   *     contradict each other, or the directory is not usable
   */
  static FileSystemSettings ofDefault(Properties properties) {
    Map<String, Object> values = new HashMap<>();
    for (String name : properties.stringPropertyNames()) {
      if (name.startsWith(GivenSetting.DEFAULT_PREFIX)) {
        String key = name.substring(GivenSetting.DEFAULT_PREFIX.length());
        values.put(
            key, new GivenSetting(Source.PROPERTY, key, properties.getProperty(name)).parse());
      }
    }
    FileSystemSettings settings = meaning(values, Source.PROPERTY);
    try {
      DirectorySetting.requireUsable(settings.directory());
      return settings;
    } catch (FileSystemException e) {
      throw new GivenSetting(Source.PROPERTY, TmpSettings.DIRECTORY, settings.directory())
          .refused(DirectorySetting.ALLOWED, e);
    }
  }

  private static FileSystemSettings meaning(Map<String, Object> values, Source source) {
    Storage storage = (Storage) values.getOrDefault(TmpSettings.STORAGE, Storage.SPOOLED);
    if (storage == Storage.HOST) {
      refuseSpooledOnly(values, source);
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

  private static void refuseSpooledOnly(Map<String, Object> values, Source source) {
    for (String key : ONLY_SPOOLED) {
      if (values.containsKey(key)) {
        throw new GivenSetting(source, key, values.get(key))
            .refused("no value if '" + TmpSettings.STORAGE + "' is 'host'", null);
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
      String text = PercentEncoding.decode(pair.substring(equals + 1));
      if (values.put(key, new GivenSetting(Source.SETTING, key, text).parse()) != null) {
        throw new IllegalArgumentException("Setting '" + key + "' is twice in '" + uri + "'");
      }
    }
    return values;
  }
}
