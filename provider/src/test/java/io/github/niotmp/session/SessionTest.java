package io.github.niotmp.session;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.internal.search.UserDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
  @TempDir Path parent;
  @TempDir Path elsewhere;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Session session;

  @BeforeEach
  void open() throws IOException {
    session = Session.in(parent);
  }

  @Test
  void eachDirectoryHasOneSession() throws IOException {
    Session other = Session.in(elsewhere);

    assertThat(other).isNotSameAs(session);
    assertThat(Session.in(parent)).isSameAs(session);
    assertThat(Session.in(elsewhere)).isSameAs(other);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void onlyTheFirstUserReclaimsFilesOfDeadProcesses(boolean named) throws IOException {
    UserDirectory root = UserDirectory.in(parent);
    root.create();
    Path left = Files.createFile(root.path().resolve(UserDirectory.UNLINKED + "left"));
    DirectoryLease place = named ? session.forNamed() : session.forUnlinked();

    place.enter();
    assertThat(left).doesNotExist();

    Files.createFile(left);
    place.enter();
    assertThat(left).exists();

    Files.delete(left);
    place.leave();
    place.leave();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void theFirstUserWaitsForASweepForAShortTimeOnly() throws Exception {
    UserDirectory root = UserDirectory.in(parent);
    root.create();
    Path stranger = Files.createFile(root.path().resolve("stranger"));
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch swept = new CountDownLatch(1);
    Logger logger = Logger.getLogger("io.github.niotmp");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            try {
              entered.await();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            swept.countDown();
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    try {
      session.forUnlinked().enter(); // would wait for the line of the log, which waits for it
      entered.countDown();
      assertThat(swept.await(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      logger.removeHandler(handler);
    }
    Files.delete(stranger);
    session.forUnlinked().leave();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aSessionWhoseLockFileIsRemovedGetsAnotherName() throws IOException {
    DirectoryLease place = session.forNamed();
    Path first = place.enter();
    SessionName name = requireNonNull(SessionName.parse(first.getFileName().toString()));
    assertThat(SessionLock.isHeldHere(name)).isTrue();
    Files.delete(first.resolveSibling(name + SessionName.LOCK));

    Path second = place.enter();
    assertThat(second).isNotEqualTo(first).isDirectory();
    assertThat(SessionLock.isHeldHere(name)).isFalse();

    place.leave();
    place.leave();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aForeignDirectoryUnderAReleasedNameStays() throws IOException {
    DirectoryLease place = session.forNamed();
    Path gone = place.enter();
    place.leave();
    session.forUnlinked().enter(); // makes the root again
    Files.createDirectory(gone);

    assertThat(place.enter()).isNotEqualTo(gone);
    place.leave();
    assertThat(gone).isDirectory();

    Files.delete(gone);
    session.forUnlinked().leave();
  }

  @Test
  void aSessionThatCannotBeCreatedLeavesNoFile() throws IOException {
    Path deepest = deepestDirectory();
    DirectoryLease place = Session.in(deepest).forNamed();

    assertThatThrownBy(place::enter).isInstanceOf(FileSystemException.class);
    assertThat(deepest).isEmptyDirectory();
  }

  /** Returns one whose path leaves room for the name of the root, and not for what is in it. */
  private Path deepestDirectory() throws IOException {
    Path deepest = parent;
    while (true) {
      Path below = deepest.resolve("d".repeat(20));
      try {
        Files.createDirectory(Files.createDirectory(below).resolve("d".repeat(20)));
      } catch (FileSystemException e) {
        Files.delete(below);
        return deepest;
      }
      Files.delete(below.resolve(below.getFileName()));
      deepest = below;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threadsDoNotKeepEachOtherOut(boolean named) throws Exception {
    DirectoryLease place = named ? session.forNamed() : session.forUnlinked();
    Path directory = place.enter();
    place.enter();
    place.leave();

    FutureTask<Path> other =
        new FutureTask<>(
            () -> {
              Session same = Session.in(parent);
              return (named ? same.forNamed() : same.forUnlinked()).enter();
            });
    new Thread(other).start();
    assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo(directory);

    place.leave();
    place.leave();
    assertThat(parent).isEmptyDirectory();
  }
}
