package io.github.niotmp.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs the benchmarks on the current Java and writes the report. */
public final class Main {
  private static final String USAGE =
      "usage: benchmarks/run [--rounds <1 to 99>] [<pattern of benchmarks>]...";

  private Main() {}

  /**
   * Runs all benchmarks once in each round, so that other load on the machine affects all of them
   * alike.
   *
   * @param arguments the directory for the results; {@code --rounds} and their number, if not 3;
   *     patterns of the benchmarks, or none for all
   */
  public static void main(String[] arguments) throws IOException, RunnerException {
    List<String> words = List.of(arguments);
    int rounds = 3;
    List<String> patterns = words.subList(1, words.size());
    if (patterns.size() > 1
        && patterns.get(0).equals("--rounds")
        && patterns.get(1).matches("[1-9][0-9]?")) {
      rounds = Integer.parseInt(patterns.get(1));
      patterns = patterns.subList(2, patterns.size());
    }
    if (patterns.stream().anyMatch(pattern -> pattern.startsWith("-"))) {
      System.err.println(USAGE);
      System.exit(2);
    }
    Results results = new Results();
    try {
      for (int round = 0; round < rounds; round++) {
        run(patterns, results);
      }
    } catch (NoBenchmarksException e) {
      System.err.println("No benchmark matches " + String.join(", ", patterns));
      System.exit(2);
    }
    write(Path.of(words.get(0)), results, rounds, patterns);
  }

  private static void run(List<String> patterns, Results results) throws RunnerException {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(false); // a failing peer loses its own row only
    patterns.forEach(options::include);
    new Runner(options.build()).run().forEach(results::add);
  }

  private static void write(Path directory, Results results, int rounds, List<String> patterns)
      throws IOException {
    String java = "jdk" + Runtime.version().feature();
    Files.createDirectories(directory);
    Files.writeString(directory.resolve(java + ".svg"), Plot.svg(results, "nio-tmp, " + java));
    Files.writeString(
        directory.resolve(java + ".md"),
        "# %s, %s, %s\n\n%d rounds of %s; ratios of medians, and where 95 in 100 of them lie.\n\n%s\n%s"
            .formatted(
                System.getProperty("java.vm.name"),
                Runtime.version(),
                LocalDate.now(ZoneOffset.UTC),
                rounds,
                patterns.isEmpty() ? "all" : String.join(", ", patterns),
                Tables.targets(results),
                Tables.ratios(results)));
  }
}
