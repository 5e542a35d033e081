package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.niotmp.command.diagnosis.FailureText;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code nio-tmp} and its subcommands. */
@Command(
    name = "nio-tmp",
    versionProvider = Version.class,
    description = {
      "Tests and cleans temporary directories, runs commands with one of their own, and shows the"
          + " file systems of a running JVM.",
      ""
    },
    optionListHeading = "Options:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Success.",
      "1:The command failed, or found a problem.",
      "2:An unknown command, option or argument."
    },
    footer = {"", "'nio-tmp help COMMAND' explains a command and its exit codes."})
final class NioTmp implements Callable<Integer> {
  /** The exit status of a command that failed or found a problem. */
  static final int FAILED = 1;

  /** The columns of the help if the output is no terminal. */
  private static final int HELP_WIDTH = 80;

  /** The most columns of the help, because longer lines are hard to read. */
  private static final int WIDEST_HELP = 100;

  /** The fewest columns that picocli accepts. */
  private static final int NARROWEST_HELP = 55;

  private final Screen screen;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  CommandSpec spec;

  NioTmp(Screen screen) {
    this.screen = screen;
  }

  /** Runs a command line, and returns the exit status. */
  int status(List<String> words) {
    try {
      return commandLine().execute(words.toArray(String[]::new));
    } finally {
      Notices.deliver();
    }
  }

  private CommandLine commandLine() {
    int width = screen.width() == Screen.UNLIMITED ? HELP_WIDTH : screen.width();
    CommandLine line =
        new CommandLine(this)
            .addSubcommand(new Doctor(screen))
            .addSubcommand(new Sweep(screen))
            .addSubcommand(new Run(screen))
            .addSubcommand(new Top(screen))
            .addSubcommand(new Completion(screen))
            .addSubcommand(new CommandLine.HelpCommand());
    return line.setOut(writer(screen.out()))
        .setErr(writer(screen.errors()))
        .setColorScheme(Help.defaultColorScheme(screen.ansi()))
        .setUsageHelpWidth(Math.max(NARROWEST_HELP, Math.min(width, WIDEST_HELP)))
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler((failure, arguments) -> refuse(failure))
        .setExecutionExceptionHandler((failure, command, result) -> fail(failure));
  }

  /** Returns a writer for the ASCII text of picocli. */
  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, US_ASCII);
  }

  @Override
  public Integer call() {
    throw new ParameterException(spec.commandLine(), "no command");
  }

  private int fail(Exception failure) throws Exception {
    if (failure instanceof IOException e) {
      screen.error(FailureText.of(e));
      return FAILED;
    }
    throw failure;
  }

  private int refuse(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    screen.error(reason(failure).replaceAll("\\.$", "") + "; allowed: " + allowed(command));
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  private static String reason(ParameterException failure) {
    if (failure instanceof UnmatchedArgumentException unmatched) {
      String word = unmatched.getUnmatched().get(0);
      if (word.startsWith("-")) {
        return "unknown option '" + word + "'";
      }
      boolean isRoot = failure.getCommandLine().getParent() == null;
      return (isRoot ? "unknown command '" : "unexpected argument '") + word + "'";
    }
    return String.valueOf(failure.getMessage()).replace("Unknown subcommand", "unknown command");
  }

  private static String allowed(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    if (spec.parent() != null) {
      String synopsis = new Help(spec, Help.defaultColorScheme(Ansi.OFF)).synopsis(0);
      return synopsis.strip().replaceAll("\\s+", " ");
    }
    Stream<String> options = spec.options().stream().flatMap(each -> Stream.of(each.names()));
    return Stream.concat(spec.subcommands().keySet().stream(), options)
        .collect(Collectors.joining(", "));
  }
}
