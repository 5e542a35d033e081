package io.github.niotmp.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/** Counts the outcomes of a run, and prints them when it ends. Threads may share it. */
final class Tally implements AutoCloseable {
  /** The start of the reason of a failure before or after the test. */
  static final String FIXTURE = "its fixture: ";

  private static final String NO_TIER = "of your own";

  /** The text of each report, to which each suite of this process adds. */
  private static final Map<Path, String> REPORTS = new ConcurrentHashMap<>();

  /** What became of a case. */
  enum Outcome {
    PASSED,
    FAILED,
    DEVIATES,
    SKIPPED
  }

  /** A case with a failure or a deviation. */
  private record Finding(ContractCase tested, Outcome outcome, String reason) {}

  /** A contract, or a test with all its cases, that could not start. */
  private record NotStarted(String name, String reason) {}

  private final Map<String, Map<String, Counts>> tiers = new LinkedHashMap<>();
  private final Map<String, Map<String, Counts>> features = new LinkedHashMap<>();
  private final List<Finding> findings = new ArrayList<>();
  private final List<NotStarted> notStarted = new ArrayList<>();
  private final @Nullable Path report;

  private Tally(@Nullable Path report) {
    this.report = report;
  }

  /** Returns the tally of the run that a test belongs to. */
  static Tally of(ExtensionContext context) {
    Store store = context.getRoot().getStore(Namespace.create(Tally.class));
    synchronized (Tally.class) {
      Tally tally = store.get(Tally.class, Tally.class);
      if (tally == null) {
        tally =
            new Tally(
                context.getConfigurationParameter(ConformanceKit.REPORT, Path::of).orElse(null));
        store.put(Tally.class, tally);
      }
      return tally;
    }
  }

  synchronized void add(ContractCase tested, Outcome outcome, String reason) {
    String subject = tested.subject().toString();
    String tier = tested.tier().map(Tier::toString).orElse(NO_TIER);
    count(tiers, subject, tier, outcome);
    tested.needed().forEach(feature -> count(features, subject, feature.name(), outcome));
    tested.absent().forEach(feature -> count(features, subject, "no " + feature, outcome));
    if (outcome == Outcome.FAILED || outcome == Outcome.DEVIATES) {
      findings.add(new Finding(tested, outcome, reason));
    }
  }

  /** Records a contract, or a test with all its cases, that could not start. */
  synchronized void addNotStarted(String name, Throwable failure) {
    notStarted.add(new NotStarted(name, Explanation.found(failure)));
  }

  private static void count(
      Map<String, Map<String, Counts>> counts, String subject, String key, Outcome outcome) {
    counts
        .computeIfAbsent(subject, any -> new TreeMap<>())
        .computeIfAbsent(key, any -> new Counts(new EnumMap<>(Outcome.class)))
        .outcomes()
        .merge(outcome, 1, Integer::sum);
  }

  /** The number of cases with each outcome. */
  private record Counts(Map<Outcome, Integer> outcomes) {
    int of(Outcome outcome) {
      return outcomes.getOrDefault(outcome, 0);
    }
  }

  /** Prints the summary, and writes the report if one is asked for. */
  @Override
  public synchronized void close() {
    StringBuilder text = new StringBuilder();
    tiers.forEach(
        (subject, counts) -> {
          text.append(
              String.format(
                  "%n%-42s %8s %8s %9s %8s%n", subject, "passed", "failed", "deviates", "skipped"));
          counts.forEach((tier, count) -> row(text, tier, count));
          features
              .getOrDefault(subject, Map.of())
              .forEach((feature, count) -> row(text, feature, count));
        });
    notStarted.forEach(
        each -> text.append(String.format("%nNOT STARTED: %s %s%n", each.name(), each.reason())));
    System.out.println(text);
    if (report != null) {
      try {
        Files.writeString(
            report, REPORTS.merge(report, markdown(), (before, more) -> before + "\n" + more));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void row(StringBuilder text, String name, Counts counts) {
    text.append(String.format("  %-40s", name));
    for (Outcome outcome : Outcome.values()) {
      text.append(String.format(outcome == Outcome.DEVIATES ? " %9d" : " %8d", counts.of(outcome)));
    }
    text.append(System.lineSeparator());
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| file system | tests | passed | failed | deviates | skipped |\n");
    text.append("|---|---|---|---|---|---|\n");
    tiers.forEach(
        (subject, counts) ->
            counts.forEach(
                (tier, count) -> {
                  text.append("| ").append(subject).append(" | ").append(tier);
                  Arrays.stream(Outcome.values())
                      .forEach(outcome -> text.append(" | ").append(count.of(outcome)));
                  text.append(" |\n");
                }));
    if (!notStarted.isEmpty()) {
      text.append("\n| not started | reason |\n|---|---|\n");
      notStarted.forEach(
          each -> text.append(String.format("| %s | %s |\n", each.name(), cell(each.reason()))));
    }
    if (!findings.isEmpty()) {
      text.append("\n| file system | test | found | required by |\n|---|---|---|---|\n");
      findings.forEach(finding -> finding(text, finding));
    }
    return text.toString();
  }

  private static void finding(StringBuilder text, Finding finding) {
    ContractCase tested = finding.tested();
    StringBuilder authority = new StringBuilder();
    boolean ofFixture = finding.reason().startsWith(FIXTURE);
    for (Required sentence : ofFixture ? List.<Required>of() : tested.sentences()) {
      authority
          .append(authority.length() == 0 ? "" : " ")
          .append(
              String.format("[%s](%s): ", Explanation.name(sentence), Explanation.link(sentence)))
          .append(sentence.sentence());
    }
    text.append("| ").append(tested.subject()).append(" | ").append(cell(tested.title()));
    text.append(" | ").append(cell(finding.reason())).append(" | ");
    text.append(
        authority.length() == 0
            ? tested.tier().map(Tier::toString).orElse(NO_TIER)
            : cell(authority.toString()));
    text.append(" |\n");
  }

  private static String cell(String text) {
    return text.strip().replaceAll("\\s+", " ").replace("|", "\\|");
  }
}
