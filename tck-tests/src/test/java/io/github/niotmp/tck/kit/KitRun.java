package io.github.niotmp.tck.kit;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import io.github.niotmp.tck.ConformanceKit;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of the kit over some subjects, and what came of it. */
final class KitRun implements TestExecutionListener {
  private final Map<String, Integer> counts = new ConcurrentHashMap<>();
  private final Map<String, String> failed = new ConcurrentHashMap<>();

  private KitRun() {}

  /**
   * Runs the contracts whose class names match.
   *
   * @param contracts a pattern of simple names
   */
  static KitRun of(String contracts, Class<?> subject) {
    LauncherDiscoveryRequestBuilder request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectPackage(ConformanceKit.class.getPackageName()))
            .filters(includeClassNamePatterns(".*[.](" + contracts + ")Contract"))
            .configurationParameter(ConformanceKit.SUBJECTS, subject.getName());
    KitRun run = new KitRun();
    LauncherFactory.create().execute(request.build(), run);
    return run;
  }

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (test.isTest()) {
      counts.merge(result.getStatus().name(), 1, Integer::sum);
      if (result.getStatus() == TestExecutionResult.Status.FAILED) {
        String words = result.getThrowable().map(Throwable::toString).orElse("");
        test.getSource().ifPresent(source -> failed.put(nameOf((MethodSource) source), words));
      }
    }
  }

  private static String nameOf(MethodSource source) {
    return source.getJavaClass().getSimpleName() + "." + source.getMethodName();
  }

  /** Returns how many tests passed. */
  int passed() {
    return counts.getOrDefault(TestExecutionResult.Status.SUCCESSFUL.name(), 0);
  }

  /** Returns how many tests failed. */
  int failed() {
    return counts.getOrDefault(TestExecutionResult.Status.FAILED.name(), 0);
  }

  /** Returns how many tests were skipped, for a feature that is not there or a deviation. */
  int skipped() {
    return counts.getOrDefault(TestExecutionResult.Status.ABORTED.name(), 0);
  }

  /** Returns the tests of which some case failed, as {@code Class.method}. */
  Set<String> failedTests() {
    return new TreeSet<>(failed.keySet());
  }

  /** Returns what a test with a failure said. */
  String failureOf(String test) {
    return failed.getOrDefault(test, "");
  }
}
