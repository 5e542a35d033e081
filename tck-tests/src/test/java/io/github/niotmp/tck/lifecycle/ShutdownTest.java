package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShutdownTest {
  @TempDir Path disk;

  @Test
  void allThatIsOpenIsClosedAndTheLibraryWorksAgain() throws Exception {
    FileSystem before = TmpFileSystems.getDefault();
    Path file = Files.createTempFile(before.getPath("/"), "file", "");
    FileSystem named = TmpFileSystems.open("shut", Map.of());
    FileSystem host = TmpFileSystems.open(Map.of("storage", "host", "directory", disk));
    Files.createFile(host.getPath("/file"));
    TempOptions onDisk = TempOptions.defaults().directory(disk);
    TempFile temporary = TempFile.create(onDisk);
    TempDirectory directory = TempDirectory.create(onDisk);
    Path kept = TempDirectory.create(onDisk).keep();

    TmpFileSystems.shutdown();
    TmpFileSystems.shutdown(); // does nothing

    assertThat(before.isOpen() || named.isOpen() || host.isOpen()).isFalse();
    assertThat(temporary.path()).doesNotExist();
    assertThat(directory.path()).doesNotExist();
    assertThat(disk).isDirectoryNotContaining(path -> !path.equals(kept));
    assertThatThrownBy(() -> Files.size(file)).isInstanceOf(ClosedFileSystemException.class);
    Path again = Files.createTempFile(TmpFileSystems.getDefault().getPath("/"), "file", "");
    assertThat(again).isRegularFile();
    Files.delete(again);
    temporary.close();
    directory.close();
  }

  @Test
  void failuresAreCollectedAndTheRestIsClosed() throws Exception {
    TempOptions onDisk = TempOptions.defaults().directory(disk);
    TempResource<Failing> one = TempResource.create(onDisk, path -> new Failing());
    TempResource<Failing> other = TempResource.create(onDisk, path -> new Failing());
    FileSystem open = TmpFileSystems.open(Map.of());

    assertThatThrownBy(TmpFileSystems::shutdown)
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be closed")
        .satisfies(failure -> assertThat(failure.getSuppressed()).hasSize(1));

    assertThat(open.isOpen()).isFalse();
    one.resource().fails = false;
    other.resource().fails = false;
    TmpFileSystems.shutdown();
  }

  private static final class Failing implements java.io.Closeable {
    private boolean fails = true;

    @Override
    public void close() throws IOException {
      if (fails) {
        throw new IOException("It cannot be closed");
      }
    }
  }
}
