package io.github.niotmp.tck.input;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import io.github.niotmp.SystemTemp;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Settings in the URI's query and in the map open a file system, or are refused with the key and
 * what is allowed.
 */
class SettingsFuzzTest {
  private static final URI FILE_SYSTEM = URI.create("tmp://settings-fuzz");
  private static final Pattern REFUSAL =
      Pattern.compile(
          "allowed: |allowed is |is null|, but '|is twice in|not UTF-8|without a query",
          Pattern.DOTALL);
  private static final int KINDS = 9;

  @TempDir static Path directory;

  @BeforeAll
  static void writeThere() throws IOException {
    SystemTemp.setDirectory(directory);
  }

  @AfterAll
  static void writeElsewhere() throws IOException {
    SystemTemp.setDirectory(null);
  }

  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  @CsvSource({
    "'', '', '', 0, 0",
    "spoolThreshold=64KiB, maxSize, 2GiB, 1, 0",
    "spoolThreshold=8388608TiB, '', '', 0, 0",
    "memoryBudget=unlimited&maxFiles=999999999999999999, maxDescriptors, 0, 1, 0",
    "maxFiles=9999999999999999999, '', '', 0, 0",
    "maxSize=%31%4BiB, maxSize, 1KiB, 1, 0",
    "maxSize=1, maxSize, '', 2, 1",
    "maxSize=1&maxSize=1, '', '', 0, 0",
    "maxSize=-1, maxSize, '', 3, -1",
    "maxFiles=9#9, '', '', 0, 0",
    "maxSize=\u0661, '', '', 0, 0",
    "maxSize, '', '', 0, 0",
    "=, '', '', 0, 0",
    "%FF=%C3, '', '', 0, 0",
    "storage=host, openAtClose, fail, 1, 0",
    "trust=any, trust, strict, 1, 0",
    "storage=host&maxSize=1, '', '', 0, 0",
    "mxbean=true&trackOpeners=false, storage, spooled, 1, 0",
    "'', trackOpeners, '', 4, 1",
    "'', directory, nosuch:/a, 1, 0",
    "'', directory, 'a\0b', 1, 0",
    "'', directory, jar:file:/x!/, 6, 0",
    "'', directory, memory:x, 1, 0",
    "directory=%00, directory, tmp:/a, 5, 0",
    "'', directory, '', 7, 0",
    "'', unknown, '', 8, 0",
    "'', maxSize, '', 7, 1",
  })
  @FuzzTest
  void settingsOpenAFileSystemOrAreRefusedWithTheirKey(
      @NotNull String query,
      @NotNull String key,
      @NotNull String text,
      @InRange(min = 0, max = KINDS - 1) int kind,
      long number)
      throws IOException {
    URI uri;
    Map<String, Object> env = new HashMap<>();
    try {
      uri = new URI(FILE_SYSTEM + (query.isEmpty() ? "" : "?" + Surrogates.in(query)));
      if (kind != 0) {
        env.put(Surrogates.in(key), value(kind, number, Surrogates.in(text)));
      }
    } catch (URISyntaxException e) {
      return;
    }
    if (!isNotToTry(uri, env)) {
      check(uri, env);
    }
  }

  private static void check(URI uri, Map<String, Object> env) throws IOException {
    Answer opened =
        Answer.of(() -> FileSystems.newFileSystem(uri, env), IllegalArgumentException.class);
    if (opened.value() instanceof FileSystem fileSystem) {
      Law.holds(Files.exists(fileSystem.getPath("/")), uri, env);
      fileSystem.close();
    } else {
      String message = opened.message();
      Law.holds(REFUSAL.matcher(message).find(), message);
      Law.holds(uri.getRawQuery() != null || message.contains("'" + key(env) + "'"), message);
      Law.same(
          Answer.of(() -> FileSystems.getFileSystem(FILE_SYSTEM)).toString(),
          FileSystemNotFoundException.class.getName());
    }
  }

  private static String key(Map<String, Object> env) {
    return env.keySet().iterator().next();
  }

  /**
   * Says whether a file system on the host may be asked for, anywhere, or a path of Jimfs, which
   * has an AssertionError for some URIs.
   */
  private static boolean isNotToTry(URI uri, Map<String, Object> env) {
    String all = (uri.getQuery() + env).toLowerCase(Locale.ROOT);
    return all.contains("directory") && (all.contains("host") || all.contains("jimfs:"));
  }

  private static @Nullable Object value(int kind, long number, String text)
      throws URISyntaxException {
    return switch (kind) {
      case 1 -> text;
      case 2 -> (int) number;
      case 3 -> number;
      case 4 -> number != 0;
      case 5 -> directory;
      case 6 -> new URI(text);
      case 7 -> null;
      default -> (double) number;
    };
  }
}
