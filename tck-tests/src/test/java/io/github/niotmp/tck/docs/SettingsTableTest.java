package io.github.niotmp.tck.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of settings and system properties in the manual, beside the code. */
class SettingsTableTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();
  private static final String HEADER = "| setting or system property | values | default | scope |";
  private static final String OURS = "io.github.niotmp.";
  private static final String ALLOWED = "allowed: ";
  private static final Pattern LIST = Pattern.compile(", ");
  private static final Pattern CODE = Pattern.compile("`([^`]*)`");

  /** A literal that is no name of a class, package or event: a property, or its beginning. */
  private static final Pattern PROPERTY =
      Pattern.compile("\"(io\\.github\\.niotmp\\.[a-z]\\w*)[.\"]");

  /** The values, the default and the scope, by the key or the beginning of the property. */
  private final Map<String, List<String>> rows = new LinkedHashMap<>();

  SettingsTableTest() throws IOException {
    List<String> lines = Files.readAllLines(PROJECT.resolve("docs/file-systems.md"));
    int header = lines.indexOf(HEADER);
    assertThat(header).as(HEADER).isPositive();
    for (String line : lines.subList(header + 2, lines.size())) {
      if (!line.startsWith("|")) {
        break;
      }
      List<String> cells = Arrays.stream(line.split("\\|")).map(String::trim).toList();
      assertThat(cells).as(line).hasSize(5);
      Matcher names = CODE.matcher(cells.get(1));
      while (names.find()) {
        rows.put(names.group(1), cells.subList(2, 5));
      }
    }
  }

  @Test
  void hasEachSettingAndNoOther() throws IllegalAccessException {
    Set<String> keys = new TreeSet<>();
    for (Field field : TmpSettings.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
        keys.add((String) field.get(null));
      }
    }

    assertThat(rows.keySet().stream().filter(name -> !name.startsWith(OURS)))
        .containsExactlyInAnyOrderElementsOf(keys);
  }

  @Test
  void hasEachSystemPropertyAndNoOther() throws IOException {
    Set<String> inCode = new TreeSet<>();
    for (String module : List.of("api", "provider", "cli", "junit")) {
      try (Stream<Path> sources = Files.walk(PROJECT.resolve(module + "/src/main/java"))) {
        for (Path source : (Iterable<Path>) sources.filter(Files::isRegularFile)::iterator) {
          Matcher literals = PROPERTY.matcher(Files.readString(source));
          while (literals.find()) {
            inCode.add(literals.group(1));
          }
        }
      }
    }

    assertThat(
            rows.keySet().stream()
                .filter(name -> name.startsWith(OURS))
                .map(name -> name.endsWith(".") ? name.substring(0, name.length() - 1) : name))
        .contains("io.github.niotmp.default", "io.github.niotmp.memoryBudget")
        .containsExactlyInAnyOrderElementsOf(inCode);
  }

  @Test
  void hasTheDefaultsOfTheCode() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      TmpSettings defaults = TmpFileSystems.settings(tmp);
      defaults.forEach(
          (key, value) -> {
            String documented = row(key).get(1);
            if (documented.startsWith("`")) {
              assertThat("`" + (value.equals(TmpSettings.UNLIMITED) ? "unlimited" : value) + "`")
                  .as(key)
                  .isEqualTo(documented);
            }
          });
    }
  }

  @Test
  void hasEachChoiceOfTheCode() {
    for (String key :
        List.of(
            "storage",
            "trust",
            "permissions",
            "openAtClose",
            "mxbean",
            "trackOpeners",
            "longPaths")) {
      Throwable refusal = catchThrowable(() -> TmpFileSystems.open(Map.of(key, "?")).close());

      assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
      String message = String.valueOf(refusal.getMessage());
      String allowed = message.substring(message.indexOf(ALLOWED) + ALLOWED.length());
      assertThat(row(key).get(0))
          .contains(LIST.splitAsStream(allowed).map(choice -> "`" + choice + "`").toList());
    }
  }

  @Test
  void hasTheScopeOfEach() {
    assertThat(rows.values())
        .allSatisfy(cells -> assertThat(cells.get(2)).matches("(JVM|file system|test run).*"));
  }

  private List<String> row(String key) {
    List<String> row = rows.get(key);
    assertThat(row).as(key).isNotNull();
    return row == null ? List.of() : row;
  }
}
