package io.github.niotmp.command.diagnosis;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a directory.
 *
 * @param directory the directory, or the URI of one of another provider; null if the search found
 *     none
 * @param source the property, variable or list that names the directory; null if the caller did
 * @param refused the candidates before it
 * @param checks in the order of the subjects
 */
public record Diagnosis(
    @Nullable String directory,
    @Nullable String source,
    List<Refusal> refused,
    List<Check> checks) {

  /** Returns each problem once, however many checks it fails. */
  public List<String> problems() {
    return causes(Outcome.PROBLEM).distinct().toList();
  }

  /** Returns the limits, among them each candidate that cannot be used. */
  public List<String> limits() {
    Stream<String> unused =
        directory == null
            ? Stream.empty()
            : refused.stream().map(each -> each.source() + " is not used: " + each.directory());
    return Stream.concat(unused, causes(Outcome.LIMIT)).toList();
  }

  private Stream<String> causes(Outcome outcome) {
    return checks.stream()
        .filter(check -> check.outcome() == outcome)
        .map(check -> Objects.requireNonNull(check.cause()));
  }

  /** Returns the verdict. */
  public Verdict verdict() {
    if (!problems().isEmpty()) {
      return Verdict.PROBLEM;
    }
    return limits().isEmpty() ? Verdict.WELL : Verdict.LIMITED;
  }

  /** Returns the verdict and its causes as one line. */
  public String summary() {
    List<String> problems = problems();
    return switch (verdict()) {
      case WELL -> "All is well.";
      case LIMITED -> "Usable, with limits: " + String.join("; ", limits());
      case PROBLEM ->
          problems.size()
              + (problems.size() == 1 ? " problem: " : " problems: ")
              + String.join("; ", problems);
    };
  }
}
