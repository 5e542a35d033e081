package io.github.niotmp.path;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A glob as a machine that is at many states at once, so that it looks once at each character,
 * whatever the glob. What tries one way after the other, as {@link java.util.regex.Pattern} does,
 * comes to no end with {@code *a*a*a*a*a*a*a*a*b}.
 */
final class Glob {
  private final State[] states;

  /** Takes the states, of which the last is the end. */
  Glob(List<State> states) {
    this.states = states.toArray(State[]::new);
  }

  /** Says whether a way through all of {@code text} leads to the end. */
  boolean matches(String text) {
    StateSet at = new StateSet(states.length);
    StateSet next = new StateSet(states.length);
    addClosure(at, 0);
    for (int i = 0; i < text.length() && at.count > 0; ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      next.count = 0;
      for (int place = 0; place < at.count; place++) {
        State state = states[at.all[place]];
        if (state.accepted.test(c)) {
          addClosure(next, state.next);
        }
      }
      StateSet before = at;
      at = next;
      next = before;
    }
    return at.has(states.length - 1);
  }

  /** Adds a state and all that it leads to without a character. */
  private void addClosure(StateSet set, int state) {
    int added = set.count;
    set.add(state);
    for (; added < set.count; added++) {
      for (int further : states[set.all[added]].further) {
        set.add(further);
      }
    }
  }

  /** One state. */
  static final class State {
    private final IntPredicate accepted;
    private final int next;
    private final int[] further;

    /**
     * Makes a state.
     *
     * @param accepted the characters that lead on
     * @param next the state they lead to
     * @param further those it leads to without a character
     */
    State(IntPredicate accepted, int next, int... further) {
      this.accepted = accepted;
      this.next = next;
      this.further = further;
    }
  }

  /** Steps that the machine is at, each once. */
  private static final class StateSet {
    private final int[] all;
    private final int[] indexOf;
    private int count;

    StateSet(int states) {
      all = new int[states];
      indexOf = new int[states];
    }

    boolean has(int state) {
      return indexOf[state] < count && all[indexOf[state]] == state;
    }

    void add(int state) {
      if (!has(state)) {
        indexOf[state] = count;
        all[count++] = state;
      }
    }
  }
}
