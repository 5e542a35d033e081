package io.github.niotmp.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock of a process that is dead, which somebody takes over to remove what it has left. */
class SessionLockTest {
  private final SessionName name = SessionName.fresh(Steps.elsewhere());

  @TempDir Path root;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path file;

  @BeforeEach
  void leaveLockFile() throws IOException {
    file = Files.createFile(root.resolve(name + SessionName.LOCK));
  }

  @Test
  void whoComesSecondInThisVirtualMachineWaitsForTheFirst() throws IOException {
    try (SessionLock first = SessionLock.takeOver(name, file)) {
      assertThat(first).isNotNull();
      assertThat(SessionLock.isHeldHere(name)).isTrue();
      assertThat(SessionLock.takeOver(name, file)).isNull();
    }
    assertFree();
  }

  @Test
  void whatThisVirtualMachineHasLockedOtherwiseIsNotTakenOver() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(channel.lock().isValid()).isTrue();

      assertThat(SessionLock.takeOver(name, file)).isNull();
    }
    assertFree();
  }

  @Test
  void aLockFileThatSomebodyHasRemovedSinceIsNotMadeAgain() throws IOException {
    Files.delete(file);

    assertThat(SessionLock.takeOver(name, file)).isNull();
    assertThat(root).isEmptyDirectory();
    assertThat(SessionLock.isHeldHere(name)).isFalse();
  }

  private void assertFree() throws IOException {
    assertThat(SessionLock.isHeldHere(name)).isFalse();
    requireNonNull(SessionLock.takeOver(name, file)).delete();
    assertThat(root).isEmptyDirectory();
  }
}
