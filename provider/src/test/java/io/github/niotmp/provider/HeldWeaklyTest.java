package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemNotFoundException;
import org.junit.jupiter.api.Test;

class HeldWeaklyTest {

  @Test
  void theDefaultFileSystemHasNoName() {
    TmpFileSystem theDefault = OpenFileSystems.get(null);

    assertThat(OpenFileSystems.find(null)).isSameAs(theDefault);
    assertThat(theDefault.fileStore()).isEqualTo(theDefault.fileStore()).isNotEqualTo("text");
    assertThatExceptionOfType(FileSystemNotFoundException.class)
        .isThrownBy(() -> OpenFileSystems.get("held-weakly-missing"));
  }

  @Test
  void aFileSystemThatIsClosedMeanwhileKeepsNoName() throws IOException {
    TmpFileSystem closed = OpenFileSystems.open("held-weakly", Settings.defaults());
    closed.close();

    OpenFileSystems.holdWeakly("held-weakly", closed);

    assertThat(OpenFileSystems.find("held-weakly")).isNull();
    try (TmpFileSystem again = OpenFileSystems.open("held-weakly", Settings.defaults())) {
      assertThat(OpenFileSystems.find("held-weakly")).isSameAs(again);
      OpenFileSystems.holdWeakly("held-weakly", again);
      assertThat(OpenFileSystems.find("held-weakly")).isSameAs(again);
    }
    assertThat(OpenFileSystems.find("held-weakly")).isNull();
  }
}
