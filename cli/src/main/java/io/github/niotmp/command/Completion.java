package io.github.niotmp.command;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the completion script. */
@Command(
    name = "completion",
    description = {
      "Prints a completion script for bash and zsh.",
      "",
      "To use it in this shell, with nio-tmp as an alias or a script:",
      "  source <(nio-tmp completion)"
    },
    exitCodeList = {"0:The script is printed.", "2:An unknown option or argument."})
final class Completion implements Callable<Integer> {
  private final Screen screen;

  @Mixin HelpOption help = new HelpOption();

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  CommandSpec spec;

  Completion(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() {
    CommandSpec root = spec.root();
    screen.text(AutoComplete.bash(root.name(), root.commandLine()));
    return 0;
  }
}
