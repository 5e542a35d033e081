package io.github.niotmp.clients.table;

import io.github.niotmp.clients.Outcome;
import io.github.niotmp.clients.Result;
import io.github.niotmp.clients.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A scenario of a client in the table: its result on each storage, and its limits. */
record Row(String client, String version, String scenario, List<String> outcomes, String notes) {
  private static final Pattern LINE = Pattern.compile(":\\d+");
  private static final Pattern SEPARATOR = Pattern.compile(" ?\\| ?");

  /**
   * Makes the row of what a scenario's method did; the outcome of a storage it did not run on is
   * empty.
   */
  static Row of(String client, String version, String scenario, List<Result> results) {
    List<String> outcomes = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    for (Storage storage : Storage.values()) {
      String outcome = "";
      for (Result result : results) {
        if (result.storage() == storage) {
          outcome = result.outcome().toString();
          String note = result.detail().replace("|", "&#124;");
          if (!note.isEmpty() && !notes.contains(note)) {
            notes.add(note);
          }
        }
      }
      outcomes.add(outcome);
    }
    return new Row(client, version, scenario, outcomes, String.join("; ", notes));
  }

  static Row parse(String line) {
    String[] cells = SEPARATOR.split(line, -1);
    int storages = Storage.values().length;
    return new Row(
        cells[1], cells[2], cells[3], List.of(cells).subList(4, 4 + storages), cells[4 + storages]);
  }

  static String header() {
    StringBuilder header = new StringBuilder("| client | version | scenario |");
    StringBuilder line = new StringBuilder("|---|---|---|");
    for (Storage storage : Storage.values()) {
      header.append(' ').append(storage).append(" |");
      line.append("---|");
    }
    return header + " whose limit, and where |\n" + line + "---|";
  }

  /**
   * Returns whether a run confirms this row of the table: versions and lines of sources may differ,
   * and what was skipped or not run confirms everything.
   */
  boolean isConfirmedBy(Row run) {
    if (!client.equals(run.client) || !scenario.equals(run.scenario)) {
      return false;
    }
    boolean complete = true;
    for (int i = 0; i < outcomes.size(); i++) {
      String outcome = run.outcomes.get(i);
      if (outcome.isEmpty() || outcome.equals(Outcome.SKIPPED.toString())) {
        complete = false;
      } else if (!outcome.equals(outcomes.get(i))) {
        return false;
      }
    }
    return !complete || withoutLines(notes).equals(withoutLines(run.notes));
  }

  private static String withoutLines(String notes) {
    return LINE.matcher(notes).replaceAll("");
  }

  @Override
  public String toString() {
    List<String> cells = new ArrayList<>(List.of(client, version, scenario));
    cells.addAll(outcomes);
    cells.add(notes);
    return "| " + String.join(" | ", cells) + " |";
  }
}
