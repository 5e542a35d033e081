package io.github.niotmp.tck;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Runs each {@link ContractTest} on each subject and row. */
final class ContractTests implements BeforeAllCallback, TestTemplateInvocationContextProvider {

  /** Fails the contract as a whole if it has no subject, or a deviation names a test it lacks. */
  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> contract = context.getRequiredTestClass();
    start(context, contract.getSimpleName(), () -> requireTests(Subjects.of(context), contract));
  }

  /** Records a failure in the summary, as JUnit runs no test then. */
  private static <T> T start(ExtensionContext context, String name, Supplier<T> step) {
    try {
      return step.get();
    } catch (RuntimeException | Error e) {
      Tally.of(context).addNotStarted(name, e);
      throw e;
    }
  }

  /** Returns the subjects, whose deviations name tests of the contract. */
  private static List<Subject> requireTests(List<Subject> subjects, Class<?> contract) {
    for (Subject subject : subjects) {
      for (Deviation deviation : ContractCase.deviations(subject)) {
        if (deviation.in().isAssignableFrom(contract) && !hasTest(contract, deviation.test())) {
          throw unknown(deviation, subject, "has no test of this name");
        }
      }
    }
    return subjects;
  }

  private static boolean hasTest(Class<?> contract, String name) {
    return !ReflectionSupport.findMethods(
            contract,
            method ->
                method.isAnnotationPresent(ContractTest.class) && method.getName().equals(name),
            HierarchyTraversalMode.TOP_DOWN)
        .isEmpty();
  }

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return context.getRequiredTestMethod().isAnnotationPresent(ContractTest.class);
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    Class<?> contract = context.getRequiredTestClass();
    Method test = context.getRequiredTestMethod();
    return start(
        context,
        contract.getSimpleName() + "." + test.getName(),
        () -> cases(Subjects.of(context), contract, test));
  }

  private static Stream<TestTemplateInvocationContext> cases(
      List<Subject> subjects, Class<?> contract, Method test) {
    String rows = test.getAnnotation(ContractTest.class).rows();
    if (rows.isEmpty()) {
      subjects.forEach(subject -> requireRows(subject, contract, test, Map.of()));
      return subjects.stream()
          .map(subject -> new Invocation(new ContractCase(subject, contract, test, null), null));
    }
    Map<String, Object> values = rows(contract, rows);
    subjects.forEach(subject -> requireRows(subject, contract, test, values));
    return subjects.stream()
        .flatMap(
            subject ->
                values.entrySet().stream()
                    .map(
                        row ->
                            new Invocation(
                                new ContractCase(subject, contract, test, row.getKey()),
                                row.getValue())));
  }

  private static Map<String, Object> rows(Class<?> contract, String method) {
    Object rows =
        ReflectionSupport.findMethod(contract, method)
            .map(found -> ReflectionSupport.invokeMethod(found, null))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        contract.getName() + " has no static method " + method + "()"));
    Map<String, Object> values = new LinkedHashMap<>();
    if (rows instanceof Map<?, ?> map) {
      map.forEach((name, value) -> values.put(String.valueOf(name), value));
      return values;
    }
    Stream<?> all =
        rows instanceof Stream<?> stream
            ? stream
            : rows instanceof Collection<?> collection
                ? collection.stream()
                : Arrays.stream((Object[]) rows);
    all.forEach(
        value -> {
          if (values.put(String.valueOf(value), value) != null) {
            throw new IllegalStateException(
                contract.getName() + "." + method + "() returns two rows named '" + value + "'");
          }
        });
    return values;
  }

  private static void requireRows(
      Subject subject, Class<?> contract, Method test, Map<String, Object> values) {
    for (Deviation deviation : ContractCase.deviations(subject)) {
      if (deviation.in().isAssignableFrom(contract)
          && deviation.test().equals(test.getName())
          && !deviation.row().isEmpty()
          && !values.containsKey(deviation.row())) {
        throw unknown(deviation, subject, "has no row '" + deviation.row() + "'");
      }
    }
  }

  private static IllegalStateException unknown(
      Deviation deviation, Subject subject, String problem) {
    return new IllegalStateException(
        String.format(
            "%s states a @Deviation in %s, test '%s': the contract %s",
            subject, deviation.in().getSimpleName(), deviation.test(), problem));
  }

  /** One run of a test. */
  private record Invocation(ContractCase tested, @Nullable Object value)
      implements TestTemplateInvocationContext {

    @Override
    public String getDisplayName(int index) {
      return tested.title() + " on " + tested.subject();
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(new ContractExtension(tested, value));
    }
  }
}
