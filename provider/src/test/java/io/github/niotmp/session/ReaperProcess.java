package io.github.niotmp.session;

import io.github.niotmp.internal.search.UserDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reclaims again and again until its input ends; prints a line for what it can make nothing of. */
final class ReaperProcess {
  private ReaperProcess() {}

  /** Takes the temporary directory and the steps. */
  public static void main(String[] arguments) throws IOException {
    UserDirectory root = UserDirectory.in(Path.of(arguments[0]));
    Steps steps = Steps.valueOf(arguments[1]);
    List<String> strange = new ArrayList<>();
    System.out.println("ready");
    while (System.in.available() == 0) {
      strange.addAll(steps.sweep(root));
    }
    strange.forEach(System.out::println);
  }
}
