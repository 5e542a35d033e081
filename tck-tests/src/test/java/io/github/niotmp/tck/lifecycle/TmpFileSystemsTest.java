package io.github.niotmp.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TmpFileSystemsTest {
  @Test
  void aFreshNameIsNobodyElses() throws IOException {
    try (FileSystem one = TmpFileSystems.open(Map.of());
        FileSystem other = TmpFileSystems.open(Map.of())) {
      assertThat(one.getPath("/").toUri()).isNotEqualTo(other.getPath("/").toUri());
      Files.createFile(one.getPath("/f"));
      assertThat(other.getPath("/f")).doesNotExist();
      assertThat(Path.of(one.getPath("/f").toUri())).isEqualTo(one.getPath("/f")).exists();
    }
  }

  @Test
  void settingsAreThoseOfTheMap() throws IOException {
    try (FileSystem opened = TmpFileSystems.open(Map.of(TmpSettings.MEMORY_BUDGET, "64KiB"))) {
      assertThat(TmpFileSystems.usage(opened).memoryBudget()).isEqualTo(64 << 10);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpFileSystems.open(Map.of("colour", "red")))
        .withMessageContaining("colour");
  }

  @Test
  void aNamedOneIsThatOfTheUri() throws IOException {
    try (FileSystem opened = TmpFileSystems.open("named", Map.of())) {
      assertThat(TmpFileSystems.get("named")).isSameAs(opened);
      assertThat(FileSystems.getFileSystem(URI.create("tmp://named"))).isSameAs(opened);
      assertThat(TmpFileSystems.path(URI.create("tmp://named/a%20b")))
          .isEqualTo(opened.getPath("/a b"));
      assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
          .isThrownBy(() -> TmpFileSystems.open("named", Map.of()));
    }
    assertThatExceptionOfType(FileSystemNotFoundException.class)
        .isThrownBy(() -> TmpFileSystems.get("named"))
        .withMessageContaining("named");
  }

  @Test
  void theDefaultOneIsThatOfTheUri() {
    assertThat(TmpFileSystems.getDefault())
        .isSameAs(FileSystems.getFileSystem(URI.create("tmp:///")))
        .isSameAs(TmpFileSystems.path(URI.create("tmp:a")).getFileSystem());
  }

  @Test
  void aNameIsAllowedWhereAUriMayHaveIt() throws IOException {
    for (int c = 0; c < 0x180; c++) {
      String name = "n" + Character.toString(c) + "m";
      if (isInUri(name)) {
        try (FileSystem opened = TmpFileSystems.open(name, Map.of())) {
          assertThat(Path.of(URI.create("tmp://" + name + "/")))
              .isEqualTo(opened.getPath("/"))
              .isEqualTo(Path.of(opened.getPath("/").toUri()));
        }
      } else {
        assertThatIllegalArgumentException()
            .as("U+%04x", c)
            .isThrownBy(() -> TmpFileSystems.open(name, Map.of()))
            .withMessageContaining("'" + name + "'")
            .withMessageContaining("allowed are letters, digits, '.', '_', '-'");
      }
    }
  }

  private static boolean isInUri(String name) {
    try {
      FileSystems.getFileSystem(URI.create("tmp://" + name));
      return true;
    } catch (FileSystemNotFoundException e) {
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/", "a/b", "a?maxSize=1", "a#b", "a%20b", "user@a", "a:80", "[::1]"})
  void whatIsNoNameIsRefusedAndTheExceptionSaysWhatIsAllowed(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpFileSystems.open(name, Map.of()))
        .withMessageContaining("'" + name + "'")
        .withMessageContaining("allowed are letters, digits, '.', '_', '-'");
    assertThatIllegalArgumentException().isThrownBy(() -> TmpFileSystems.get(name));
  }

  @Test
  @SuppressWarnings("NullAway") // nulls are what this is about
  void aNullIsRefusedByTheNameOfItsArgument() {
    Map<ThrowingCallable, String> calls =
        Map.of(
            () -> TmpFileSystems.open((Map<String, ?>) null), "settings",
            () -> TmpFileSystems.open("name", null), "settings",
            () -> TmpFileSystems.open(null, Map.of()), "name",
            () -> TmpFileSystems.get(null), "name",
            () -> TmpFileSystems.path(null), "uri",
            () -> TmpFileSystems.usage(null), "fileSystem");

    calls.forEach(
        (call, argument) ->
            assertThatNullPointerException().isThrownBy(call).withMessage(argument));
  }

  @Test
  void aUriOfAnotherSchemeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpFileSystems.path(URI.create("file:///a")))
        .withMessageContaining("scheme");
  }

  @Test
  void thereIsNoUsageOfOthersFileSystems() throws IOException {
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> TmpFileSystems.usage(FileSystems.getDefault()))
        .withMessageContaining("file");
    try (FileSystem jimfs = Jimfs.newFileSystem()) {
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> TmpFileSystems.usage(jimfs))
          .withMessageContaining("jimfs");
    }
  }

  @Test
  void thereIsNoUsageOfWhatIsClosed() throws IOException {
    FileSystem opened = TmpFileSystems.open(Map.of());
    opened.close();

    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(() -> TmpFileSystems.usage(opened));
  }
}
