package io.github.niotmp.tck.attribute;

import static io.github.niotmp.tck.attribute.GivenAttribute.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attributes of the tmp view given at creation, which the default provider does not have. */
class InitialAttributesTest {
  @Test
  void whereTheBytesGoIsGivenBesidePermissions() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      Path file =
          Files.createFile(
              tmp.getPath("/file"),
              attribute("tmp:spoolThreshold", 5),
              attribute("posix:permissions", PosixFilePermissions.fromString("r-x------")),
              attribute("tmp:maxFileSize", 7L));

      assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(5L);
      assertThat(Files.getAttribute(file, "tmp:maxFileSize")).isEqualTo(7L);
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("r-x------"));
    }
  }

  @Test
  void fileThatExistsKeepsItsOwn() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("spoolThreshold", 9))) {
      Path file = Files.createFile(tmp.getPath("/file"));
      Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE);

      Files.newByteChannel(file, options, attribute("tmp:spoolThreshold", 5L)).close();

      assertThat(Files.getAttribute(file, "tmp:spoolThreshold")).isEqualTo(9L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp:size", "tmp:lastModifiedTime", "tmp:storage", "tmp:"})
  void nothingElseOfTheViewIsGiven(String name) throws IOException {
    FileAttribute<?> given = attribute(name, null);
    for (String storage : new String[] {"spooled", "host"}) {
      try (FileSystem tmp = TmpFileSystems.open(Map.of("storage", storage))) {
        Path file = tmp.getPath("/file");

        assertThatExceptionOfType(UnsupportedOperationException.class)
            .isThrownBy(() -> Files.createFile(file, given))
            .withMessage("'" + name + "' not supported as initial attribute");
        assertThat(file).doesNotExist();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp:spoolThreshold", "tmp:maxFileSize"})
  void onTheHostALimitIsRefusedBeforeAnythingIsMade(String name) throws Exception {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host"));
        WatchService watch = tmp.newWatchService()) {
      WatchKey key = tmp.getPath("/").register(watch, StandardWatchEventKinds.ENTRY_CREATE);

      assertThatExceptionOfType(UnsupportedOperationException.class)
          .isThrownBy(() -> Files.createFile(tmp.getPath("/new"), attribute(name, 1L)))
          .withMessageContaining("storage=host");
      Files.createFile(tmp.getPath("/next"));

      assertThat(watch.take()).isSameAs(key);
      assertThat(key.pollEvents().get(0).context()).hasToString("next");
    }
  }
}
