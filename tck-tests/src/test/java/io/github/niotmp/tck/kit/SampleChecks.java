package io.github.niotmp.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Tests with known outcomes, for tests of the kit itself. */
class SampleChecks extends FileSystemContract {

  @ContractTest
  @Required(
      by = Files.class,
      member = "createFile(Path,FileAttribute...)",
      sentence = "Creates a new and empty file")
  void passing() throws IOException {
    assertThat(Files.size(Files.createFile(root().resolve("file")))).isZero();
  }

  @ContractTest
  @Required(by = Files.class, member = "size(Path)", sentence = "Returns the size of a file")
  void failing() throws IOException {
    Path file = Files.createFile(root().resolve("file"));
    assertThat(Files.size(file)).isEqualTo(1);
  }

  @ContractTest(rows = "values")
  void rows(String value) {
    assertThat(value).isEqualTo("even");
  }

  static List<String> values() {
    return List.of("even", "odd");
  }

  @ContractTest
  @AsOnLinux
  void ofLinux() {}

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  void needing() {}

  @ContractTest
  @Without(Feature.SYMBOLIC_LINKS)
  void without() {}

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  void having() {}

  /** Opens a second file system. */
  static class OfTwoFileSystems extends FileSystemContract {
    @ContractTest
    void opening() throws IOException {
      assertThat(rootOfAnother()).exists();
    }
  }

  /** Waits for an event that never comes. */
  static class HangingChecks extends FileSystemContract {
    @ContractTest
    void hanging() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @ContractTest
    void next() {}
  }
}
