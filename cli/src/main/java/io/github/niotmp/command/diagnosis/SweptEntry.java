package io.github.niotmp.command.diagnosis;

import io.github.niotmp.session.Reaper.Finding;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An entry that a sweep has found.
 *
 * @param path a session's directory, or another entry
 * @param fate the decision of the sweep, in words
 * @param reason the reason for it
 */
public record SweptEntry(String path, String fate, String reason) {

  /**
   * Describes a finding.
   *
   * @param dryRun whether the sweep removes no entry
   */
  public static SweptEntry of(Finding finding, boolean dryRun) {
    String fate =
        switch (finding.fate()) {
          case RECLAIMED -> dryRun ? "to reclaim" : "reclaimed";
          case ALIVE -> "alive";
          case LEFT -> "left";
        };
    return new SweptEntry(finding.path().toString(), fate, finding.reason());
  }

  /** Returns the entry as a line for people. */
  public String text() {
    return fate + " " + path + ": " + reason;
  }

  /** Returns the entry as the fields of a JSON object. */
  public Map<String, Object> values() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("path", path);
    values.put("fate", fate);
    values.put("reason", reason);
    return values;
  }
}
