package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OvertakenOperationTest {

  @Test
  void aFailureAfterTheCloseIsThatOfAClosedFileSystemUnlessTheCallerIsWrong() throws IOException {
    TmpFileSystem fileSystem = FileSystemRegistry.open("overtaken", Settings.defaults());
    NoSuchFileException missing = new NoSuchFileException("/file");
    assertThatCode(() -> fileSystem.throwIfClosedMeanwhile(missing)).doesNotThrowAnyException();

    fileSystem.close();

    assertThatExceptionOfType(ClosedFileSystemException.class)
        .isThrownBy(() -> fileSystem.throwIfClosedMeanwhile(missing))
        .withCause(missing);
    for (RuntimeException wrongUse :
        List.of(
            new ClosedFileSystemException(),
            new NullPointerException(),
            new IllegalArgumentException(),
            new UnsupportedOperationException(),
            new ClassCastException())) {
      assertThatCode(() -> fileSystem.throwIfClosedMeanwhile(wrongUse)).doesNotThrowAnyException();
    }
  }
}
