package io.github.niotmp.tck.mutation;

import com.google.auto.service.AutoService;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Leaves out the bodies of tests where each process of PIT that tries mutants asks for the names of
 * the tests: it runs all of them to learn that, and starts anew after each mutant that hangs.
 */
@AutoService(Extension.class)
public final class NamesOnly implements InvocationInterceptor {
  private static final String ASKS_FOR_NAMES = "findTestsForTestClasses";

  @Override
  public void interceptTestMethod(
      Invocation<@Nullable Void> body,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runUnlessAskedForNames(body);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<@Nullable Void> body,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runUnlessAskedForNames(body);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<@Nullable Void> body, DynamicTestInvocationContext test, ExtensionContext context)
      throws Throwable {
    runUnlessAskedForNames(body);
  }

  @Override
  public void interceptBeforeAllMethod(
      Invocation<@Nullable Void> body,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runUnlessAskedForNames(body);
  }

  @Override
  public void interceptBeforeEachMethod(
      Invocation<@Nullable Void> body,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runUnlessAskedForNames(body);
  }

  @Override
  public void interceptAfterEachMethod(
      Invocation<@Nullable Void> body,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runUnlessAskedForNames(body);
  }

  @Override
  public void interceptAfterAllMethod(
      Invocation<@Nullable Void> body,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    runUnlessAskedForNames(body);
  }

  private static void runUnlessAskedForNames(Invocation<@Nullable Void> body) throws Throwable {
    if (asksForNames()) {
      body.skip();
    } else {
      body.proceed();
    }
  }

  private static boolean asksForNames() {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> frame.getMethodName().equals(ASKS_FOR_NAMES)));
  }
}
