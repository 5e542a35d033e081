package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemNotFoundException;
import org.junit.jupiter.api.Test;

class HeldWeaklyTest {

  @Test
  void theDefaultFileSystemHasNoName() {
    TmpFileSystem theDefault = FileSystemRegistry.get(null);

    assertThat(FileSystemRegistry.find(null)).isSameAs(theDefault);
    assertThat(theDefault.fileStore()).isEqualTo(theDefault.fileStore()).isNotEqualTo("text");
    assertThatExceptionOfType(FileSystemNotFoundException.class)
        .isThrownBy(() -> FileSystemRegistry.get("held-weakly-missing"));
  }

  @Test
  void aFileSystemThatIsClosedMeanwhileKeepsNoName() throws IOException {
    TmpFileSystem closed = FileSystemRegistry.open("held-weakly", Settings.defaults());
    closed.close();

    FileSystemRegistry.holdWeakly("held-weakly", closed);

    assertThat(FileSystemRegistry.find("held-weakly")).isNull();
    try (TmpFileSystem again = FileSystemRegistry.open("held-weakly", Settings.defaults())) {
      assertThat(FileSystemRegistry.find("held-weakly")).isSameAs(again);
      FileSystemRegistry.holdWeakly("held-weakly", again);
      assertThat(FileSystemRegistry.find("held-weakly")).isSameAs(again);
    }
    assertThat(FileSystemRegistry.find("held-weakly")).isNull();
  }
}
