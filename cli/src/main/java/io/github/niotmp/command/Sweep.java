package io.github.niotmp.command;

import io.github.niotmp.internal.search.SessionRoot;
import io.github.niotmp.session.Reaper;
import io.github.niotmp.session.Reaper.Fate;
import io.github.niotmp.session.Reaper.Finding;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Reclaims what dead processes have left, now. */
final class Sweep {
  private Sweep() {}

  /** Prints a line for each entry of the root; the status is 0 whatever was found. */
  static int run(Path directory, boolean dryRun, PrintStream out) throws IOException {
    SessionRoot root = SessionRoot.in(directory);
    List<Finding> findings = Reaper.sweep(root, dryRun);
    for (Finding finding : findings) {
      out.println(line(finding, dryRun));
    }
    if (findings.isEmpty()) {
      out.println("nothing in " + root.path());
    }
    if (!dryRun) {
      root.removeIfEmpty();
    }
    return 0;
  }

  /** Returns what became of an entry. */
  static String line(Finding finding, boolean dryRun) {
    return fate(finding.fate(), dryRun) + " " + finding.path() + ": " + finding.reason();
  }

  private static String fate(Fate fate, boolean dryRun) {
    return switch (fate) {
      case RECLAIMED -> dryRun ? "to reclaim" : "reclaimed";
      case ALIVE -> "alive";
      case LEFT -> "left";
    };
  }
}
