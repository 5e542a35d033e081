package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is to stay stays, whether or not that was said at first. */
class KeepTest {
  @TempDir Path directory;

  private TempOptions options(boolean cleanup) {
    return TempOptions.defaults().directory(directory).cleanup(cleanup);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileStays(boolean cleanup) throws IOException {
    TempFile file = TempFile.create(options(cleanup));
    Path kept = file.keep();
    file.close();

    assertThat(kept).isEqualTo(file.path()).isEmptyFile();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileWithoutANameCannot(boolean cleanup) throws IOException {
    try (TempFile file = TempFile.createUnnamed(options(cleanup))) {
      assertThatThrownBy(file::keep).isInstanceOf(UnsupportedOperationException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aDirectoryStays(boolean cleanup) throws IOException {
    TempDirectory tree = TempDirectory.create(options(cleanup));
    Path kept = tree.keep();
    tree.close();

    assertThat(kept).isEqualTo(tree.path()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theNameOfAResourceStaysAndItIsClosed(boolean cleanup) throws IOException {
    TempResource<FileChannel> log =
        TempResource.create(
            options(cleanup),
            path ->
                FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    FileChannel channel = log.resource();
    Path kept = log.keep();
    log.close();

    assertThat(kept).isEqualTo(log.path()).isEmptyFile();
    assertThat(channel.isOpen()).isFalse();
  }
}
