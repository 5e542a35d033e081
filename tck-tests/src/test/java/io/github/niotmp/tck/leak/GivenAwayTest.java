package io.github.niotmp.tck.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream or channel that a temporary file was given away as, and that nobody closes. */
@Timeout(120)
class GivenAwayTest {
  private final LoggedWarnings log = new LoggedWarnings();
  private final FileSystem tmp;

  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path disk;

  GivenAwayTest() throws IOException {
    tmp = TmpFileSystems.open(Map.of());
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
    log.close();
  }

  private static Closeable giveAway(Path directory, boolean asStream) throws IOException {
    TempFile file = TempFile.create(TempOptions.defaults().directory(directory));
    Closeable body = asStream ? file.detachAsInputStream() : file.detachAsChannel();
    file.close();
    return body;
  }

  private static void forget(Path directory, boolean asStream) throws IOException {
    assertThat(giveAway(directory, asStream)).isNotNull();
  }

  private void forgetAnother() throws Exception {
    Path another = Files.createDirectory(tmp.getPath("/another"));
    forgetDirectory(another);
    log.collectUntil(another.toUri().toString());
  }

  private static void forgetDirectory(Path directory) throws IOException {
    assertThat(TempDirectory.create(TempOptions.defaults().directory(directory))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isRemovedFromTheDiskAndReportedOnce(boolean asStream) throws Exception {
    forget(disk, asStream);

    String message = log.collectUntil(disk.toUri().toString()).getMessage();

    assertThat(message).startsWith("TempFile").contains("was collected before it was closed");
    assertThat(disk).isEmptyDirectory();
    forgetAnother();
    assertThat(log.containing(disk.toUri().toString())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void isRemovedFromTmpAndReportedOnce(boolean asStream) throws Exception {
    Path directory = Files.createDirectory(tmp.getPath("/d"));
    forget(directory, asStream);

    log.collectUntil(directory.toUri().toString());

    assertThat(directory).isEmptyDirectory();
    forgetAnother();
    assertThat(log.containing(directory.toUri().toString())).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void staysAsLongAsItIsHeldAndIsNotReportedIfItIsClosed(boolean asStream) throws Exception {
    try (Closeable body = giveAway(disk, asStream)) {
      forgetAnother();
      assertThat(disk).isNotEmptyDirectory();
      assertThat(body).isNotNull();
    }
    assertThat(disk).isEmptyDirectory();
    assertThat(log.containing(disk.toUri().toString())).isEmpty();
  }

  @Test
  void aStreamOrWriterKeepsItsFile() throws Exception {
    OutputStream out = create().newOutputStream();
    BufferedWriter writer = create().newWriter();
    InputStream in = create().newInputStream();

    forgetAnother();
    assertThat(disk.toFile().list()).hasSize(3);
    out.write(1);
    writer.write("text");
    assertThat(in.read()).isEqualTo(-1);
    assertThat(log.containing(disk.toUri().toString())).isEmpty();
  }

  private TempFile create() throws IOException {
    return TempFile.create(TempOptions.defaults().directory(disk));
  }
}
