package io.github.niotmp.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.junit.TmpTempDirFactory;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** The newest JUnit as a client; the factory's own tests have the oldest. */
class TempDirTest {
  private static final List<FileSystem> BEFORE = new ArrayList<>();

  @RepeatedTest(2)
  void eachDirectoryIsFreshAndGoneAfterItsTest(
      @TempDir(factory = TmpTempDirFactory.class) Path directory) throws IOException {
    assertThat(directory.toUri()).hasScheme("tmp");
    assertThat(directory).isEmptyDirectory();
    assertThat(BEFORE).noneMatch(FileSystem::isOpen);
    BEFORE.add(directory.getFileSystem());
    Path nested = Files.createDirectories(directory.resolve("a/b"));
    Files.writeString(nested.resolve("f"), "text");
  }
}
