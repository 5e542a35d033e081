package io.github.niotmp.command;

import io.github.niotmp.command.diagnosis.Check;
import io.github.niotmp.command.diagnosis.Diagnosis;
import io.github.niotmp.command.diagnosis.Examination;
import io.github.niotmp.command.diagnosis.Outcome;
import io.github.niotmp.command.diagnosis.Refusal;
import io.github.niotmp.command.diagnosis.Subject;
import io.github.niotmp.command.diagnosis.Verdict;
import io.github.niotmp.internal.report.Notices;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi.IStyle;
import picocli.CommandLine.Help.Ansi.Style;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints the state of a directory. */
@Command(
    name = "doctor",
    description = {
      "Tests whether a directory is fit for temporary files.",
      "",
      "Shows its file system, free space, permissions and sessions. Creates files in it, writes,"
          + " locks, renames and unlinks them, and removes them. The last line is the verdict.",
      "",
      "Examples:",
      "  nio-tmp doctor",
      "  nio-tmp doctor --json /var/tmp",
      "  nio-tmp doctor 'tmp://name?storage=host'"
    },
    exitCodeList = {
      "0:The directory can be used; the verdict names its limits, if any.",
      "1:There is a problem; the verdict names each cause once.",
      "2:An unknown option or argument."
    })
final class Doctor implements Callable<Integer> {
  private final Screen screen;

  @Mixin JsonOptions options = new JsonOptions();
  @Mixin HelpOption help = new HelpOption();

  @Parameters(
      arity = "0..1",
      paramLabel = "DIRECTORY|URI",
      converter = DirectoryArgument.Converter.class,
      description =
          "A path, or the URI of a directory of any installed provider. Without it, the directory"
              + " that the library uses. A tmp: URI names a file system of this process.")
  @Nullable DirectoryArgument given;

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  CommandSpec spec;

  Doctor(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException {
    if (options.schema) {
      screen.text(JsonOptions.schemaOf("doctor"));
      return 0;
    }
    Diagnosis diagnosis = given == null ? Examination.ofTemporaryDirectory() : examine(given);
    Notices.deliver(); // log lines before the verdict, which is the last line
    if (options.json) {
      screen.text(Json.text(json(diagnosis)));
    } else {
      print(diagnosis);
    }
    return diagnosis.verdict() == Verdict.PROBLEM ? NioTmp.FAILED : 0;
  }

  private Diagnosis examine(DirectoryArgument argument) throws IOException {
    try (DirectoryArgument.Opened directory = argument.open()) {
      return Examination.of(directory.path());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private void print(Diagnosis diagnosis) {
    for (Refusal refusal : diagnosis.refused()) {
      screen.row(
          "not usable", refusal.directory() + " (" + refusal.source() + "): " + refusal.reason());
    }
    for (Check check : diagnosis.checks()) {
      print(check, origin(diagnosis));
    }
    IStyle style =
        switch (diagnosis.verdict()) {
          case WELL -> Style.fg_green;
          case LIMITED -> Style.fg_yellow;
          case PROBLEM -> Style.fg_red;
        };
    screen.paragraph(diagnosis.summary(), Style.bold, style);
  }

  private static String origin(Diagnosis diagnosis) {
    if (diagnosis.source() != null) {
      return " (" + diagnosis.source() + "), the first usable";
    }
    boolean isTmp = String.valueOf(diagnosis.directory()).startsWith("tmp:");
    return isTmp ? ", of this process; nio-tmp top shows those of running JVMs" : "";
  }

  private void print(Check check, String origin) {
    String label = check.subject().label();
    if (check.subject() == Subject.DIRECTORY && check.outcome() == Outcome.OK) {
      screen.row(label, check.findings().get(0) + origin);
      return;
    }
    for (Iterator<String> findings = check.findings().iterator(); findings.hasNext(); ) {
      String finding = findings.next();
      Outcome outcome = findings.hasNext() ? Outcome.OK : check.outcome();
      switch (outcome) {
        case OK, SKIPPED -> screen.row(label, finding);
        case LIMIT -> screen.row(label, "LIMIT", finding, Style.fg_yellow);
        case PROBLEM -> screen.row(label, "PROBLEM", finding, Style.fg_red);
      }
      label = "";
    }
  }

  private static Map<String, @Nullable Object> json(Diagnosis diagnosis) {
    Map<String, Object> checks = new LinkedHashMap<>();
    for (Check check : diagnosis.checks()) {
      checks.put(check.subject().key(), json(check));
    }
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("verdict", word(diagnosis.verdict()));
    all.put("summary", diagnosis.summary());
    all.put("directory", diagnosis.directory());
    all.put("source", diagnosis.source());
    all.put("refused", diagnosis.refused().stream().map(Doctor::json).toList());
    all.put("limits", diagnosis.limits());
    all.put("problems", diagnosis.problems());
    all.put("checks", checks);
    return all;
  }

  private static Map<String, Object> json(Refusal refusal) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("directory", refusal.directory());
    values.put("source", refusal.source());
    values.put("reason", refusal.reason());
    return values;
  }

  private static Map<String, Object> json(Check check) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("outcome", word(check.outcome()));
    values.put("findings", check.findings());
    values.putAll(check.values());
    return values;
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
