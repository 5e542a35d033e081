package io.github.niotmp.command.jvm;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one file system's MBean. The other JVM may run any version of the library, or
 * another program under its names, so the constructor checks each value.
 *
 * @param attributes by name, without those that its storage has not
 * @param largest the lines of its largest files, if they were asked for
 * @param handles the lines of its open handles, if they were asked for
 */
public record ObservedFileSystem(
    Map<String, Object> attributes, List<String> largest, List<String> handles) {
  private static final long UNLIMITED = Long.MAX_VALUE;

  private static final Pattern HANDLE =
      Pattern.compile(
          "(?<kind>\\S+?)(?: on (?<path>.*))?, open for (?<age>\\d{1,18}) s"
              + "(?:, opened at (?<opener>.*))?",
          Pattern.DOTALL);

  private static final Pattern FILE =
      Pattern.compile("(?<size>\\d{1,18}) (?<storage>\\S+)(?: (?<path>.*))?", Pattern.DOTALL);

  static final String SETTINGS = "Settings";

  private static final Set<String> TEXTS = Set.of("Name", "Storage", "Directory", "HostDirectory");

  /** The attributes of text, and then those of numbers, by their names in JSON. */
  static final Map<String, String> NAMES = names();

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is not of the type, or has not the form, that the MBean
   *     of a file system gives it; the message names it
   */
  public ObservedFileSystem {
    attributes.forEach(ObservedFileSystem::check);
    largest.forEach(ObservedFileSystem::storage);
    handles.forEach(ObservedFileSystem::handle);
  }

  private static void check(String attribute, @Nullable Object value) {
    if (attribute.equals(SETTINGS)) {
      lines(attribute, value);
    } else if (!(TEXTS.contains(attribute) ? value instanceof String : value instanceof Long)) {
      throw unexpected(attribute, value);
    }
  }

  /** Returns the lines that an attribute or an operation of the MBean returns. */
  static List<String> lines(String member, @Nullable Object value) {
    if (value instanceof String[] lines && !Arrays.asList(lines).contains(null)) {
      return List.of(lines);
    }
    throw unexpected(member, value);
  }

  private static IllegalArgumentException unexpected(String member, @Nullable Object value) {
    return new IllegalArgumentException(
        member + " has an unexpected value of type " + (value == null ? null : value.getClass()));
  }

  private static Map<String, String> names() {
    Map<String, String> names = new LinkedHashMap<>();
    for (String json :
        List.of(
            "name",
            "storage",
            "directory",
            "hostDirectory",
            "files",
            "filesInMemory",
            "filesPacked",
            "filesOnDisk",
            "filesOnHost",
            "names",
            "openHandles",
            "leaks",
            "refusals",
            "memoryBytes",
            "memoryPeak",
            "metadataBytes",
            "memoryBudget",
            "jvmMemoryBytes",
            "jvmMemoryBudget",
            "diskBytes",
            "size",
            "rollovers",
            "descriptors",
            "maxDescriptors",
            "maxSize",
            "maxFileSize",
            "maxFiles")) {
      names.put(json, Character.toUpperCase(json.charAt(0)) + json.substring(1));
    }
    return names;
  }

  /** Returns the name in log lines and events. */
  public String name() {
    return String.valueOf(attributes.get("Name"));
  }

  /** Returns the directory with the files of a file system on the host, or null. */
  public @Nullable String hostDirectory() {
    return attributes.get("HostDirectory") instanceof String directory ? directory : null;
  }

  /** Returns a number, or 0 if the storage has none. */
  public long number(String attribute) {
    return attributes.get(attribute) instanceof Long number ? number : 0;
  }

  /** Returns a line for each setting. */
  public List<String> settings() {
    return attributes.get(SETTINGS) instanceof String[] lines ? List.of(lines) : List.of();
  }

  /** Returns the values for JSON; null for a limit that there is not. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    NAMES.forEach(
        (json, attribute) -> {
          Object value = attributes.get(attribute);
          values.put(json, value instanceof Long limit && limit == UNLIMITED ? null : value);
        });
    values.put("settings", settings());
    values.put("handles", handles.stream().map(ObservedFileSystem::handle).toList());
    values.put("largest", largest.stream().map(ObservedFileSystem::file).toList());
    return values;
  }

  /**
   * Splits a line of the operation {@code openHandles}. A path may contain the words that follow
   * it, so the pattern takes the last ones.
   */
  private static Map<String, @Nullable Object> handle(String line) {
    Matcher parts = parts("openHandles", HANDLE, line);
    Map<String, @Nullable Object> handle = new LinkedHashMap<>();
    handle.put("kind", parts.group("kind"));
    handle.put("path", parts.group("path") == null ? "" : parts.group("path"));
    handle.put("ageSeconds", Long.parseLong(parts.group("age")));
    handle.put("opener", parts.group("opener"));
    return handle;
  }

  /** Splits a line of the operation {@code largestFiles}. */
  private static Map<String, Object> file(String line) {
    Matcher parts = parts("largestFiles", FILE, line);
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("path", parts.group("path") == null ? "" : parts.group("path"));
    file.put("size", Long.parseLong(parts.group("size")));
    file.put("storage", parts.group("storage"));
    return file;
  }

  /** Returns where the bytes of a file are: the second word of such a line. */
  static String storage(String line) {
    return parts("largestFiles", FILE, line).group("storage");
  }

  private static Matcher parts(String operation, Pattern form, String line) {
    Matcher parts = form.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException(operation + " has an unexpected line: " + line);
    }
    return parts;
  }
}
