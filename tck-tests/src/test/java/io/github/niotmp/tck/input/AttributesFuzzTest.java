package io.github.niotmp.tck.input;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.DAYS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.InRange;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Attributes are read and set by name, or are refused with the exception of the default provider,
 * and stay as they are then.
 */
@EnabledOnOs(OS.LINUX)
class AttributesFuzzTest {
  private static final int KINDS = 12;

  @TempDir static Path directory;
  private static FileSystem spooled;
  private static FileSystem host;

  @BeforeAll
  static void open() throws IOException {
    spooled = open("attributes-fuzz", Map.of("directory", directory, "spoolThreshold", 4));
    host = open("attributes-fuzz-host", Map.of("directory", directory, "storage", "host"));
    assumeTrue(
        Files.getFileStore(directory).supportsFileAttributeView("user"),
        "no user attributes to compare with");
  }

  @AfterAll
  static void close() throws IOException {
    spooled.close();
    host.close();
  }

  private static FileSystem open(String name, Map<String, ?> settings) throws IOException {
    return FileSystems.newFileSystem(URI.create("tmp://" + name), settings);
  }

  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  @CsvSource({
    "'', 0, 0, ''",
    "*, 0, 0, ''",
    "'posix:*,owner', 1, 1, ''",
    "'unix:mode,uid,,gid', 2, 420, ''",
    "'size,*', 3, -1, ''",
    "lastModifiedTime, 4, 9223372036854775807, ''",
    "basic:lastAccessTime, 4, -9223372036854775808, ''",
    "creationTime, 4, 300000, days",
    "creationTime, 0, 0, ''",
    "user:name, 5, 0, value",
    "user:*, 5, 0, value",
    "user:, 6, 0, value",
    "user:a/b\0:c, 6, 3, ''",
    "'user:a,b', 5, 0, x",
    "user:é\ud83d\ude00\ue000, 5, 0, x",
    "posix:permissions, 7, 511, ''",
    "permissions, 8, 0, x",
    "unix:mode, 2, -1, ''",
    "unix:uid, 2, -1, ''",
    "posix:owner, 9, 0, root",
    "posix:group, 10, 0, root",
    "owner:owner, 10, 0, root",
    "dos:hidden, 1, 1, ''",
    "tmp:spoolThreshold, 3, -5, ''",
    "tmp:rolledOver, 1, 0, ''",
    "tmp:rolledOver, 1, 1, ''",
    "no:such, 11, 0, ''",
    ":size, 0, 0, ''",
    "posix:lastModifiedTime:x, 4, 0, ''",
  })
  @FuzzTest
  void anAttributeIsReadAndSetOrRefusedAndStaysAsItIs(
      @NotNull String name,
      @InRange(min = 0, max = KINDS - 1) int kind,
      long number,
      @NotNull String text)
      throws IOException {
    String attribute = Surrogates.in(name);
    Path oracle = Files.writeString(directory.resolve("oracle"), "oracle");
    Path[] files = {
      Files.writeString(spooled.getPath("spooled"), "spool"),
      Files.writeString(host.getPath("host"), "host")
    };
    try {
      for (Path file : files) {
        checkReading(file, oracle, attribute);
        checkSetting(file, attribute, value(file, kind, number, text));
      }
    } finally {
      for (Path file : files) {
        Files.delete(file);
      }
      Files.delete(oracle);
    }
  }

  private static void checkReading(Path file, Path oracle, String attributes) {
    Answer all = read(file, attributes);
    Answer one = get(file, attributes);
    if (!attributes.startsWith("tmp:")) {
      Law.same(kind(all), kind(read(oracle, attributes)));
      Law.same(kind(one), kind(get(oracle, attributes)));
    }
  }

  private static Answer read(Path file, String attributes) {
    return Answer.of(
        () -> Files.readAttributes(file, attributes),
        IOException.class,
        IllegalArgumentException.class,
        UnsupportedOperationException.class);
  }

  private static Answer get(Path file, String attribute) {
    return Answer.of(
        () -> Files.getAttribute(file, attribute),
        IOException.class,
        IllegalArgumentException.class,
        UnsupportedOperationException.class);
  }

  /** Returns the names that were read, or the exception. */
  private static Object kind(Answer answer) {
    if (answer.value() instanceof Map<?, ?> map) {
      return map.keySet();
    }
    return answer.thrown() == null ? "a value" : answer.thrown().getClass();
  }

  private static void checkSetting(Path file, String attribute, @Nullable Object value)
      throws IOException {
    Map<String, String> before = attributes(file);
    Answer set =
        Answer.of(
            () -> Files.setAttribute(file, attribute, value),
            IOException.class,
            IllegalArgumentException.class,
            UnsupportedOperationException.class,
            ClassCastException.class,
            NullPointerException.class);
    Map<String, String> after = attributes(file);
    if (set.thrown() != null) {
      Law.same(after, before);
    } else if (value instanceof byte[] bytes) {
      Law.holds(after.containsValue(text(bytes)), after);
    } else if (value != null && !attribute.startsWith("user:")) {
      Law.holds(Files.getAttribute(file, attribute) != null, attribute);
    }
  }

  /** Returns all that can be read, as text. */
  private static Map<String, String> attributes(Path file) throws IOException {
    Map<String, String> all = new TreeMap<>();
    for (String view : file.getFileSystem().supportedFileAttributeViews()) {
      Files.readAttributes(file, view + ":*")
          .forEach((name, value) -> all.put(view + ":" + name, text(value)));
    }
    return all;
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
  }

  private static @Nullable Object value(Path file, int kind, long number, String text)
      throws IOException {
    return switch (kind) {
      case 0 -> null;
      case 1 -> number != 0;
      case 2 -> (int) number;
      case 3 -> number;
      case 4 -> FileTime.from(number, text.isEmpty() ? NANOSECONDS : DAYS);
      case 5 -> text.getBytes(UTF_8);
      case 6 -> ByteBuffer.wrap(text.getBytes(UTF_8));
      case 7 -> permissions(number);
      case 8 -> Set.of(text);
      case 9 -> file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("root");
      case 10 ->
          file.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByGroupName("root");
      default -> Collections.singleton(null);
    };
  }

  private static Set<PosixFilePermission> permissions(long number) {
    StringBuilder text = new StringBuilder("rwxrwxrwx");
    for (int i = 0; i < text.length(); i++) {
      if ((number >> i & 1) == 0) {
        text.setCharAt(i, '-');
      }
    }
    return PosixFilePermissions.fromString(text.toString());
  }
}
