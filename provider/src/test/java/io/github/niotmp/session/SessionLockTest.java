package io.github.niotmp.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
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
  void aSecondTakeOverInThisJvmIsRefused() throws IOException {
    try (SessionLock first = SessionLock.takeOver(name, file)) {
      assertThat(first).isNotNull();
      assertThat(SessionLock.isHeldHere(name)).isTrue();
      assertThat(SessionLock.takeOver(name, file)).isNull();
    }
    assertFree();
  }

  @Test
  void aFileThatThisJvmLocksThroughAChannelIsNotTakenOver() throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      assertThat(channel.lock().isValid()).isTrue();

      assertThat(SessionLock.takeOver(name, file)).isNull();
    }
    assertFree();
  }

  @Test
  void aRemovedLockFileIsNotCreatedAgain() throws IOException {
    Files.delete(file);

    assertThat(SessionLock.takeOver(name, file)).isNull();
    assertThat(root).isEmptyDirectory();
    assertThat(SessionLock.isHeldHere(name)).isFalse();
  }

  @Test
  void aNameThatIsTakenAgainAndAgainIsGivenUp() throws IOException {
    Files.delete(file);
    AtomicInteger tries = new AtomicInteger();
    try (SessionLock held = SessionLock.create(root, () -> name)) {
      assertThatThrownBy(
              () ->
                  SessionLock.create(
                      root,
                      () -> {
                        tries.incrementAndGet();
                        return name;
                      }))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining(root + ": No lock of a file there lasts");
      assertThat(held.isIn(root)).isTrue();
    }
    assertThat(tries).hasValue(100);
  }

  private void assertFree() throws IOException {
    assertThat(SessionLock.isHeldHere(name)).isFalse();
    requireNonNull(SessionLock.takeOver(name, file)).delete();
    assertThat(root).isEmptyDirectory();
  }
}
