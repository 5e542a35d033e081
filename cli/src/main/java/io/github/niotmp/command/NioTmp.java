package io.github.niotmp.command;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line, and what its words mean. */
final class NioTmp {
  /** The exit status when something is wrong with what a command is about. */
  static final int FAILED = 1;

  private static final int WRONG_ARGUMENTS = 2;
  private static final String USAGE =
      "doctor [directory] | sweep [--dry-run] [directory] | run -- command [argument ...]";

  private final PrintStream out;
  private final PrintStream errors;

  NioTmp(PrintStream out, PrintStream errors) {
    this.out = out;
    this.errors = errors;
  }

  /** Does what a command line says, and returns the exit status. */
  int status(List<String> words) {
    try {
      return run(words);
    } catch (WrongArgument e) {
      errors.println("nio-tmp: " + e.getMessage() + "; allowed: " + USAGE);
      return WRONG_ARGUMENTS;
    } catch (IOException e) {
      errors.println("nio-tmp: " + reason(e));
      return FAILED;
    } finally {
      Notices.deliver();
    }
  }

  private int run(List<String> words) throws IOException {
    if (words.isEmpty()) {
      throw new WrongArgument("no command");
    }
    List<String> rest = new ArrayList<>(words.subList(1, words.size()));
    return switch (words.get(0)) {
      case "doctor" -> new Doctor(out).examine(directory(rest));
      case "sweep" -> {
        boolean dryRun = rest.remove("--dry-run");
        Path given = directory(rest);
        yield Sweep.run(given == null ? SystemTemp.directory() : given, dryRun, out);
      }
      case "run" -> {
        if (rest.size() < 2 || !rest.get(0).equals("--")) {
          throw new WrongArgument("run needs -- and a command");
        }
        yield new Run(errors).run(rest.subList(1, rest.size()));
      }
      case "--help" -> {
        out.println("nio-tmp " + USAGE);
        yield 0;
      }
      default -> throw new WrongArgument("'" + words.get(0) + "' is no command");
    };
  }

  private static @Nullable Path directory(List<String> words) {
    if (words.isEmpty()) {
      return null;
    }
    String last = words.get(words.size() - 1);
    if (words.size() > 1 || last.startsWith("-")) {
      throw new WrongArgument("'" + last + "'");
    }
    try {
      return Path.of(last).toAbsolutePath();
    } catch (InvalidPathException e) {
      throw new WrongArgument("'" + last + "' is no path");
    }
  }

  /** Returns what went wrong in one line; some exceptions tell it by their class alone. */
  static String reason(IOException e) {
    String message = String.valueOf(e.getMessage()).replaceAll("\\R", " ");
    return e.getClass().getSimpleName().replaceAll("Exception$", "") + ": " + message;
  }

  /** What is not on the list of what is allowed. */
  private static final class WrongArgument extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    WrongArgument(String message) {
      super(message);
    }
  }
}
