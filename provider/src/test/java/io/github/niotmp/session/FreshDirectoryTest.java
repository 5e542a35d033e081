package io.github.niotmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FreshDirectoryTest {
  private final FileSystem host = Jimfs.newFileSystem(Configuration.unix());
  private final Path parent = host.getPath("/host");
  private final FreshDirectory place = new FreshDirectory(parent);

  @BeforeEach
  void create() throws IOException {
    Files.createDirectory(parent);
  }

  @AfterEach
  void close() throws IOException {
    host.close();
  }

  @Test
  void usersShareTheDirectoryAndTheLastOneRemovesTheTree() throws IOException {
    assertThat(parent).isEmptyDirectory();
    Path directory = place.enter();
    Path file = Files.createFile(directory.resolve("file"));

    assertThat(place.enter()).isEqualTo(directory);
    place.leave();
    assertThat(file).exists();
    place.leave();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void aDeletedDirectoryIsCreatedAgainUnderAnotherName() throws IOException {
    Path taken = place.enter();
    Files.delete(taken);

    Path anew = place.enter();
    assertThat(anew).isNotEqualTo(taken).isDirectory();
    assertThat(place.enter()).isEqualTo(anew);
  }

  @Test
  void aForeignDirectoryUnderAReleasedNameStays() throws IOException {
    Path gone = place.enter();
    place.leave();
    Path file = Files.createFile(Files.createDirectory(gone).resolve("file"));

    assertThat(place.enter()).isNotEqualTo(gone);
    place.leave();
    assertThat(file).exists();
  }

  @Test
  void threadsDoNotKeepEachOtherOut() throws Exception {
    Path directory = place.enter();
    place.enter();
    place.leave();

    FutureTask<Path> other = new FutureTask<>(place::enter);
    new Thread(other).start();
    assertThat(other.get(1, TimeUnit.MINUTES)).isEqualTo(directory);
  }
}
