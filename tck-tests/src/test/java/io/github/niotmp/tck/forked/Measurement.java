package io.github.niotmp.tck.forked;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Has machines that tests start measured as this one is, if it is. */
public final class Measurement {
  private static final Pattern AGENT =
      Pattern.compile(
          "-javaagent:(?<jar>[^=]+)(?<before>=(?:.*,)?destfile=)(?<file>[^,]+)(?<after>.*)");

  private final Path jar;
  private final Path reached;

  /** Measures another user, who may read what is in {@code directory}. */
  Measurement(Path directory) {
    jar = directory.resolve("agent.jar");
    reached = directory.resolve("reached");
  }

  /** Returns the options of another machine of this user. */
  public static List<String> options() {
    return agent().map(Matcher::group).stream().toList();
  }

  /** Returns the options of a machine of another user. */
  List<String> optionsForAnother() throws IOException {
    Optional<Matcher> agent = agent();
    if (agent.isEmpty()) {
      return List.of();
    }
    Matcher parts = agent.get();
    if (Files.notExists(jar)) {
      Files.copy(Path.of(parts.group("jar")), jar);
      allow(jar, "r--r--r--");
      allow(Files.createFile(reached), "rw-rw-rw-");
    }
    return List.of("-javaagent:" + jar + parts.group("before") + reached + parts.group("after"));
  }

  /** Adds what machines of another user have reached since to what this one has. */
  void collect() throws IOException {
    Optional<Matcher> agent = agent();
    if (agent.isPresent()) {
      try (FileChannel all =
          FileChannel.open(
              Path.of(agent.get().group("file")),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND)) {
        all.lock(); // as agents of other machines do that add to it
        Files.copy(reached, Channels.newOutputStream(all));
      }
      Files.write(reached, new byte[0]);
    }
  }

  private static Optional<Matcher> agent() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .map(AGENT::matcher)
        .filter(Matcher::matches)
        .findFirst();
  }

  private static void allow(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
