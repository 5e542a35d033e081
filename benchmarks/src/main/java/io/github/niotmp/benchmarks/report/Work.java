package io.github.niotmp.benchmarks.report;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * One kind of work with its parameters, the same for each peer.
 *
 * @param name the class and method of the benchmark, as {@code SmallFile.ownName}
 * @param parameters as {@code bytes=4096}, with spaces between several, or empty
 */
record Work(String name, String parameters) implements Comparable<Work> {
  /** The name of the limit, which does the work with arrays, maps and system calls alone. */
  static final String LIMIT = "LIMIT";

  /** The parameters that name the peer. */
  private static final Set<String> DOERS = Set.of("peer", "spool");

  private static final String ROOM = "io.github.niotmp.benchmarks.";
  private static final String NESTED_LIMIT = ".Limit.";

  static Work of(BenchmarkParams benchmark) {
    Map<String, String> parameters = new TreeMap<>();
    for (String key : benchmark.getParamsKeys()) {
      if (!DOERS.contains(key)) {
        parameters.put(key, benchmark.getParam(key));
      }
    }
    return new Work(
        benchmark.getBenchmark().substring(ROOM.length()).replace(NESTED_LIMIT, "."),
        parameters.entrySet().stream()
            .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
            .collect(Collectors.joining(" ")));
  }

  /** Returns the name of the peer, or {@link #LIMIT}. */
  static String doer(BenchmarkParams benchmark) {
    if (benchmark.getBenchmark().contains(NESTED_LIMIT)) {
      return LIMIT;
    }
    for (String key : DOERS) {
      String doer = benchmark.getParam(key);
      if (doer != null) {
        return doer;
      }
    }
    return "TMP";
  }

  @Override
  public int compareTo(Work other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : parameters.compareTo(other.parameters);
  }

  @Override
  public String toString() {
    return parameters.isEmpty() ? name : name + " " + parameters;
  }
}
