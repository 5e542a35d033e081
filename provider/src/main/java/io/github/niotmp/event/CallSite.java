package io.github.niotmp.event;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The place in a program from which it called this library. */
public final class CallSite {
  private static final Pattern NOT_OF_THE_PROGRAM =
      Pattern.compile("(io\\.github\\.niotmp|java|javax|jdk|sun)\\..*");

  private CallSite() {}

  /**
   * Returns the first frame that is neither of this library nor of the JDK.
   *
   * @param call has the stack of the call
   * @return the frame, for instance {@code Server.serve(Server.java:40)}; empty if the stack has
   *     none
   */
  public static Optional<String> of(Throwable call) {
    return Stream.of(call.getStackTrace())
        .filter(frame -> !NOT_OF_THE_PROGRAM.matcher(frame.getClassName()).matches())
        .findFirst()
        .map(StackTraceElement::toString);
  }
}
