package io.github.niotmp.session;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a session, says where it is, and keeps it until its input ends. */
final class SessionHolder {
  private SessionHolder() {}

  public static void main(String[] arguments) throws IOException {
    DirectoryLease place = Session.in(Path.of(arguments[0])).forNamed();
    Path directory = place.enter();
    Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(directory.resolve("a/b/file"), "text");
    System.out.println(directory);
    while (System.in.read() >= 0) {
      // until whoever started this is done
    }
    place.leave();
  }
}
