package io.github.niotmp.tck.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchService;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("StreamResourceLeak") // what is left open is what is tested
class OpenAtCloseTest {
  private static final URI NAME = URI.create("tmp://open-at-close");

  @TempDir Path directory;

  @Test
  void failNamesEachHandleWithTheStackThatOpenedIt() throws IOException {
    FileSystem tmp = open(Map.of("openAtClose", "fail"));
    FileChannel channel = openChannel(tmp);
    InputStream in = Files.newInputStream(tmp.getPath("f"));
    WatchService watcher = tmp.newWatchService();
    Files.newInputStream(tmp.getPath("/f")).close();

    FileSystemException failure = catchThrowableOfType(FileSystemException.class, tmp::close);

    assertThat(failure.getFile()).isEqualTo("tmp://open-at-close/");
    assertThat(failure.getReason()).isEqualTo("3 handles were open");
    assertThat(failure.getSuppressed())
        .hasSize(3)
        .allSatisfy(
            each ->
                assertThat(each.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(getClass().getName())))
        .anySatisfy(
            each -> {
              assertThat(each)
                  .hasMessage(
                      "/f: FileChannel opened here, by thread '%s', was not closed",
                      Thread.currentThread().getName());
              assertThat(each.getStackTrace())
                  .anyMatch(frame -> frame.getMethodName().equals("openChannel"));
            })
        .anySatisfy(each -> assertThat(each).hasMessageStartingWith("f: InputStream"))
        .anySatisfy(each -> assertThat(each).hasMessageStartingWith("WatchService"));
    assertThat(channel.isOpen()).isFalse();
    assertThatThrownBy(in::read).isInstanceOf(IOException.class);
    assertThat(watcher).isNotNull();
  }

  @Test
  void failFreesAllAndIsSilentTheSecondTime() throws IOException {
    FileSystem tmp = open(Map.of("openAtClose", "fail"));
    FileChannel channel = openChannel(tmp);

    assertThatThrownBy(tmp::close).hasMessageEndingWith(": 1 handle was open");

    assertThat(channel.isOpen()).isFalse();
    assertThat(tmp.isOpen()).isFalse();
    assertThat(directory).isEmptyDirectory();
    tmp.close();
    FileSystems.newFileSystem(NAME, Map.of()).close();
  }

  @Test
  void failIsSilentIfAllWasClosed() throws IOException {
    FileSystem tmp = open(Map.of("openAtClose", "fail"));
    openChannel(tmp).close();
    tmp.close();

    assertThat(tmp.isOpen()).isFalse();
  }

  @Test
  void trackingAloneLetsTheCloseSucceed() throws IOException {
    FileSystem tmp = open(Map.of("trackOpeners", "true", "openAtClose", "close"));
    FileChannel channel = openChannel(tmp);
    tmp.close();

    assertThat(channel.isOpen()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "FAIL", "true", "closed"})
  void anotherValueIsRefused(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpFileSystems.open(Map.of("openAtClose", value)))
        .withMessage("Setting 'openAtClose' is '" + value + "'; allowed: close, fail");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpFileSystems.open(Map.of("trackOpeners", value + "!")))
        .withMessage("Setting 'trackOpeners' is '" + value + "!'; allowed: true, false");
  }

  private FileSystem open(Map<String, String> settings) throws IOException {
    FileSystem tmp =
        FileSystems.newFileSystem(
            URI.create(NAME + "?spoolThreshold=4&directory=" + directory.toUri().getRawPath()),
            settings);
    Files.writeString(tmp.getPath("/f"), "longer than the threshold");
    return tmp;
  }

  private static FileChannel openChannel(FileSystem tmp) throws IOException {
    return FileChannel.open(tmp.getPath("/f"), StandardOpenOption.READ);
  }
}
