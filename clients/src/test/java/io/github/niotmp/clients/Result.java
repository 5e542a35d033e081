package io.github.niotmp.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The outcome of one scenario on one storage.
 *
 * @param method the name of the scenario's method
 * @param detail whose limit it is and where, or the reason why the scenario was skipped; or empty
 */
public record Result(String method, Storage storage, Outcome outcome, String detail) {
  /** Relative to the module, in which surefire runs tests. */
  private static final Path DIRECTORY = Path.of("target", "clients");

  public Result {
    detail = detail.replaceAll("\\s+", " ").strip();
  }

  /** Reads the results of the last run of a test class; none if it did not run. */
  public static List<Result> read(Class<?> client) {
    Path file = file(client);
    if (Files.notExists(file)) {
      return List.of();
    }
    List<Result> results = new ArrayList<>();
    try {
      for (String line : Files.readAllLines(file)) {
        String[] cells = line.split("\t", -1);
        results.add(
            new Result(cells[0], Storage.valueOf(cells[1]), Outcome.valueOf(cells[2]), cells[3]));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return results;
  }

  static void write(Class<?> client, List<Result> results) throws IOException {
    Files.createDirectories(DIRECTORY);
    Files.write(file(client), results.stream().map(Result::line).toList());
  }

  private static Path file(Class<?> client) {
    return DIRECTORY.resolve(client.getName() + ".tsv");
  }

  private String line() {
    return String.join("\t", method, storage.name(), outcome.name(), detail);
  }
}
