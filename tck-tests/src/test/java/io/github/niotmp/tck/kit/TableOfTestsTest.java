package io.github.niotmp.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The list of tests in the repository. */
class TableOfTestsTest {

  @Test
  void listIsThatOfTheContracts() {
    assertThat(Path.of("TESTS.md")).content().isEqualTo(TableOfTests.text());
  }
}
