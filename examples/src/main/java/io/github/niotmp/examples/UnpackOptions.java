package io.github.niotmp.examples;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The command line of {@link Unpack}.
 *
 * @param help whether to print only the help
 * @param archive the archive to unpack, null for the sample
 * @param settings settings for the two file systems, as the user wrote them
 */
record UnpackOptions(boolean help, @Nullable Path archive, Map<String, String> settings) {
  static final String HELP =
      """
      Usage: Unpack [--<setting>=<value>]... [<archive>]

      Unpacks a zip or jar into temporary files that leave no trace on the disk. Without an archive, a
      jar that came with this example is unpacked.

      Settings, each for both file systems (one holds the archive, the other what was in it):
        --spoolThreshold=<size>  a larger file goes to the disk: 0, 64KiB, 1MiB, ..., unlimited
        --memoryBudget=<size>    memory that all files may take together
        --maxSize=<size>         limit of memory and disk together
        --directory=<path>       where files go that do not stay in memory
        --help                   this text
      """;

  private static final List<String> SETTINGS =
      List.of("spoolThreshold", "memoryBudget", "maxSize", "directory");

  /**
   * Reads the command line.
   *
   * @throws IllegalArgumentException if it is invalid; the message lists the allowed values
   */
  static UnpackOptions parse(String... arguments) {
    boolean help = false;
    Path archive = null;
    Map<String, String> settings = new LinkedHashMap<>();
    for (String argument : arguments) {
      if (argument.equals("--help")) {
        help = true;
      } else if (argument.startsWith("-")) {
        addSetting(argument, settings);
      } else if (archive == null) {
        archive = Path.of(argument);
      } else {
        throw new IllegalArgumentException(
            "one archive at a time: '" + archive + "', then '" + argument + "'");
      }
    }
    return new UnpackOptions(help, archive, Map.copyOf(settings));
  }

  private static void addSetting(String argument, Map<String, String> settings) {
    int equals = argument.indexOf('=');
    String key = argument.startsWith("--") && equals > 0 ? argument.substring(2, equals) : "";
    if (!SETTINGS.contains(key)) {
      throw new IllegalArgumentException(
          "unknown option '"
              + argument
              + "'; allowed are --help and --<setting>=<value> with "
              + String.join(", ", SETTINGS));
    }
    if (settings.put(key, argument.substring(equals + 1)) != null) {
      throw new IllegalArgumentException("option --" + key + " is given twice");
    }
  }
}
