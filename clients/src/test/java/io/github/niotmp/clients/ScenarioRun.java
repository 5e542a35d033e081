package io.github.niotmp.clients;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.opentest4j.TestAbortedException;

/** One scenario on one storage: opens the storage, compares the failure with the limit, records. */
final class ScenarioRun
    implements TestTemplateInvocationContext,
        BeforeEachCallback,
        ParameterResolver,
        InvocationInterceptor,
        AfterEachCallback {
  private static final Namespace NAMESPACE = Namespace.create(ScenarioRun.class);

  private final Storage storage;
  private Storage.@Nullable Root root;
  private @Nullable String reachedLimit;

  ScenarioRun(Storage storage) {
    this.storage = storage;
  }

  @Override
  public String getDisplayName(int invocationIndex) {
    return storage.toString();
  }

  @Override
  public List<Extension> getAdditionalExtensions() {
    return List.of(this);
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    root = storage.open();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Storage.class
        || (type == Path.class && parameter.getParameter().getAnnotations().length == 0);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Storage.class
        ? storage
        : requireNonNull(root).path();
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> invocation,
      ReflectiveInvocationContext<Method> scenario,
      ExtensionContext context)
      throws Throwable {
    @Nullable Limit limit = scenario.getExecutable().getAnnotation(Limit.class);
    if (limit == null || !List.of(limit.storages()).contains(storage)) {
      invocation.proceed();
      return;
    }
    try {
      invocation.proceed();
    } catch (TestAbortedException e) {
      throw e;
    } catch (Throwable failure) {
      reachedLimit = LimitReached.describe(limit, failure);
      return;
    }
    throw new AssertionError(
        limit.of() + " lifted its limit (" + limit.asks() + "): remove the @Limit");
  }

  /** Runs after the methods of the test class that close what they opened. */
  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    @Nullable Throwable failure = context.getExecutionException().orElse(null);
    try {
      requireNonNull(root).close();
    } catch (IOException | RuntimeException e) {
      record(context, Outcome.FAILS, e.toString());
      throw e;
    }
    if (failure instanceof TestAbortedException) {
      record(context, Outcome.SKIPPED, reason(failure));
    } else if (failure != null) {
      record(context, Outcome.FAILS, failure.toString());
    } else if (reachedLimit != null) {
      record(context, Outcome.LIMIT, reachedLimit);
    } else {
      record(context, Outcome.PASSES, "");
    }
  }

  private static String reason(Throwable aborted) {
    return String.valueOf(aborted.getMessage()).replace("Assumption failed: ", "");
  }

  private void record(ExtensionContext context, Outcome outcome, String detail) {
    Class<?> client = context.getRequiredTestClass();
    ExtensionContext ofClass = context;
    while (ofClass.getTestMethod().isPresent()) {
      ofClass = ofClass.getParent().orElseThrow();
    }
    ofClass
        .getStore(NAMESPACE)
        .computeIfAbsent(client, key -> new Recorded(client), Recorded.class)
        .results
        .add(new Result(context.getRequiredTestMethod().getName(), storage, outcome, detail));
  }

  /** The results of a test class, which JUnit closes after its last test. */
  private static final class Recorded implements AutoCloseable {
    private final Class<?> client;
    private final List<Result> results = Collections.synchronizedList(new ArrayList<>());

    Recorded(Class<?> client) {
      this.client = client;
    }

    @Override
    public void close() throws IOException {
      Result.write(client, results);
    }
  }
}
