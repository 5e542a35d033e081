package io.github.niotmp.tck.kit;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.github.niotmp.tck.ConformanceKit;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A run of contracts in this process, and its outcome. Threads may report to it. */
public final class KitRun implements TestExecutionListener {
  private final Map<Status, Integer> counts = new EnumMap<>(Status.class);
  private final Map<String, String> failures = new LinkedHashMap<>();
  private final Map<String, String> reasons = new LinkedHashMap<>();
  private final Set<String> failedTests = new TreeSet<>();
  private final List<String> suppressed = new ArrayList<>();
  private String output = "";
  private int skipped;

  private KitRun() {}

  /**
   * Runs the contracts of the kit whose class names match on one subject.
   *
   * @param contracts a pattern of simple names without the ending "Contract"
   */
  public static KitRun of(String contracts, Class<?> subject) {
    return run(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(ConformanceKit.class.getPackageName()))
            .filters(includeClassNamePatterns(".*[.](" + contracts + ")Contract"))
            .configurationParameter(ConformanceKit.SUBJECTS, subject.getName()));
  }

  /** Runs a suite or a contract, with JUnit's configuration parameters. */
  public static KitRun of(Class<?> test, Map<String, String> parameters) {
    return run(
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(test))
            .configurationParameters(parameters));
  }

  private static KitRun run(LauncherDiscoveryRequestBuilder request) {
    KitRun run = new KitRun();
    PrintStream out = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      LauncherFactory.create().execute(request.build(), run);
    } finally {
      System.setOut(out);
    }
    run.output = printed.toString(StandardCharsets.UTF_8);
    return run;
  }

  @Override
  public synchronized void executionSkipped(TestIdentifier test, String reason) {
    skipped++;
    reasons.put(test.getDisplayName(), reason);
  }

  @Override
  public synchronized void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      counts.merge(result.getStatus(), 1, Integer::sum);
    }
    result
        .getThrowable()
        .ifPresent(
            cause ->
                (result.getStatus() == Status.FAILED ? failures : reasons)
                    .put(test.getDisplayName(), String.valueOf(cause.getMessage())));
    if (result.getStatus() == Status.FAILED) {
      result
          .getThrowable()
          .ifPresent(
              cause ->
                  Arrays.stream(cause.getSuppressed())
                      .forEach(other -> suppressed.add(String.valueOf(other.getMessage()))));
      test.getSource()
          .filter(MethodSource.class::isInstance)
          .map(MethodSource.class::cast)
          .ifPresent(source -> failedTests.add(nameOf(source)));
    }
  }

  private static String nameOf(MethodSource source) {
    return source.getJavaClass().getSimpleName() + "." + source.getMethodName();
  }

  /** Returns the number of tests that passed. */
  public int passed() {
    return counts.getOrDefault(Status.SUCCESSFUL, 0);
  }

  /** Returns the number of tests that failed. */
  int failed() {
    return counts.getOrDefault(Status.FAILED, 0);
  }

  /** Returns the number of tests that were skipped, for a feature, a tier or a deviation. */
  int skipped() {
    return counts.getOrDefault(Status.ABORTED, 0) + skipped;
  }

  /** Returns the tests with a failure in some case, as {@code Class.method}. */
  Set<String> failedTests() {
    return failedTests;
  }

  /** Returns the messages of the failures by the names of the tests and containers. */
  public Map<String, String> failures() {
    return failures;
  }

  /** Returns the reasons of the skipped tests by their names. */
  Map<String, String> reasons() {
    return reasons;
  }

  /** Returns the message of the first failure in a test. */
  public String failureOf(String test) {
    return failures.entrySet().stream()
        .filter(failure -> failure.getKey().startsWith(test))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse("");
  }

  /** Returns the messages of the failures that others suppress. */
  List<String> suppressed() {
    return suppressed;
  }

  /** Returns the text that the run printed. */
  String output() {
    return output;
  }
}
