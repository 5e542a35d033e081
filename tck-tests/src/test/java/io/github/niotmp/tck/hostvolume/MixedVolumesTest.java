package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Copies and moves between a volume in memory and one on a host with users of its own, or none. */
@ParameterizedClass
@MethodSource("hosts")
class MixedVolumesTest {
  private static final FileTime TIME = FileTime.fromMillis(1_000_000);

  private final FileSystem host;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Path onHost;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Path inMemory;

  MixedVolumesTest(Configuration configuration) {
    host = Jimfs.newFileSystem(configuration);
  }

  static Stream<Configuration> hosts() {
    return Stream.of(
        Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix", "user")
            .build(),
        Configuration.windows());
  }

  @BeforeEach
  void open() throws IOException {
    Path root = host.getRootDirectories().iterator().next();
    Path directory = Files.createDirectory(root.resolve("host"));
    onHost = TmpFileSystems.open(Map.of("storage", "host", "directory", directory)).getPath("/");
    inMemory = TmpFileSystems.open(Map.of()).getPath("/");
  }

  @AfterEach
  void close() throws IOException {
    onHost.getFileSystem().close();
    inMemory.getFileSystem().close();
    host.close();
  }

  @Test
  void aCopyHasTheAttributesThatItCanHave() throws IOException {
    Path source = Files.writeString(inMemory.resolve("source"), "text");
    Files.setLastModifiedTime(source, TIME);

    Path there = Files.copy(source, onHost.resolve("copy"), StandardCopyOption.COPY_ATTRIBUTES);
    Path back = Files.copy(there, inMemory.resolve("back"), StandardCopyOption.COPY_ATTRIBUTES);

    assertThat(there).hasContent("text");
    assertThat(back).hasContent("text");
    assertThat(Files.getLastModifiedTime(there)).isEqualTo(TIME);
    assertThat(Files.getLastModifiedTime(back)).isEqualTo(TIME);
    assertThat(Files.getOwner(back)).isEqualTo(Files.getOwner(source));
  }

  @Test
  void aFileMovesThereAndBack() throws IOException {
    Path source = Files.writeString(inMemory.resolve("source"), "text");

    Path there = Files.move(source, onHost.resolve("moved"));
    assertThat(there).hasContent("text");
    assertThat(source).doesNotExist();

    assertThat(Files.move(there, source)).hasContent("text");
    assertThat(there).doesNotExist();
  }
}
