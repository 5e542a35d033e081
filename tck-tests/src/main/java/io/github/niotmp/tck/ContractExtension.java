package io.github.niotmp.tck;

import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Runs one case: it opens and closes the fixture, limits the time of each step, and turns a failure
 * into an explanation or, if the subject states it, into a skipped test.
 */
final class ContractExtension
    implements ExecutionCondition,
        BeforeEachCallback,
        ParameterResolver,
        InvocationInterceptor,
        AfterEachCallback,
        TestWatcher {
  private final ContractCase tested;
  private final @Nullable Object value;
  private @Nullable String found;

  ContractExtension(ContractCase tested, @Nullable Object value) {
    this.tested = tested;
    this.value = value;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    return tested
        .reasonToSkip()
        .map(ConditionEvaluationResult::disabled)
        .orElseGet(() -> ConditionEvaluationResult.enabled("claimed"));
  }

  @Override
  public void beforeEach(ExtensionContext context) throws Exception {
    FileSystemContract contract = (FileSystemContract) context.getRequiredTestInstance();
    TimeLimit limit = TimeLimit.of(context);
    fixture(context, () -> contract.openFixture(tested.subject(), limit.limit()));
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getDeclaringExecutable().equals(tested.test())
        && parameter.getIndex() == 0
        && tested.row() != null;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return value;
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Exception {
    fixture(context, invocation::proceed);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Exception {
    test(context, invocation::proceed);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Exception {
    fixture(context, invocation::proceed);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    FileSystemContract contract = (FileSystemContract) context.getRequiredTestInstance();
    fixture(context, contract::closeFixtures);
    Optional<Deviation> stale = tested.deviation().filter(deviation -> !deviation.sometimes());
    if (stale.isPresent() && context.getExecutionException().isEmpty()) {
      throw new AssertionError(
          tested.title()
              + " passes on "
              + tested.subject()
              + ": remove its @Deviation, '"
              + stale.get().reason()
              + "'");
    }
  }

  /** Runs the test within the time limit. A deviation excuses its failure. */
  private void test(ExtensionContext context, TimeLimit.Step step) throws Exception {
    try {
      TimeLimit.of(context).run(tested.title(), step);
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable e) {
      Deviation deviation = tested.deviation().orElse(null);
      if (deviation != null) {
        throw new KnownDeviation(tested.subject(), deviation, e);
      }
      found = Explanation.found(e);
      throw Explanation.of(tested, e);
    }
  }

  /** Runs a step before or after the test. No deviation excuses its failure. */
  private void fixture(ExtensionContext context, TimeLimit.Step step) throws Exception {
    try {
      TimeLimit.of(context).run(tested.title(), step);
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable e) {
      found = found == null ? Tally.FIXTURE + Explanation.found(e) : found;
      throw Explanation.ofFixture(tested, e);
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    Tally.of(context).add(tested, Tally.Outcome.PASSED, "");
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    Tally.of(context)
        .add(
            tested,
            cause instanceof KnownDeviation ? Tally.Outcome.DEVIATES : Tally.Outcome.SKIPPED,
            cause == null ? "" : String.valueOf(cause.getMessage()));
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    Tally.of(context)
        .add(tested, Tally.Outcome.FAILED, found == null ? String.valueOf(cause) : found);
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    Tally.of(context).add(tested, Tally.Outcome.SKIPPED, reason.orElse(""));
  }

  /** Skips a test that fails as its subject states. */
  @SuppressWarnings("serial") // never serialized
  private static final class KnownDeviation extends TestAbortedException {
    KnownDeviation(Subject subject, Deviation deviation, Throwable cause) {
      super(subject + ", " + deviation.kind() + ": " + deviation.reason(), cause);
    }
  }
}
