package io.github.niotmp.command;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.command.diagnosis.Size;
import io.github.niotmp.command.jvm.ObservedFileSystem;
import io.github.niotmp.command.jvm.ObservedJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows the file systems of a running JVM. */
@Command(
    name = "top",
    description = {
      "Shows the tmp: file systems of a running JVM.",
      "",
      "It shows those with the setting mxbean=true, and the default one if the JVM was started"
          + " with this option:",
      "  -Dio.github.niotmp.default.mxbean=true", // a line, because picocli breaks lines at dots
      "",
      "On a terminal the table is refreshed until that JVM ends, the key q or an interrupt"
          + " (Ctrl-C). It shows as many lines as fit; --once prints all."
    },
    exitCodeList = {
      "0:The file systems were shown.",
      "1:The process is no JVM of this user, or shows no file system.",
      "2:An unknown option or argument.",
      "130:An interrupt."
    })
final class Top implements Callable<Integer> {
  private final Screen screen;

  @Mixin JsonOptions options = new JsonOptions();
  @Mixin HelpOption help = new HelpOption();

  @Option(names = "--once", description = "Print the table once, also on a terminal.")
  boolean once;

  @Option(
      names = "--largest",
      paramLabel = "N",
      description = "List the N largest files of each file system.")
  @Nullable Integer largest;

  @Option(
      names = "--in",
      paramLabel = "STORAGE",
      description =
          "List only files whose bytes are there: ${COMPLETION-CANDIDATES}. Looks through the"
              + " 65,536 largest files, or N if that is more. Needs --largest.")
  @Nullable Storage in;

  @Option(
      names = "--handles",
      description = "List the open handles of each file system, the oldest first.")
  boolean handles;

  @Option(names = "--settings", description = "List the settings of each file system.")
  boolean settings;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "Refresh the table after so many seconds (default: 2).")
  int interval = 2;

  @Parameters(arity = "0..1", paramLabel = "PID", description = "The process ID of the JVM.")
  long pid;

  @SuppressWarnings("NullAway.Init") // by picocli
  @Spec
  CommandSpec spec;

  Top(Screen screen) {
    this.screen = screen;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (options.schema) {
      screen.text(JsonOptions.schemaOf("top"));
      return 0;
    }
    check(pid > 0, "top needs a process ID");
    check(largest == null || largest > 0, "--largest is " + largest);
    check(in == null || largest != null, "--in needs --largest");
    check(interval > 0, "--interval is " + interval);
    try (ObservedJvm jvm = ObservedJvm.attach(pid)) {
      return show(jvm);
    } catch (NoClassDefFoundError e) {
      throw new IOException(
          "this Java has no module jdk.attach or java.management.rmi; run nio-tmp with a JDK", e);
    }
  }

  private void check(boolean isAllowed, String reason) {
    if (!isAllowed) {
      throw new ParameterException(spec.commandLine(), reason);
    }
  }

  private int show(ObservedJvm jvm) throws IOException, InterruptedException {
    List<ObservedFileSystem> found = read(jvm);
    if (found.isEmpty()) {
      throw new IOException(
          "process "
              + pid
              + " shows no tmp: file system; it has opened none yet, or those that it has opened"
              + " lack the setting mxbean=true");
    }
    Terminal terminal = screen.terminal();
    if (options.json) {
      screen.text(Json.text(json(found)));
    } else if (once || terminal == null) {
      lines(found, screen.width(), Screen.UNLIMITED).forEach(screen::line);
    } else {
      refresh(jvm, found, terminal);
      screen.line("process " + pid + " has ended");
    }
    return 0;
  }

  private List<ObservedFileSystem> read(ObservedJvm jvm) throws IOException {
    return jvm.fileSystems(largest == null ? 0 : largest, in, handles);
  }

  /** Shows the table until the observed JVM ends. The user may end this JVM before. */
  private void refresh(ObservedJvm jvm, List<ObservedFileSystem> first, Terminal terminal)
      throws IOException, InterruptedException {
    try (FullScreen full = FullScreen.open(screen.out(), terminal)) {
      for (List<ObservedFileSystem> found = first; ; found = read(jvm)) {
        Terminal.Size size = full.size();
        full.show(lines(found, size.columns(), size.columns()), size);
        TimeUnit.SECONDS.sleep(interval);
      }
    } catch (IOException e) {
      if (!jvm.hasEnded()) {
        throw e;
      }
    }
  }

  private Map<String, Object> json(List<ObservedFileSystem> found) {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("pid", pid);
    all.put("fileSystems", found.stream().map(ObservedFileSystem::values).toList());
    return all;
  }

  /**
   * Returns the table.
   *
   * @param width the columns of the screen; a narrow one has fewer columns of the table
   * @param widest the most columns of a line that has a cut name
   */
  private List<String> lines(List<ObservedFileSystem> found, int width, int widest) {
    boolean isWide = width >= Column.WIDE;
    List<Column> columns = Column.ALL.stream().filter(each -> isWide || !each.wideOnly()).toList();
    int rest = columns.stream().mapToInt(Column::width).sum();
    int longest = found.stream().mapToInt(each -> DisplayWidth.of(each.name())).max().orElse(0);
    int first = Math.max(11, Math.min(longest, widest - rest));
    List<String> lines = new ArrayList<>();
    StringBuilder heading = new StringBuilder(DisplayWidth.fitted("FILE SYSTEM", first));
    columns.forEach(column -> heading.append(right(column.heading(), column.width())));
    lines.add(heading.toString());
    for (ObservedFileSystem each : found) {
      StringBuilder line = new StringBuilder(DisplayWidth.fitted(each.name(), first));
      columns.forEach(column -> line.append(right(column.of().apply(each), column.width())));
      lines.add(line.toString());
      each.largest().forEach(file -> lines.add("  " + file(file)));
      each.handles().forEach(handle -> lines.add("  " + handle));
      if (!each.handles().isEmpty() && each.settings().contains("trackOpeners=false")) {
        lines.add("  (the setting trackOpeners=true tells where they were opened)");
      }
      if (settings) {
        each.settings().forEach(setting -> lines.add("  " + setting));
        if (each.hostDirectory() != null) {
          lines.add("  files in " + each.hostDirectory());
        }
      }
    }
    lines.addAll(ofJvm(found));
    return lines;
  }

  /** Returns the lines below the table: the numbers of all file systems together. */
  private static List<String> ofJvm(List<ObservedFileSystem> found) {
    List<String> lines = new ArrayList<>();
    lines.add("descriptors for spill files and host paths: " + greatest(found, "Descriptors"));
    long budget = greatest(found, "JvmMemoryBudget");
    if (budget > 0) {
      String used = Size.text(greatest(found, "JvmMemoryBytes"));
      lines.add("memory of the JVM: " + used + " of " + Size.text(budget));
    }
    for (ObservedFileSystem each : found) {
      if (each.number("Refusals") + each.number("Leaks") > 0) {
        lines.add(
            "%s: calls refused %d, handles leaked %d"
                .formatted(each.name(), each.number("Refusals"), each.number("Leaks")));
      }
    }
    return lines;
  }

  private static long greatest(List<ObservedFileSystem> found, String attribute) {
    return found.stream().mapToLong(each -> each.number(attribute)).max().orElse(0);
  }

  private static String file(String line) {
    int space = line.indexOf(' ');
    return right(Size.text(Long.parseLong(line.substring(0, space))), 10) + line.substring(space);
  }

  private static String right(String text, int width) {
    return " ".repeat(Math.max(1, width - text.length())) + text;
  }
}
