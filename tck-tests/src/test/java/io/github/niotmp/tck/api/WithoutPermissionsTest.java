package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that get their final name from, or in, a file system that has no permissions. */
class WithoutPermissionsTest {
  private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path without;

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path with;

  @BeforeEach
  void open() throws IOException {
    without = Files.createDirectory(windows.getPath("C:\\temp"));
    with = TmpFileSystems.open(Map.of()).getPath("/");
  }

  @AfterEach
  void close() throws IOException {
    windows.close();
    with.getFileSystem().close();
  }

  @Test
  void permissionsThatAreAskedForThereAreRefused() throws IOException {
    PersistOptions shared =
        PersistOptions.defaults().permissions(PosixFilePermissions.fromString("rw-r--r--"));
    Path target = without.resolve("name");
    for (Path from : List.of(without, with)) {
      try (TempFile file = written(from)) {
        assertThatThrownBy(() -> file.persist(target, shared))
            .isInstanceOf(UnsupportedOperationException.class)
            .hasMessageContaining(without.toUri().toString());

        assertThat(file.path()).hasContent("text");
      }
      assertThat(without).isEmptyDirectory();
    }
  }

  @Test
  void otherwiseTheFileArrivesWithThoseItCanHave() throws IOException {
    written(without).persist(without.resolve("name"));
    written(with).persist(without.resolve("copied there"));
    written(without).persist(with.resolve("copied here"));

    assertThat(without.resolve("name")).hasContent("text");
    assertThat(without.resolve("copied there")).hasContent("text");
    assertThat(with.resolve("copied here")).hasContent("text");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(with.resolve("copied here"))))
        .isEqualTo("rw-------");
  }

  private static TempFile written(Path directory) throws IOException {
    TempFile file = TempFile.create(TempOptions.defaults().directory(directory));
    file.channel().write(UTF_8.encode("text"));
    return file;
  }
}
