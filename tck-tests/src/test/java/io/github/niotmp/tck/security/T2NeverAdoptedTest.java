package io.github.niotmp.tck.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T2: a file, directory or link that exists is never adopted: a new name is taken.
 *
 * <p>CVE-2020-27216 (Jetty), CVE-2022-27772 (Spring Boot).
 */
class T2NeverAdoptedTest {
  private static final List<String> NAMES =
      "abcdefghijklmnopqrstuvwxyz234567".chars().mapToObj(Character::toString).toList();
  private static final String FREE = "q";

  @TempDir Path host;
  @TempDir Path outside;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private TempOptions oneCharacter;

  @BeforeEach
  void setUp() {
    oneCharacter = TempOptions.defaults().directory(host).prefix("").suffix("").randomLength(1);
  }

  @Test
  void creatingCallsRefuseWhatExists() throws Exception {
    SystemCalls calls = SystemCalls.ofMakingAll("022", host, outside.resolve("calls"));

    assertThat(calls.creatingFiles()).isNotEmpty().allMatch(call -> call.contains("O_EXCL"));
  }

  @Test
  void aFileTakesTheOneNameThatIsFree() throws IOException {
    plantAllBut(FREE, T2NeverAdoptedTest::write);

    try (TempFile file = TempFile.create(oneCharacter)) {
      assertThat(file.path()).isEqualTo(host.resolve(FREE));
    }

    assertNoneIsChanged(31);
  }

  @Test
  void aDirectoryTakesTheOneNameThatIsFree() throws IOException {
    plantAllBut(FREE, T2NeverAdoptedTest::write);

    try (TempDirectory directory = TempDirectory.create(oneCharacter)) {
      assertThat(directory.path()).isEqualTo(host.resolve(FREE));
    }

    assertNoneIsChanged(31);
  }

  @Test
  void withoutAFreeNameNothingIsTouched() throws IOException {
    plantAllBut("", T2NeverAdoptedTest::write);

    assertThatThrownBy(() -> TempFile.create(oneCharacter))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> TempDirectory.create(oneCharacter))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertNoneIsChanged(32);
  }

  @Test
  void plantedLinksAreNotFollowed() throws IOException {
    Path dangling = outside.resolve("would-be-created");
    plantAllBut("", path -> link(path, dangling));

    assertThatThrownBy(() -> TempFile.create(oneCharacter))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThatThrownBy(() -> TempDirectory.create(oneCharacter))
        .isInstanceOf(FileAlreadyExistsException.class);

    assertThat(dangling).doesNotExist();
  }

  /** Makes one entry. */
  private interface Planting {
    void plant(Path path) throws IOException;
  }

  private void plantAllBut(String free, Planting planting) throws IOException {
    for (String name : NAMES) {
      if (!name.equals(free)) {
        planting.plant(host.resolve(name));
      }
    }
  }

  private static void write(Path path) throws IOException {
    Files.writeString(path, "planted");
  }

  private static void link(Path path, Path target) throws IOException {
    Files.createSymbolicLink(path, target);
  }

  private void assertNoneIsChanged(int count) throws IOException {
    int found = 0;
    for (String name : NAMES) {
      Path path = host.resolve(name);
      if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        assertThat(path).hasContent("planted");
        found++;
      }
    }
    assertThat(found).isEqualTo(count);
  }
}
