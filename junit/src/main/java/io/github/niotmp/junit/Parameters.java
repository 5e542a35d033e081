package io.github.niotmp.junit;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** Reads the configuration parameters of JUnit that a directory depends on. */
final class Parameters {
  private static final String PREFIX = "io.github.niotmp.junit.";
  private static final List<String> KEYS =
      List.of(
          TmpSettings.STORAGE,
          TmpSettings.SPOOL_THRESHOLD,
          TmpSettings.DIRECTORY,
          TmpSettings.OPEN_AT_CLOSE);

  private Parameters() {}

  /**
   * Opens a file system with the settings that are given as parameters.
   *
   * @param onHost whether it must be on the host; overrides the parameters
   * @throws IllegalArgumentException if a parameter has a value that is not allowed
   */
  static FileSystem open(ExtensionContext context, boolean onHost) throws IOException {
    Map<String, String> settings = new HashMap<>();
    Map<String, String> given = new TreeMap<>();
    for (String key : KEYS) {
      context
          .getConfigurationParameter(PREFIX + key)
          .ifPresent(
              value -> {
                settings.put(key, value);
                given.put(PREFIX + key, value);
              });
    }
    if (onHost) {
      settings.put(TmpSettings.STORAGE, "host");
      settings.remove(TmpSettings.SPOOL_THRESHOLD); // files on the host have no threshold
    }
    try {
      return TmpFileSystems.open(settings);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The configuration parameters " + given + " are not allowed. " + e.getMessage(), e);
    }
  }

  /** Returns the mode of the annotation, otherwise that of JUnit's parameter. */
  static CleanupMode cleanupMode(AnnotatedElementContext element, ExtensionContext context) {
    CleanupMode mode =
        element.findAnnotation(TempDir.class).map(TempDir::cleanup).orElse(CleanupMode.DEFAULT);
    if (mode != CleanupMode.DEFAULT) {
      return mode;
    }
    String byDefault =
        context.getConfigurationParameter(TempDir.DEFAULT_CLEANUP_MODE_PROPERTY_NAME).orElse("");
    return switch (byDefault.trim().toUpperCase(Locale.ROOT)) {
      case "NEVER" -> CleanupMode.NEVER;
      case "ON_SUCCESS" -> CleanupMode.ON_SUCCESS;
      default -> CleanupMode.ALWAYS; // JUnit itself refuses or reports a bad value
    };
  }
}
