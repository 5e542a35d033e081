package io.github.niotmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps that the exit of the JVM takes with a session, while this JVM goes on. */
class SessionExitTest {
  @TempDir Path parent;

  @Test
  void registeredTreesCanBeUsedAndRemovedDuringTheExit() throws IOException {
    Session session = Session.in(parent);
    DirectoryLease place = session.forNamed();
    Path directory = place.enter();
    Path file = Files.createFile(Files.createDirectory(directory.resolve("tree")).resolve("file"));

    session.exit();
    session.exitLast();

    assertThat(file).exists();
    assertThat(session.registerAbove(directory.resolve("tree/other"))).isTrue();
    assertThat(session.registerAbove(parent.resolve("elsewhere"))).isFalse();
    place.leave();
    assertThat(Files.exists(directory, LinkOption.NOFOLLOW_LINKS)).isFalse();
  }
}
