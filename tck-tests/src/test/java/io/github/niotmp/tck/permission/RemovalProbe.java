package io.github.niotmp.tck.permission;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;

/** Prints which directories a removal copes with. */
public final class RemovalProbe {
  private static final String READ_ONLY = "r-x------";
  private static final String CLOSED = "---------";
  private static final String OPEN = "rwx------";

  private RemovalProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    TempOptions inWork = TempOptions.defaults().directory(Path.of(arguments[0]));

    TempDirectory readOnly = TempDirectory.create(inWork);
    Path inner = Files.createDirectories(readOnly.resolve("outer/inner/innermost"));
    Files.createFile(inner.resolve("file"));
    for (String path : new String[] {"outer/inner/innermost", "outer/inner", "outer", ""}) {
      set(readOnly.resolve(path), READ_ONLY);
    }
    say("read-only directories", readOnly);

    TempDirectory closed = TempDirectory.create(inWork);
    set(closed.path(), CLOSED);
    say("an empty directory that cannot be entered", closed);

    TempDirectory around = TempDirectory.create(inWork);
    set(Files.createDirectory(around.resolve("closed")), CLOSED);
    say("an empty directory that cannot be entered, in a tree", around);

    TempDirectory full = TempDirectory.create(inWork);
    Files.createFile(full.resolve("file"));
    Path entered = Files.createDirectory(full.resolve("closed"));
    Files.createFile(entered.resolve("file"));
    set(entered, CLOSED);
    say("a directory that cannot be entered, with an entry", full);
    try (Stream<Path> left = Files.list(full.path())) {
      System.out.println(
          "beside it: " + (left.allMatch(entered::equals) ? "nothing" : "something"));
    }
    set(entered, OPEN);
    say("once it can", full);

    TempDirectory deep = TempDirectory.create(inWork);
    Path below = Files.createDirectories(deep.resolve("outer/closed"));
    Files.createFile(below.resolve("file"));
    set(below, CLOSED);
    say("a directory that cannot be entered, with an entry, below another", deep);
    set(below, OPEN);
    say("once it can", deep);
  }

  private static void set(Path path, String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static void say(String what, TempDirectory directory) {
    String outcome;
    try {
      directory.close();
      outcome = Files.exists(directory.path()) ? "still there" : "removed";
    } catch (IOException e) {
      outcome = e.getClass().getSimpleName();
    }
    System.out.println(what + ": " + outcome);
  }
}
