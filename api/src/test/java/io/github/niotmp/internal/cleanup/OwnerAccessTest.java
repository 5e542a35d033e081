package io.github.niotmp.internal.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A directory that its owner cannot open, so that its mode can only be set by its path. */
@EnabledOnOs(OS.LINUX)
final class OwnerAccessTest {
  private static final int ANOTHER_USER = 4711;
  private static final String CLOSED = "-wx------";
  private static final String GRANTED = "rwx------";
  private static final Path NAME = Path.of("closed");

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path outer;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path root;

  @BeforeEach
  void create() throws IOException {
    outer = directory(temp.resolve("outer"), GRANTED);
    root = directory(outer.resolve("root"), GRANTED);
  }

  private static Path directory(Path path, String permissions) throws IOException {
    Files.createDirectory(path);
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static void deny() throws AccessDeniedException {
    throw new AccessDeniedException("closed", null, "Permission denied");
  }

  private void grant(RefusingDirectory.Refusal refusal) throws IOException {
    try (SecureDirectoryStream<Path> top = RefusingDirectory.open(root, refusal)) {
      new OwnerAccess(root).grant(top, top, root, NAME);
    }
  }

  private static void giveToAnotherUser(Path path) throws IOException {
    assumeTrue((int) Files.getAttribute(path, "unix:uid") == 0, "only root gives a file away");
    Files.setAttribute(path, "unix:uid", ANOTHER_USER);
  }

  @Test
  void itGetsTheModeWhereNoOtherUserCanExchangeAStep() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);

    grant(OwnerAccessTest::deny);

    assertThat(permissions(closed)).isEqualTo(GRANTED);
  }

  @Test
  void itKeepsItsModeBelowADirectoryThatOthersWriteTo() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    Files.setAttribute(outer, "unix:mode", 0777);

    assertThatThrownBy(() -> grant(OwnerAccessTest::deny))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(outer + " is not this user's alone");
    assertThat(permissions(closed)).isEqualTo(CLOSED);
  }

  @Test
  void itKeepsItsModeBelowADirectoryThatAGroupWritesTo() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    Files.setAttribute(outer, "unix:mode", 0770);

    assertThatThrownBy(() -> grant(OwnerAccessTest::deny))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(outer + " is not this user's alone");
    assertThat(permissions(closed)).isEqualTo(CLOSED);
  }

  @Test
  void itGetsTheModeBelowOneWithTheStickyBit() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    Files.setAttribute(outer, "unix:mode", 01777);

    grant(OwnerAccessTest::deny);

    assertThat(permissions(closed)).isEqualTo(GRANTED);
  }

  @Test
  void itKeepsItsModeIfTheStickyBitProtectsTheStepOfAnotherUser() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    Files.setAttribute(outer, "unix:mode", 01777);
    giveToAnotherUser(root);

    assertThatThrownBy(() -> grant(OwnerAccessTest::deny))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(root + " is not this user's alone");
    assertThat(permissions(closed)).isEqualTo(CLOSED);
  }

  @Test
  void itKeepsItsModeIfAStepBelongsToAnotherUser() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    giveToAnotherUser(outer);

    assertThatThrownBy(() -> grant(OwnerAccessTest::deny))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining(outer + " is not this user's alone");
    assertThat(permissions(closed)).isEqualTo(CLOSED);
  }

  @Test
  void itKeepsItsModeIfItBelongsToAnotherUser() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    giveToAnotherUser(closed);

    assertThatThrownBy(() -> grant(OwnerAccessTest::deny))
        .isInstanceOf(AccessDeniedException.class)
        .hasMessageContaining("does not own it");
    assertThat(permissions(closed)).isEqualTo(CLOSED);
  }

  @Test
  void aLinkThatComesInItsPlaceIsNotFollowed() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    Path outside = directory(temp.resolve("outside"), "r-x------");

    assertThatThrownBy(
            () ->
                grant(
                    () -> {
                      Files.delete(closed);
                      Files.createSymbolicLink(closed, outside);
                      deny();
                    }))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(permissions(outside)).isEqualTo("r-x------");
  }

  @Test
  void aDirectoryThatComesInThePlaceOfItsParentIsLeftAlone() throws IOException {
    Path parent = directory(root.resolve("parent"), GRANTED);
    directory(parent.resolve(NAME), CLOSED);
    try (SecureDirectoryStream<Path> top = RefusingDirectory.open(root, OwnerAccessTest::deny);
        SecureDirectoryStream<Path> open = RefusingDirectory.open(parent, OwnerAccessTest::deny)) {
      Files.move(parent, root.resolve("moved"));
      directory(parent, GRANTED);
      Path other = directory(parent.resolve(NAME), CLOSED);

      assertThatThrownBy(() -> new OwnerAccess(root).grant(top, open, parent, NAME))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining(parent + ": Replaced while it was removed");
      assertThat(permissions(other)).isEqualTo(CLOSED);
    }
  }

  @Test
  void itKeepsItsModeIfAStepBecameALinkToWhereItIsNow() throws IOException {
    Path step = directory(root.resolve("step"), GRANTED);
    Path parent = directory(step.resolve("parent"), GRANTED);
    directory(parent.resolve(NAME), CLOSED);
    try (SecureDirectoryStream<Path> top = RefusingDirectory.open(root, OwnerAccessTest::deny);
        SecureDirectoryStream<Path> open = RefusingDirectory.open(parent, OwnerAccessTest::deny)) {
      Path moved = Files.move(step, temp.resolve("moved"));
      Files.createSymbolicLink(step, moved);

      assertThatThrownBy(() -> new OwnerAccess(root).grant(top, open, parent, NAME))
          .isInstanceOf(AccessDeniedException.class)
          .hasMessageContaining(step + " is not this user's alone");
      assertThat(permissions(parent.resolve(NAME))).isEqualTo(CLOSED);
    }
  }

  @Test
  void anEntryThatIsGoneIsReportedAsThat() throws IOException {
    directory(root.resolve(NAME), CLOSED);
    NoSuchFileException gone = new NoSuchFileException("closed");

    assertThatThrownBy(
            () ->
                grant(
                    () -> {
                      throw gone;
                    }))
        .isSameAs(gone);
  }

  @Test
  void anotherProviderGetsNoChangeByPath() throws IOException {
    Path closed = directory(root.resolve(NAME), CLOSED);
    AccessDeniedException denied = new AccessDeniedException("closed");
    try (FileSystem zip =
            FileSystems.newFileSystem(temp.resolve("archive.zip"), Map.of("create", "true"));
        SecureDirectoryStream<Path> top =
            RefusingDirectory.open(
                root,
                () -> {
                  throw denied;
                })) {
      assertThatThrownBy(() -> new OwnerAccess(root).grant(top, top, zip.getPath("/"), NAME))
          .isSameAs(denied);
    }
    assertThat(permissions(closed)).isEqualTo(CLOSED);
  }

  @Test
  void aFileKeepsItsMode() throws IOException {
    Path file = Files.createFile(root.resolve(NAME));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(CLOSED));

    assertThatThrownBy(() -> grant(() -> {})).isInstanceOf(AccessDeniedException.class);
    assertThatThrownBy(() -> new OwnerAccess(root).grant(file))
        .isInstanceOf(AccessDeniedException.class);
    assertThat(permissions(file)).isEqualTo(CLOSED);
  }
}
