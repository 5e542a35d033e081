package io.github.niotmp.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The option for help of a subcommand, and the headings of that help. */
@Command(
    optionListHeading = "%nOptions:%n",
    parameterListHeading = "%nParameters:%n",
    exitCodeListHeading = "%nExit codes:%n")
final class HelpOption {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;
}
