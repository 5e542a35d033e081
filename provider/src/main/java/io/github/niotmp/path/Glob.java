package io.github.niotmp.path;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A glob as an NFA, simulated with a set of states: it reads each character once, whatever the
 * glob. A matcher that backtracks, such as {@link java.util.regex.Pattern}, needs exponential time
 * for {@code *a*a*a*a*a*a*a*a*b}.
 */
final class Glob {
  private final State[] states;

  /** Takes the states; the last one is the accepting state. */
  Glob(List<State> states) {
    this.states = states.toArray(State[]::new);
  }

  /** Says whether the glob matches the whole of {@code text}. */
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

  /** Adds a state and its closure: all states reachable without a character. */
  private void addClosure(StateSet set, int state) {
    int added = set.count;
    set.add(state);
    for (; added < set.count; added++) {
      for (int further : states[set.all[added]].further) {
        set.add(further);
      }
    }
  }

  /** A state of the NFA. */
  static final class State {
    private final IntPredicate accepted;
    private final int next;
    private final int[] further;

    /**
     * Makes a state.
     *
     * @param accepted the characters on which it changes to {@code next}
     * @param next the state after an accepted character
     * @param further the states reachable without a character
     */
    State(IntPredicate accepted, int next, int... further) {
      this.accepted = accepted;
      this.next = next;
      this.further = further;
    }
  }

  /** A set of states with constant-time insertion, look-up and clearing. */
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
