package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import picocli.CommandLine.Option;

/** The options of a command that can print JSON. */
final class JsonOptions {
  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Option(
      names = "--json-schema",
      description = "Print the JSON Schema of that object and exit with 0.")
  boolean schema;

  /** Returns the schema of a command. */
  static String schemaOf(String command) throws IOException {
    return resource(command + ".schema.json");
  }

  /** Returns a text file of this package. */
  static String resource(String name) throws IOException {
    try (InputStream in = requireNonNull(JsonOptions.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8).strip();
    }
  }
}
