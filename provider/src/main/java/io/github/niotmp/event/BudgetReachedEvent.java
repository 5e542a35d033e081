package io.github.niotmp.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;

@Name("io.github.niotmp.BudgetReached")
@Label("Memory Budget Reached")
@Category("Temporary Files")
@Description("The memory budget is used up; one event for all files that move to the disk together")
final class BudgetReachedEvent extends Event {
  /** Reports whether a recording enables this event, before one is created. */
  private static final BudgetReachedEvent NONE = new BudgetReachedEvent("", 0, 0);

  @Label("File System")
  final String fileSystem;

  @Label("Budget")
  @Description("The memory that all files together may use")
  @DataAmount
  final long budget;

  @Label("Wanted")
  @Description("The memory that was requested and not free")
  @DataAmount
  final long wanted;

  private BudgetReachedEvent(String fileSystem, long budget, long wanted) {
    this.fileSystem = fileSystem;
    this.budget = budget;
    this.wanted = wanted;
  }

  static boolean isRecorded() {
    return NONE.isEnabled();
  }

  static void record(String fileSystem, long budget, long wanted) {
    new BudgetReachedEvent(fileSystem, budget, wanted).commit();
  }
}
