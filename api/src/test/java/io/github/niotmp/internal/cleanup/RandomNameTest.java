package io.github.niotmp.internal.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of sockets: bind(2) reports a taken name and a lack of permission as BindException. */
final class RandomNameTest {
  @TempDir Path directory;

  private final List<Path> tried = new ArrayList<>();

  private Path bind(Path path, int taken) throws IOException {
    tried.add(path);
    if (tried.size() <= taken) {
      Files.createFile(path);
      throw new BindException("Address already in use");
    }
    return path;
  }

  private Path refuse(Path path) throws IOException {
    tried.add(path);
    throw new BindException("Permission denied");
  }

  @Test
  void anotherNameIsTriedAfterEachThatIsTaken() throws IOException {
    Path made = new RandomName("socket", "", 4).make(directory, path -> bind(path, 2));

    assertThat(tried).doesNotHaveDuplicates().hasSize(3).last().isEqualTo(made);
  }

  @Test
  void aNameWithoutRandomPartIsTriedOnce() {
    assertThatThrownBy(() -> new RandomName("socket", "", 0).make(directory, path -> bind(path, 2)))
        .isInstanceOf(BindException.class)
        .hasMessage("Address already in use");
    assertThat(tried).containsExactly(directory.resolve("socket"));
  }

  @Test
  void aRefusalThatNoOtherNameAvoidsIsReportedAtOnce() {
    assertThatThrownBy(() -> new RandomName("socket", "", 4).make(directory, this::refuse))
        .isInstanceOf(BindException.class)
        .hasMessage("Permission denied");
    assertThat(tried).hasSize(1);
  }

  @Test
  void namesAreEqualByAllPartsAndUniqueOnesHaveEnoughRandomCharacters() {
    RandomName few = new RandomName("a", ".b", 4);

    assertThat(few)
        .isEqualTo(new RandomName("a", ".b", 4))
        .hasSameHashCodeAs(new RandomName("a", ".b", 4))
        .isNotEqualTo(new RandomName("a", ".b", 5))
        .isNotEqualTo(new RandomName("a", ".c", 4))
        .isNotEqualTo(new RandomName("b", ".b", 4));
    assertThat(few.unique().randomLength()).isGreaterThanOrEqualTo(16);
    assertThat(few.unique().unique()).isEqualTo(few.unique());
  }
}
