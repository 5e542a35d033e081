package io.github.niotmp.internal.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The failures of a foreign provider, as callers see them. */
class FailureTest {
  private static final Path PLACE = Path.of("place");

  static IOException[] complete() {
    return new IOException[] {
      new NoSuchFileException("other"),
      new AsynchronousCloseException(),
      new InterruptedIOException("interrupted"),
      new SocketException("Connection reset"),
    };
  }

  @ParameterizedTest
  @MethodSource("complete")
  void oneThatSaysEnoughIsPassedOn(IOException failure) {
    assertThat(ForeignProvider.failure(PLACE, failure)).isSameAs(failure);
  }

  static Exception[] nameless() {
    return new Exception[] {
      new IOException("the reason"),
      new FileSystemException(null, null, "the reason"),
      new IllegalStateException("the reason"),
      new UncheckedIOException(new IOException("the reason")),
      new DirectoryIteratorException(new IOException("the reason")),
    };
  }

  @ParameterizedTest
  @MethodSource("nameless")
  void oneWithoutAPathNamesThePlaceAndKeepsTheReason(Exception failure) {
    assertThat(ForeignProvider.failure(PLACE, failure))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessageStartingWith("place: ")
        .hasMessageEndingWith("the reason")
        .hasCause(failure);
  }

  @Test
  void oneThatIsWrappedKeepsItsClass() {
    UncheckedIOException wrapped =
        new UncheckedIOException(new AccessDeniedException("there", null, "not yours"));

    assertThat(ForeignProvider.failure(PLACE, wrapped))
        .isExactlyInstanceOf(AccessDeniedException.class)
        .hasMessage("place: not yours");
  }

  @Test
  void oneThatTellsByItsClassAloneHasTheWordsOfTheSystem() {
    assertThat(ForeignProvider.words(new AccessDeniedException("a")))
        .isEqualTo("Permission denied");
    assertThat(ForeignProvider.words(new NoSuchFileException("a")))
        .isEqualTo("No such file or directory");
    assertThat(ForeignProvider.words(new FileAlreadyExistsException("a"))).isEqualTo("File exists");
    assertThat(ForeignProvider.words(new UnsupportedOperationException("no links")))
        .isEqualTo("Not supported: java.lang.UnsupportedOperationException: no links");
  }
}
