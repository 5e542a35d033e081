package io.github.niotmp.path;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A glob as a machine that is at many steps at once, so that it looks once at each character,
 * whatever the glob. What tries one way after the other, as {@link java.util.regex.Pattern} does,
 * comes to no end with {@code *a*a*a*a*a*a*a*a*b}.
 */
final class Glob {
  private final Step[] steps;

  /** Takes the steps, of which the last is the end. */
  Glob(List<Step> steps) {
    this.steps = steps.toArray(Step[]::new);
  }

  /** Says whether a way through all of {@code text} leads to the end. */
  boolean matches(String text) {
    Places at = new Places(steps.length);
    Places next = new Places(steps.length);
    reach(at, 0);
    for (int i = 0; i < text.length() && at.count > 0; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      next.count = 0;
      for (int place = 0; place < at.count; place++) {
        Step step = steps[at.all[place]];
        if (step.accepted.test(c)) {
          reach(next, step.next);
        }
      }
      Places before = at;
      at = next;
      next = before;
    }
    return at.has(steps.length - 1);
  }

  /** Adds a step and all that it leads to without a character. */
  private void reach(Places places, int step) {
    int added = places.count;
    places.add(step);
    for (; added < places.count; added++) {
      for (int further : steps[places.all[added]].further) {
        places.add(further);
      }
    }
  }

  /** One step. */
  static final class Step {
    private final IntPredicate accepted;
    private final int next;
    private final int[] further;

    /**
     * Makes a step.
     *
     * @param accepted the characters that lead on
     * @param next the step they lead to
     * @param further those it leads to without a character
     */
    Step(IntPredicate accepted, int next, int... further) {
      this.accepted = accepted;
      this.next = next;
      this.further = further;
    }
  }

  /** Steps that the machine is at, each once. */
  private static final class Places {
    private final int[] all;
    private final int[] placeOf;
    private int count;

    Places(int steps) {
      all = new int[steps];
      placeOf = new int[steps];
    }

    boolean has(int step) {
      return placeOf[step] < count && all[placeOf[step]] == step;
    }

    void add(int step) {
      if (!has(step)) {
        placeOf[step] = count;
        all[count++] = step;
      }
    }
  }
}
