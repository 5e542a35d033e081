package io.github.niotmp.tck;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.opentest4j.TestAbortedException;

/** Skips a failed test, with the reason, if its subject lists it as a known deviation. */
final class Deviations
    implements TestExecutionExceptionHandler, LifecycleMethodExecutionExceptionHandler {

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw skippedIfKnown(context, failure);
  }

  @Override
  public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw skippedIfKnown(context, failure);
  }

  @Override
  public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw skippedIfKnown(context, failure);
  }

  private static Throwable skippedIfKnown(ExtensionContext context, Throwable failure) {
    FileSystemContract contract = (FileSystemContract) context.getRequiredTestInstance();
    String test =
        context.getRequiredTestClass().getSimpleName()
            + "."
            + context.getRequiredTestMethod().getName();
    String reason = contract.subject().deviations().get(test);
    return reason == null || failure instanceof TestAbortedException
        ? failure
        : new TestAbortedException(contract.subject() + " deviates: " + reason, failure);
  }
}
