package io.github.niotmp.tck.kit;

import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes the list of all tests of the kit, by contract and by feature, as Markdown. */
final class TableOfTests {
  private TableOfTests() {}

  /** Takes the file to write. */
  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of(arguments[0]), text());
  }

  static String text() {
    StringBuilder text = new StringBuilder();
    text.append("# The tests of the kit\n\n");
    text.append("`tck-tests/table` writes this list.\n\n");
    text.append(
        "## By feature\n\n| feature | tests with it | tests of its absence |\n|---|---|---|\n");
    Map<Feature, List<String>> needing = new TreeMap<>();
    Map<Feature, List<String>> without = new TreeMap<>();
    KitTests.all()
        .forEach(
            test -> {
              features(test).forEach(feature -> add(needing, feature, test));
              KitTests.onTestOrContract(test, Without.class)
                  .ifPresent(
                      absent ->
                          Arrays.stream(absent.value())
                              .forEach(feature -> add(without, feature, test)));
            });
    for (Feature feature : Feature.values()) {
      text.append("| `").append(feature.name()).append("` | ");
      text.append(cell(needing.getOrDefault(feature, List.of()))).append(" | ");
      text.append(cell(without.getOrDefault(feature, List.of()))).append(" |\n");
    }
    for (Class<?> contract : KitTests.contracts()) {
      text.append("\n## ").append(contract.getSimpleName()).append("\n\n");
      text.append("| test | authority |\n|---|---|\n");
      for (Method test : KitTests.of(contract)) {
        text.append("| ")
            .append(test.getName())
            .append(" | ")
            .append(authority(test))
            .append(" |\n");
      }
    }
    return text.toString();
  }

  private static List<Feature> features(Method test) {
    List<Feature> features = new ArrayList<>();
    Needs onContract = test.getDeclaringClass().getAnnotation(Needs.class);
    Needs onTest = test.getAnnotation(Needs.class);
    for (Needs needs : new Needs[] {onContract, onTest}) {
      if (needs != null) {
        features.addAll(Arrays.asList(needs.value()));
      }
    }
    return features;
  }

  private static void add(Map<Feature, List<String>> tests, Feature feature, Method test) {
    tests.computeIfAbsent(feature, any -> new ArrayList<>()).add(KitTests.name(test));
  }

  /** Counts the tests of each contract, so that a row stays short. */
  private static String cell(List<String> tests) {
    return tests.stream()
        .collect(
            Collectors.groupingBy(
                name -> name.substring(0, name.indexOf('.')), TreeMap::new, Collectors.counting()))
        .entrySet()
        .stream()
        .map(contract -> contract.getKey() + " (" + contract.getValue() + ")")
        .collect(Collectors.joining(", "));
  }

  private static String authority(Method test) {
    return KitTests.isOfLinux(test)
        ? "as on Linux"
        : KitTests.sentences(test).stream()
            .map(TableOfTests::authority)
            .collect(Collectors.joining("<br>"));
  }

  private static String authority(Required sentence) {
    String member = sentence.member().isEmpty() ? "" : "." + sentence.member();
    return ("`" + sentence.by().getSimpleName() + member + "`: " + sentence.sentence())
        .replace("|", "\\|");
  }
}
