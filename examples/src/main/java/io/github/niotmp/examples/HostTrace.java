package io.github.niotmp.examples;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** Lists the names that {@code tmp:} file systems leave in a directory of the host. */
final class HostTrace {
  private static final String PATTERN = "nio-tmp*";

  private final Path directory;
  private final SortedSet<String> before;

  /** Lists the directory for comparison. */
  HostTrace(Path directory) throws IOException {
    this.directory = directory;
    this.before = names();
  }

  /** Lists the directory again and returns the new names. */
  SortedSet<String> added() throws IOException {
    SortedSet<String> added = names();
    added.removeAll(before);
    return added;
  }

  @Override
  public String toString() {
    return directory.resolve(PATTERN).toString();
  }

  private SortedSet<String> names() throws IOException {
    SortedSet<String> names = new TreeSet<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, PATTERN)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    return names;
  }
}
