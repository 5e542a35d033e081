package io.github.niotmp.command.diagnosis;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of a directory.
 *
 * @param directory the path, or the URI of a directory of another provider; null if the search
 *     found no usable directory
 * @param source the property, variable or list that names the directory; null if the caller named
 *     it
 * @param refused the unusable candidates before the directory
 * @param checks in the order of the subjects
 */
public record Diagnosis(
    @Nullable String directory,
    @Nullable String source,
    List<Refusal> refused,
    List<Check> checks) {

  /** Returns each problem once, even if several checks found it. */
  public List<String> problems() {
    return causes(Outcome.PROBLEM).distinct().toList();
  }

  /** Returns the limits, and each candidate that cannot be used. */
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
