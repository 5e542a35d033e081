package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillSpacesTest {
  private static final int LENGTH = 3 * SpillSpace.EXTENT;

  @TempDir Path parent;

  private static SpillFile fileOf(SpillDirectory directory, int fill) throws IOException {
    SpillFile file = directory.create();
    byte[] bytes = new byte[LENGTH];
    Arrays.fill(bytes, (byte) fill);
    file.write(ByteBuffer.wrap(bytes), 0);
    return file;
  }

  @Test
  void anyNumberOfDirectoriesInOnePlaceTakesOneDescriptor() throws IOException {
    SpillDirectory[] directories = new SpillDirectory[100];
    for (int i = 0; i < directories.length; i++) {
      directories[i] = new SpillDirectory(parent, 0L);
      fileOf(directories[i], i);
    }

    assertThat(OpenFiles.below(parent)).hasSize(1);
    for (SpillDirectory directory : directories) {
      directory.close();
    }
    assertThat(OpenFiles.below(parent)).isEmpty();
  }

  @Test
  void aDirectoryThatClosesReturnsItsBytesAndLeavesThoseOfTheOthers() throws IOException {
    try (SpillDirectory stays = new SpillDirectory(parent, 0L)) {
      SpillFile kept = fileOf(stays, 7);
      try (SpillDirectory goes = new SpillDirectory(parent, 0L)) {
        fileOf(goes, 8);
        assertThat(OpenFiles.bytesBelow(parent)).isEqualTo(2L * LENGTH);
      }

      assertThat(OpenFiles.bytesBelow(parent)).isEqualTo(LENGTH);
      ByteBuffer back = ByteBuffer.allocate(LENGTH);
      kept.readAll(back, 0);
      assertThat(back.array()).containsOnly(7);
    }
  }

  @Test
  void anExtentThatAnotherDirectoryReturnedShowsNoneOfItsBytes() throws IOException {
    SpillDirectory goes = new SpillDirectory(parent, 0L);
    try (SpillDirectory stays = new SpillDirectory(parent, 0L)) {
      fileOf(goes, 8);
      fileOf(stays, 7);
      goes.close();
      SpillFile next = stays.create();
      next.write(ByteBuffer.wrap(new byte[] {1}), SpillSpace.EXTENT / 2);

      ByteBuffer back = ByteBuffer.allocate(SpillSpace.EXTENT / 2);
      next.readAll(back, 0);

      assertThat(OpenFiles.bytesBelow(parent)).as("of both").isEqualTo(2L * LENGTH);
      assertThat(back.array()).containsOnly(0);
    }
  }

  @Test
  void aDirectoryThatCannotBeSpilledToIsNamedAndOpensOnceItCan() throws IOException {
    Path missing = parent.resolve("missing");
    long before = Descriptors.held();
    try (SpillDirectory directory = new SpillDirectory(missing, 0L)) {
      assertThatIOException()
          .isThrownBy(directory::create)
          .withMessageContaining("Cannot spill to " + missing + ": No such file or directory");
      assertThat(Descriptors.held()).isEqualTo(before);

      Files.createDirectory(missing);
      fileOf(directory, 1);
      assertThat(Descriptors.held()).isEqualTo(before + 1);
    }
    assertThat(Descriptors.held()).isEqualTo(before);
  }

  @Test
  void aFileTakesTheSpaceOfAnotherDirectoryWhereNoneOfItsOwnCanBeMade(@TempDir Path elsewhere)
      throws IOException {
    SpillDirectory other = new SpillDirectory(parent, 0L);
    try (SpillDirectory directory = new SpillDirectory(parent, Long.MAX_VALUE)) {
      fileOf(other, 1);
      Files.move(parent, elsewhere.resolve("moved"));
      try {
        SpillFile file = fileOf(directory, 2);
        other.close();

        ByteBuffer back = ByteBuffer.allocate(LENGTH);
        file.readAll(back, 0);
        assertThat(back.array()).containsOnly(2);
      } finally {
        Files.move(elsewhere.resolve("moved"), parent);
      }
    }
    assertThat(OpenFiles.below(parent)).isEmpty();
  }

  @Test
  void aClosedDirectoryTakesNoSpace() throws IOException {
    SpillDirectory directory = new SpillDirectory(parent, 0L);
    directory.close();

    assertThatThrownBy(directory::create).isInstanceOf(ClosedChannelException.class);
    assertThat(OpenFiles.below(parent)).isEmpty();
  }
}
