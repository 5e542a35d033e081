package io.github.niotmp.tck;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.opentest4j.AssertionFailedError;

/** Explains a failure: the case, its authority, and the calls of the test up to the failure. */
final class Explanation {
  private static final int MOST_LINES = 40;
  private static final String JAVADOC =
      "https://docs.oracle.com/en/java/javase/25/docs/api/java.base/";

  private Explanation() {}

  /** Explains the failure of a test. */
  static AssertionError of(ContractCase tested, Throwable failure) {
    return of(
        tested,
        tested.tier().map(tier -> " (" + tier + ")").orElse(""),
        tested.sentences(),
        failure);
  }

  /** Explains the failure to open or to close a fixture, which no sentence is about. */
  static AssertionError ofFixture(ContractCase tested, Throwable failure) {
    return of(tested, " (its fixture)", List.of(), failure);
  }

  /** Returns what was found: the message of an assertion, or another exception. */
  static String found(Throwable failure) {
    return failure instanceof AssertionError
        ? String.valueOf(failure.getMessage()).strip()
        : "threw " + failure;
  }

  private static AssertionError of(
      ContractCase tested, String authority, List<Required> sentences, Throwable failure) {
    StringBuilder text = new StringBuilder();
    text.append(tested.title()).append(" on ").append(tested.subject()).append(authority);
    text.append(":\n").append(found(failure)).append('\n');
    for (Required sentence : sentences) {
      text.append("\nThe Javadoc of ").append(name(sentence)).append(":\n  \"");
      text.append(sentence.sentence()).append("\"\n  ").append(link(sentence)).append('\n');
    }
    List<String> calls = calls(tested.test(), failure);
    if (!calls.isEmpty()) {
      text.append("\nThe calls of the test:\n");
      calls.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    AssertionError explained =
        failure instanceof AssertionFailedError compared
                && compared.isExpectedDefined()
                && compared.isActualDefined()
            ? new AssertionFailedError(
                text.toString(), compared.getExpected(), compared.getActual(), failure.getCause())
            : new AssertionError(
                text.toString(), failure instanceof AssertionError ? failure.getCause() : failure);
    explained.setStackTrace(failure.getStackTrace());
    for (Throwable suppressed : failure.getSuppressed()) {
      explained.addSuppressed(suppressed);
    }
    return explained;
  }

  /** Returns the type and the member, such as {@code Files.move(Path,Path,CopyOption...)}. */
  static String name(Required sentence) {
    String type = sentence.by().getSimpleName();
    return sentence.member().isEmpty() ? type : type + "." + sentence.member();
  }

  /** Returns the address of the sentence in the Javadoc of the JDK. */
  static String link(Required sentence) {
    String page = JAVADOC + sentence.by().getName().replace('.', '/').replace('$', '.') + ".html";
    return sentence.member().isEmpty()
        ? page
        : page + "#" + executable(sentence).map(Explanation::anchor).orElse(sentence.member());
  }

  /** Returns the method or constructor that the sentence is about. */
  static Optional<Executable> executable(Required sentence) {
    return Stream.<Executable>concat(
            Arrays.stream(sentence.by().getDeclaredMethods()),
            Arrays.stream(sentence.by().getDeclaredConstructors()))
        .filter(executable -> !executable.isSynthetic())
        .filter(executable -> signature(executable, false).equals(sentence.member()))
        .findFirst();
  }

  private static String anchor(Executable executable) {
    return signature(executable, true);
  }

  private static String signature(Executable executable, boolean qualified) {
    Class<?>[] types = executable.getParameterTypes();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < types.length; i++) {
      boolean variable = executable.isVarArgs() && i == types.length - 1;
      Class<?> type = variable ? types[i].getComponentType() : types[i];
      String name = qualified ? type.getCanonicalName() : type.getSimpleName();
      names.add(variable ? name + "..." : name);
    }
    String name =
        executable instanceof Method
            ? executable.getName()
            : qualified ? "<init>" : executable.getDeclaringClass().getSimpleName();
    return name + "(" + String.join(",", names) + ")";
  }

  /** Returns the lines of the test before the failure, from its source, which the jar holds. */
  private static List<String> calls(Method test, Throwable failure) {
    int line = lineIn(test, failure);
    List<String> source = line == 0 ? List.of() : source(test.getDeclaringClass());
    if (line == 0 || source.size() < line) {
      return List.of();
    }
    int start = line - 1;
    while (start > 0 && !source.get(start).contains("void " + test.getName() + "(")) {
      start--;
    }
    int end = line;
    while (end < source.size() && !source.get(end - 1).matches(".*[;{]( //.*)?")) {
      end++;
    }
    while (start < end && !source.get(start).endsWith("{")) {
      start++;
    }
    start = Math.max(start + 1, end - MOST_LINES);
    return start < end
        ? source.subList(start, end).stream()
            .collect(Collectors.joining("\n"))
            .stripIndent()
            .lines()
            .toList()
        : List.of();
  }

  private static int lineIn(Method test, Throwable failure) {
    for (StackTraceElement frame : failure.getStackTrace()) {
      String method = frame.getMethodName();
      if (frame.getClassName().equals(test.getDeclaringClass().getName())
          && (method.equals(test.getName())
              || method.startsWith("lambda$" + test.getName() + "$"))) {
        return Math.max(0, frame.getLineNumber());
      }
    }
    return 0;
  }

  private static List<String> source(Class<?> contract) {
    try (InputStream in = contract.getResourceAsStream(contract.getSimpleName() + ".java")) {
      return in == null
          ? List.of()
          : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
