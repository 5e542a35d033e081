package io.github.niotmp.command.diagnosis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The result of one check.
 *
 * @param cause the limit or the problem in a few words; null for the other outcomes
 * @param findings sentences for people; the last one states the limit or the problem
 * @param values the same facts for scripts, by their names in JSON
 */
public record Check(
    Subject subject,
    Outcome outcome,
    @Nullable String cause,
    List<String> findings,
    Map<String, Object> values) {

  static Check ok(Subject subject, Map<String, Object> values, List<String> findings) {
    return new Check(subject, Outcome.OK, null, findings, values);
  }

  static Check ok(Subject subject, String finding) {
    return ok(subject, Map.of(), List.of(finding));
  }

  static Check limit(
      Subject subject, String cause, Map<String, Object> values, List<String> findings) {
    return new Check(subject, Outcome.LIMIT, cause, findings, values);
  }

  static Check limit(Subject subject, String cause) {
    return limit(subject, cause, Map.of(), List.of(cause));
  }

  static Check problem(Subject subject, String cause) {
    return problem(subject, cause, Map.of());
  }

  static Check problem(Subject subject, String cause, Map<String, Object> values) {
    return new Check(subject, Outcome.PROBLEM, cause, List.of(cause), values);
  }

  static Check skipped(Subject subject, String reason) {
    return new Check(subject, Outcome.SKIPPED, null, List.of("not tested: " + reason), Map.of());
  }
}
