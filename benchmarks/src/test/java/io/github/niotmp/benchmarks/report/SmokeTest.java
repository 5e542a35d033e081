package io.github.niotmp.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class SmokeTest {
  @Test
  void eachBenchmarkRunsAndIsInTheTableAndThePlot() throws RunnerException {
    Options once =
        new OptionsBuilder()
            .forks(0)
            .warmupIterations(0)
            .measurementIterations(1)
            .measurementTime(TimeValue.milliseconds(1))
            .param("peer", "TMP", "JIMFS")
            .param("bytes", "100")
            .param("files", "100")
            .param("size", "4")
            .param("step", "8192")
            .verbosity(VerboseMode.SILENT)
            .shouldFailOnError(true)
            .build();

    Collection<RunResult> runs = new Runner(once).run();

    Results results = new Results();
    runs.forEach(results::add);
    assertThat(runs)
        .extracting(run -> run.getParams().getBenchmark())
        .containsAll(
            BenchmarkList.defaultList()
                .getAll(
                    OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT),
                    List.of())
                .stream()
                .map(entry -> entry.getUsername())
                .toList());
    String ratios = Tables.ratios(results);
    String plot = Plot.svg(results, "a few calls of each");
    assertThat(results.works())
        .allSatisfy(
            work -> {
              assertThat(ratios).contains("| " + work + " |");
              if (results.bestPeer(work) != null) {
                assertThat(plot).contains(work.toString());
              }
            });
  }
}
