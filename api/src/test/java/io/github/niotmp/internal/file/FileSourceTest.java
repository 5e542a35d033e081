package io.github.niotmp.internal.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to an operation whose channel another thread closes. */
final class FileSourceTest {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path directory;

  private int lookUps;

  private FileChannel open() throws IOException {
    return FileChannel.open(
        directory.resolve("file"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Closes the channel as another thread may, before the operation that works on it. */
  private static Long sizeOfClosed(FileSource.Current now, boolean closed) throws IOException {
    if (closed) {
      now.channel().close();
    }
    return now.channel().size();
  }

  @Test
  void anOperationOnAChannelThatIsClosedMeanwhileIsMadeOnTheNext() throws IOException {
    try (FileChannel first = open();
        FileChannel second = open()) {
      Long size =
          FileSource.apply(
              () -> new FileSource.Current(++lookUps == 1 ? first : second, 0),
              now -> sizeOfClosed(now, now.channel() == first));

      assertThat(size).isZero();
      assertThat(lookUps).isEqualTo(2);
      assertThat(second.isOpen()).isTrue();
    }
  }

  @Test
  void itFailsIfTheLookUpHasNoOtherChannel() throws IOException {
    try (FileChannel only = open()) {
      assertThatThrownBy(
              () ->
                  FileSource.apply(
                      () -> new FileSource.Current(only, lookUps++),
                      now -> sizeOfClosed(now, true)))
          .isInstanceOf(ClosedChannelException.class);
      assertThat(lookUps).isEqualTo(2);
    }
  }

  @Test
  void itFailsAsItDidIfTheOwnerIsClosedMeanwhile() throws IOException {
    ClosedChannelException failure = new ClosedChannelException();
    try (FileChannel first = open()) {
      FileSource.LookUp lookUp =
          () -> {
            if (++lookUps == 1) {
              return new FileSource.Current(first, 0);
            }
            throw new ClosedChannelException();
          };
      assertThatThrownBy(
              () ->
                  FileSource.apply(
                      lookUp,
                      now -> {
                        throw failure;
                      }))
          .isSameAs(failure);
    }
  }

  @Test
  void itFailsAsTheLookUpDoesIfTheNameIsGoneMeanwhile() throws IOException {
    NoSuchFileException gone = new NoSuchFileException("name");
    try (FileChannel first = open()) {
      FileSource.LookUp lookUp =
          () -> {
            if (++lookUps == 1) {
              return new FileSource.Current(first, 0);
            }
            throw gone;
          };
      assertThatThrownBy(() -> FileSource.apply(lookUp, now -> sizeOfClosed(now, true)))
          .isSameAs(gone);
    }
  }

  @Test
  void anInterruptOfItsOwnThreadEndsAnOperation() throws IOException {
    ClosedByInterruptException interrupt = new ClosedByInterruptException();
    try (FileChannel only = open()) {
      assertThatThrownBy(
              () ->
                  FileSource.apply(
                      () -> new FileSource.Current(only, lookUps++),
                      now -> {
                        throw interrupt;
                      }))
          .isSameAs(interrupt);
      assertThat(lookUps).isEqualTo(1);
    }
  }
}
