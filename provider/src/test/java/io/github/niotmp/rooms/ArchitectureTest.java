package io.github.niotmp.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Compares the packages and arrows of ARCHITECTURE.md with the compiled classes. */
class ArchitectureTest {
  private static final Path DOCUMENT = Path.of("..", "ARCHITECTURE.md");
  private static final String BASE = "io.github.niotmp.";

  /** A row of the table of packages: the package, its purpose, the packages that it uses. */
  private static final Pattern ROW =
      Pattern.compile("^\\| `([a-z.]+)` \\| [^|]+ \\| ([^|]*) \\|$", Pattern.MULTILINE);

  private static final Pattern NAME = Pattern.compile("[a-z][a-z.]*");
  private static final Pattern DIAGRAM =
      Pattern.compile("```mermaid\\nflowchart TD\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern ARROW =
      Pattern.compile("^ *([a-z.]+) --> ([a-z.]+)$", Pattern.MULTILINE);

  private final Map<String, Set<String>> used = usedPackages();

  @Test
  void theTableListsEachPackageWithThePackagesThatItUses() throws IOException {
    Map<String, Set<String>> listed =
        ROW.matcher(Files.readString(DOCUMENT))
            .results()
            .collect(
                Collectors.toMap(
                    row -> row.group(1),
                    row -> names(row.group(2)),
                    (first, second) -> first,
                    TreeMap::new));

    assertSame(listed.keySet(), used.keySet());
    assertSame(arrows(listed), arrows(used));
  }

  @Test
  void theDiagramDrawsEachArrowThatNoLongerPathReplaces() throws IOException {
    Set<String> expected = new TreeSet<>();
    used.forEach(
        (from, targets) ->
            targets.stream()
                .filter(to -> targets.stream().noneMatch(by -> leads(by, to)))
                .forEach(to -> expected.add(arrow(from, to))));

    assertSame(drawnArrows(), expected);
  }

  private static void assertSame(Set<String> documented, Set<String> real) {
    assertThat(without(real, documented)).as("missing in ARCHITECTURE.md").isEmpty();
    assertThat(without(documented, real)).as("in ARCHITECTURE.md, but not in the code").isEmpty();
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> rest = new TreeSet<>(all);
    rest.removeAll(others);
    return rest;
  }

  private static Set<String> drawnArrows() throws IOException {
    String diagram =
        DIAGRAM
            .matcher(Files.readString(DOCUMENT))
            .results()
            .map(match -> match.group(1))
            .findFirst()
            .orElseThrow();
    return ARROW
        .matcher(diagram)
        .results()
        .map(match -> arrow(match.group(1), match.group(2)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Says whether a path of one arrow or more leads from a package to another. */
  private boolean leads(String from, String to) {
    Set<String> next = used.getOrDefault(from, Set.of());
    return next.contains(to) || next.stream().anyMatch(by -> leads(by, to));
  }

  private static Set<String> names(String cell) {
    return NAME.matcher(cell)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> arrows(Map<String, Set<String>> targets) {
    return targets.entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(to -> arrow(entry.getKey(), to)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String arrow(String from, String to) {
    return from + " --> " + to;
  }

  /** Returns the packages below the public one, each with those of them that it uses. */
  private static Map<String, Set<String>> usedPackages() {
    Map<String, Set<String>> used = new TreeMap<>();
    for (JavaClass each :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.github.niotmp")) {
      ours(each)
          .forEach(
              from ->
                  used.computeIfAbsent(from, none -> new TreeSet<>()).addAll(targets(each, from)));
    }
    return used;
  }

  private static Collection<String> targets(JavaClass each, String from) {
    return each.getDirectDependenciesFromSelf().stream()
        .flatMap(dependency -> ours(dependency.getTargetClass().getBaseComponentType()))
        .filter(to -> !to.equals(from))
        .collect(Collectors.toSet());
  }

  /** Returns the package of a class without the common prefix, if it is below the public one. */
  private static Stream<String> ours(JavaClass each) {
    String name = each.getPackageName();
    return name.startsWith(BASE) ? Stream.of(name.substring(BASE.length())) : Stream.empty();
  }
}
