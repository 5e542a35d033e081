package io.github.niotmp.volume.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.path.TmpPath;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostFailureTest {
  private static final Path REAL = Path.of("/host/tree/name");
  private static final String HERE = "/name";

  private static Stream<FileSystemException> failures() {
    String real = REAL.toString();
    return Stream.of(
        new NoSuchFileException(real, null, "why"),
        new FileAlreadyExistsException(real, null, "why"),
        new AccessDeniedException(real, null, "why"),
        new DirectoryNotEmptyException(real),
        new NotDirectoryException(real),
        new NotLinkException(real, null, "why"),
        new AtomicMoveNotSupportedException(real, null, "why"),
        new FileSystemException(real, null, "why"));
  }

  @Test
  void aFailureWithoutAReasonIsDescribedByItsMessage() {
    assertThat(HostFailure.words(new FileSystemException("/file"))).isEqualTo("/file");
    assertThat(HostFailure.words(new IOException())).isEqualTo("java.io.IOException");
  }

  @Test
  void aMappingForWhichThereIsNoMemoryStaysAsTheJdkThrowsIt() {
    IOException failure = new IOException("Map failed", new OutOfMemoryError("Map failed"));

    assertThat(HostFailure.at(HERE, failure)).isSameAs(failure);
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aFailureKeepsItsTypeAndGetsThePath(FileSystemException failure) {
    failure.initCause(new IOException("the cause"));
    failure.addSuppressed(new IOException("and so"));

    IOException told = HostFailure.at(HERE, failure);

    assertThat(told).hasSameClassAs(failure).hasCause(failure.getCause());
    assertThat(told.getSuppressed()).containsExactly(failure.getSuppressed());
    assertThat(told.getStackTrace()).isEqualTo(failure.getStackTrace());
    assertThat(((FileSystemException) told).getFile()).isEqualTo(HERE);
    assertThat(((FileSystemException) told).getReason()).isEqualTo(failure.getReason());
  }

  @Test
  void aFailureWithoutAPathGetsThePath() {
    IOException failure = new IOException("Input/output error");

    assertThat(HostFailure.at(HERE, failure))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(HERE + ": Input/output error")
        .hasCause(failure);
  }

  @Test
  void aFailureThatCannotBeCopiedIsReturnedUnchanged() {
    IOException loop = new FileSystemLoopException(REAL.toString());

    assertThat(HostFailure.at(HERE, loop)).isSameAs(loop);
  }

  @Test
  void aFailureWithoutAFileIsReturnedUnchanged() {
    IOException closed = new ClosedChannelException();
    IOException nameless = new FileSystemException(null, null, "too many of them");

    assertThat(HostFailure.at(HERE, closed)).isSameAs(closed);
    assertThat(HostFailure.at(HERE, nameless)).isSameAs(nameless);
  }

  @Test
  void aFailureOfTwoPathsNamesThePathsThatFailed() {
    TmpPath path = TestVolume.path(HERE);
    TmpPath other = TestVolume.path("/other");
    String real = REAL.toString();

    assertThat(HostFailure.at(path, REAL, other, new FileSystemException(real, null, "why")))
        .hasMessage("/name: why");
    assertThat(HostFailure.at(path, REAL, other, new FileSystemException(real, "/there", "why")))
        .hasMessage("/name -> /other: why");
    assertThat(HostFailure.at(path, REAL, other, new FileSystemException("/there", null, "why")))
        .hasMessage("/other: why");
    assertThat(HostFailure.at(path, REAL, other, new FileSystemException("/there", real, "why")))
        .hasMessage("/other -> /name: why");
  }
}
