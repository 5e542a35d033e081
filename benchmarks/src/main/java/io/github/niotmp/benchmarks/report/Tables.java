package io.github.niotmp.benchmarks.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the results as Markdown tables. */
final class Tables {
  private static final List<String> DOERS =
      List.of(
          "LIMIT",
          "JIMFS",
          "MEMORYFILESYSTEM",
          "SHM",
          "DISK",
          "GUAVA",
          "COMMONS_IO",
          "FILES",
          "NOTHING");

  private Tables() {}

  /** Lists the targets and the measured values. */
  static String targets(Results results) {
    StringBuilder table =
        new StringBuilder("| work | to reach | measured | |\n|---|---|---|---|\n");
    for (Target target : Targets.all()) {
      Estimate measured = target.measured().apply(results);
      if (measured != null) {
        table
            .append("| ")
            .append(String.join(" | ", target.label(), number(target.atMost()), text(measured)))
            .append(measured.value() <= target.atMost() ? " | yes |\n" : " | **no** |\n");
      }
    }
    return table.toString();
  }

  /** Lists the time of nio-tmp as a ratio of that of each peer and the limit. */
  static String ratios(Results results) {
    List<String> doers =
        DOERS.stream()
            .filter(doer -> results.works().stream().anyMatch(w -> has(results, w, doer)))
            .toList();
    StringBuilder table = new StringBuilder("| work | allocated, bytes |");
    doers.forEach(doer -> table.append(" of ").append(doer).append(" |"));
    table.append("\n|---|---|").append("---|".repeat(doers.size())).append('\n');
    for (Work work : results.works()) {
      double[] ours = results.nanos(work, "TMP");
      if (ours != null) {
        String cells =
            doers.stream()
                .map(doer -> ratio(ours, results.nanos(work, doer)))
                .collect(Collectors.joining(" | "));
        table.append(
            Stream.of(work.toString(), allocated(results, work), cells)
                .collect(Collectors.joining(" | ", "| ", " |\n")));
      }
    }
    return table.toString();
  }

  private static boolean has(Results results, Work work, String doer) {
    return results.nanos(work, doer) != null;
  }

  private static String ratio(double[] ours, double @Nullable [] theirs) {
    return theirs == null ? "" : text(Estimate.ratio(ours, theirs));
  }

  private static String allocated(Results results, Work work) {
    double[] bytes = results.allocated(work, "TMP");
    return bytes == null ? "" : number(Estimate.medianOf(bytes));
  }

  private static String text(Estimate estimate) {
    return number(estimate.value())
        + " ("
        + number(estimate.low())
        + " to "
        + number(estimate.high())
        + ")";
  }

  private static String number(double value) {
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f", value);
  }
}
