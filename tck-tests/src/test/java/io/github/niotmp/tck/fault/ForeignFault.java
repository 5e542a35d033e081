package io.github.niotmp.tck.fault;

import java.io.IOException;
import java.util.Set;
import java.util.function.Supplier;

/** The wrong answer of a provider at the calls with some numbers, from 1. */
final class ForeignFault implements Fault {
  private final Set<Integer> numbers;
  private final Answer answer;
  private int count;
  private boolean isWrong;
  private String call = "none";

  ForeignFault(Set<Integer> numbers, Answer answer) {
    this.numbers = numbers;
    this.answer = answer;
  }

  /** Kinds of wrong answers. */
  enum Kind {
    /** The call throws and has done nothing. */
    INSTEAD,
    /** The call throws though it has done its work; for those that create and delete names. */
    AFTER,
    /** The call returns and has done nothing; for those that create and delete names. */
    LIE
  }

  /**
   * A wrong answer.
   *
   * @param thrown makes what is thrown; unused for a lie
   */
  record Answer(Kind kind, Supplier<Throwable> thrown) {
    @Override
    public String toString() {
      return kind == Kind.LIE ? "lie" : kind + " " + thrown.get();
    }
  }

  @Override
  public void before(Call next) throws IOException {
    count++;
    isWrong = numbers.contains(count);
    if (isWrong) {
      call = next.name();
      throwIf(Kind.INSTEAD);
    }
  }

  @Override
  public void after(Call done) throws IOException {
    if (isWrong) {
      throwIf(Kind.AFTER);
    }
  }

  @Override
  public boolean isLie() {
    return isWrong && answer.kind == Kind.LIE;
  }

  /** Says whether there were as many calls. */
  boolean happened() {
    return !call.equals("none");
  }

  private void throwIf(Kind kind) {
    if (answer.kind == kind) {
      ForeignFault.<RuntimeException>throwAsItIs(answer.thrown.get());
    }
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void throwAsItIs(Throwable thrown) throws E {
    throw (E) thrown;
  }

  @Override
  public String toString() {
    return answer + " at " + numbers + " (" + call + ")";
  }
}
