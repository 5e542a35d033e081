package io.github.niotmp.clients.table;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Result;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The section of README.md for the JDK in use. From JDK 22 on clients run in newer versions, and
 * files map into memory segments.
 */
final class Table {
  private static final Path README = Path.of("README.md");
  private static final String BEGIN =
      Runtime.version().feature() < 22 ? "<!-- JDK 17 -->" : "<!-- JDK 22 -->";
  private static final String END = "<!-- end -->";

  private Table() {}

  /** Returns the rows of the last run. */
  static List<Row> ofLastRun() {
    List<Row> rows = new ArrayList<>();
    for (Class<?> type : ClassPath.clients()) {
      Client client = type.getAnnotation(Client.class);
      List<Result> results = Result.read(type);
      Arrays.stream(type.getDeclaredMethods())
          .filter(method -> method.isAnnotationPresent(Scenario.class))
          .map(method -> row(client, method, results))
          .sorted(Comparator.comparing(Row::scenario))
          .forEach(rows::add);
    }
    return rows;
  }

  private static Row row(Client client, Method method, List<Result> results) {
    return Row.of(
        client.name(),
        client.artifact().isEmpty()
            ? "JDK " + Runtime.version().feature()
            : ClassPath.version(client),
        method.getAnnotation(Scenario.class).value(),
        results.stream().filter(result -> result.method().equals(method.getName())).toList());
  }

  /** Returns the rows in README.md. */
  static List<Row> written() throws IOException {
    return section(Files.readString(README))
        .lines()
        .filter(line -> line.startsWith("| "))
        .skip(1) // the header
        .map(Row::parse)
        .toList();
  }

  /** Writes the rows into README.md. */
  static void write(List<Row> rows) throws IOException {
    String readme = Files.readString(README);
    StringBuilder table = new StringBuilder("\n").append(Row.header()).append('\n');
    rows.forEach(row -> table.append(row).append('\n'));
    Files.writeString(README, readme.replace(BEGIN + section(readme), BEGIN + table));
  }

  private static String section(String readme) {
    int begin = readme.indexOf(BEGIN) + BEGIN.length();
    return readme.substring(begin, readme.indexOf(END, begin));
  }
}
