package io.github.niotmp.clients;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** Runs a scenario on each storage. */
final class ScenarioExtension implements TestTemplateInvocationContextProvider {
  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    if (!context.getRequiredTestClass().isAnnotationPresent(Client.class)) {
      throw new IllegalStateException(
          context.getRequiredTestClass() + " has scenarios but no @Client");
    }
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    return Arrays.stream(Storage.values()).map(ScenarioRun::new);
  }
}
