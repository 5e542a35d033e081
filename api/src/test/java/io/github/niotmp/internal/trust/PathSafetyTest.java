package io.github.niotmp.internal.trust;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs(OS.LINUX)
class PathSafetyTest {
  private static final int ANOTHER_USER = 4711;

  @TempDir Path temp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path outer;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path inner;

  private int user;

  @BeforeEach
  void create() throws IOException {
    outer = Files.createDirectory(temp.toRealPath().resolve("outer"));
    inner = Files.createDirectory(outer.resolve("inner"));
    user = (int) Files.getAttribute(outer, "unix:uid");
  }

  @Test
  void aPathOfThisUserAndRootIsSafe() throws IOException {
    assertThat(PathSafety.firstUnsafe(inner, user)).isNull();
    assertThat(PathSafety.firstInexact(inner, user)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0777, 02777, 0703, 0702})
  void aStepThatAllMayWriteToIsNamed(int mode) throws IOException {
    Files.setAttribute(outer, "unix:mode", mode);

    assertThat(PathSafety.firstUnsafe(inner, user))
        .isEqualTo(
            new UnsafeStep(
                outer,
                "Any user may replace its entries: it is writable for all and has no sticky bit"));
    assertThat(requireNonNull(PathSafety.firstInexact(inner, user)).path()).isEqualTo(outer);
  }

  @ParameterizedTest
  @ValueSource(ints = {01777, 01775, 0755, 0711})
  void theStickyBitAndTheOwnersPermissionProtect(int mode) throws IOException {
    Files.setAttribute(outer, "unix:mode", mode);

    assertThat(PathSafety.firstUnsafe(inner, user)).isNull();
    assertThat(PathSafety.firstInexact(inner, user)).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0770, 02775})
  void aGroupIsTrustedUnlessThePathMustBeExact(int mode) throws IOException {
    Files.setAttribute(outer, "unix:mode", mode);

    assertThat(PathSafety.firstUnsafe(inner, user)).isNull();
    assertThat(PathSafety.firstInexact(inner, user))
        .isEqualTo(new UnsafeStep(outer, "Its group may replace its entries"));
  }

  @Test
  void aStepOfAnotherUserIsNamedWithItsOwner() throws IOException {
    if (user == 0) {
      Files.setAttribute(outer, "unix:uid", 54321); // for root trusts nobody but root
    }
    UnsafeStep found =
        requireNonNull(PathSafety.firstUnsafe(inner, user == 0 ? user : ANOTHER_USER));

    assertThat(found.reason())
        .isEqualTo(
            "It belongs to "
                + Files.getOwner(found.path()).getName()
                + ", who may replace its entries");
    assertThat(found).hasToString(found.path() + ": " + found.reason());
  }

  @Test
  void aLinkIsFollowedUnlessThePathMustBeExact() throws IOException {
    Path link = Files.createSymbolicLink(temp.toRealPath().resolve("link"), Path.of("outer"));
    Path through = link.resolve("inner/..").resolve(".").resolve("inner");

    assertThat(PathSafety.firstUnsafe(through, user)).isNull();
    assertThat(PathSafety.firstInexact(through, user))
        .isEqualTo(new UnsafeStep(link, "It is a symbolic link"));
    Files.setAttribute(outer, "unix:mode", 0777);
    assertThat(requireNonNull(PathSafety.firstUnsafe(through, user)).path()).isEqualTo(outer);
  }

  @Test
  void aMissingStepIsReported() {
    assertThatThrownBy(() -> PathSafety.firstUnsafe(outer.resolve("missing/below"), user))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining("missing");
  }

  @Test
  void onlyPathsWithOwnersAndModesCanBeChecked() throws IOException {
    assertThat(PathSafety.canCheck(inner)).isTrue();
    try (FileSystem zip =
        FileSystems.newFileSystem(temp.resolve("archive.zip"), Map.of("create", "true"))) {
      assertThat(PathSafety.canCheck(zip.getPath("/"))).isFalse();
    }
  }
}
