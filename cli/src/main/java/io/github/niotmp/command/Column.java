package io.github.niotmp.command;

import io.github.niotmp.command.diagnosis.Size;
import io.github.niotmp.command.jvm.ObservedFileSystem;
import java.util.List;
import java.util.function.Function;

/**
 * A column of the table of {@link Top}.
 *
 * @param width the columns of the screen that it takes, with a space before the text
 * @param wideOnly whether a narrow screen lacks it
 */
record Column(
    String heading, int width, boolean wideOnly, Function<ObservedFileSystem, String> of) {
  /** The columns of a screen that has all of them. */
  static final int WIDE = 100;

  static final List<Column> ALL =
      List.of(
          number("FILES", 8, false, "Files"),
          number("PACKED", 8, true, "FilesPacked"),
          new Column("ON DISK", 8, true, Column::ownFiles),
          number("OPEN", 6, false, "OpenHandles"),
          size("MEMORY", "MemoryBytes"),
          new Column("OF", 5, false, Column::fullness),
          size("DISK", "DiskBytes"),
          new Column("SIZE", 11, true, each -> Size.text(each.number("Size"))),
          number("ROLLOVERS", 11, true, "Rollovers"));

  private static Column number(String heading, int width, boolean wideOnly, String attribute) {
    return new Column(heading, width, wideOnly, each -> Long.toString(each.number(attribute)));
  }

  private static Column size(String heading, String attribute) {
    return new Column(heading, 11, false, each -> Size.text(each.number(attribute)));
  }

  /** Returns how many files have a file of their own, with or without a name on the host. */
  private static String ownFiles(ObservedFileSystem each) {
    return Long.toString(each.number("FilesOnDisk") + each.number("FilesOnHost"));
  }

  /** Returns the memory that is used as a part of the budget. */
  private static String fullness(ObservedFileSystem each) {
    long budget = each.number("MemoryBudget");
    return budget == 0 ? "-" : 100 * each.number("MemoryBytes") / budget + "%";
  }
}
