package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.CREATE;
import static io.github.niotmp.volume.spooled.TestVolume.DELETE_ON_CLOSE;
import static io.github.niotmp.volume.spooled.TestVolume.READ;
import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.path.Replace;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeleteOnCloseTest {
  private final TestVolume volume = new TestVolume();

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void theNameExistsUntilTheHandleCloses() throws IOException {
    try (OpenFile file = volume.open("/f", DELETE_ON_CLOSE)) {
      assertThat(file.size()).isZero();
      assertThat(volume.exists("/f")).isTrue();
    }
    assertThat(volume.exists("/f")).isFalse();
    assertThat(volume.volume.usage().files()).isZero();
  }

  @Test
  void lastHandleThatAskedForItDecides() throws IOException {
    OpenFile first = volume.open("/f", DELETE_ON_CLOSE);
    OpenFile second = volume.open("/f", DELETE_ON_CLOSE);
    second.append(new byte[3], 0, 3);
    try (OpenFile reader = volume.open("/f", READ)) {
      first.close();
      assertThat(volume.exists("/f")).isTrue();
      second.close();
      assertThat(volume.exists("/f")).isFalse();
      assertThat(reader.size()).isEqualTo(3);
      assertThat(volume.volume.usage().files()).isOne();
    }
    assertThat(volume.volume.usage().files()).isZero();
    assertThat(volume.volume.usage().size()).isZero();
    assertThat(volume.volume.usage().memoryBytes()).isZero();
  }

  @Test
  void followsTheFileToItsNewName() throws IOException {
    volume.makeDirectory("/d");
    try (OpenFile file = volume.open("/f", DELETE_ON_CLOSE)) {
      volume.move("/f", "/d/g", Replace.NEVER);
      volume.create("/f");
      assertThat(file.size()).isZero();
    }
    assertThat(volume.names("/d")).isEmpty();
    assertThat(volume.exists("/f")).isTrue();
  }

  @Test
  void leavesAFileThatReplacedItsName() throws IOException {
    volume.create("/other");
    try (OpenFile file = volume.open("/f", DELETE_ON_CLOSE)) {
      volume.move("/other", "/f", Replace.EXISTING);
      assertThat(file.size()).isZero();
    }
    assertThat(volume.names("/")).containsExactly("f");
  }

  @Test
  void leavesAFileThatTookItsNameAfterADelete() throws IOException {
    try (OpenFile file = volume.open("/f", DELETE_ON_CLOSE)) {
      volume.delete("/f");
      volume.create("/f");
      assertThat(file.size()).isZero();
    }
    assertThat(volume.exists("/f")).isTrue();
  }

  @Test
  void takesOnlyTheNameItWasOpenedBy() throws IOException {
    volume.create("/f");
    volume.root.createLink(path("/g"), path("/f"));
    volume.open("/f", DELETE_ON_CLOSE).close();
    assertThat(volume.names("/")).containsExactly("g");
  }

  @Test
  void otherHandlesDoNotKeepTheName() throws IOException {
    try (OpenFile writer = volume.open("/f", CREATE)) {
      volume.open("/f", DELETE_ON_CLOSE).close();
      assertThat(volume.exists("/f")).isFalse();
      writer.append(new byte[1], 0, 1);
    }
    assertThat(volume.volume.usage().size()).isZero();
  }

  @Test
  void eachNameGoesWithTheLastHandleThatWasOpenedByIt() throws IOException {
    volume.create("/f");
    volume.root.createLink(path("/g"), path("/f"));
    OpenFile byOne = volume.open("/f", DELETE_ON_CLOSE);
    OpenFile byOther = volume.open("/g", DELETE_ON_CLOSE);
    byOne.close();
    assertThat(volume.names("/")).containsExactly("g");
    byOther.close();
    assertThat(volume.names("/")).isEmpty();
  }

  @Test
  void aHandleCanBeClosedAfterItsVolume() throws IOException {
    OpenFile file = volume.open("/f", DELETE_ON_CLOSE);
    volume.close();
    file.close();
    assertThat(volume.exists("/f")).isFalse();
  }

  @Test
  void aSecondCloseLeavesANewFileOfTheSameName() throws IOException {
    OpenFile file = volume.open("/f", DELETE_ON_CLOSE);
    file.close();
    volume.create("/f");
    file.close();
    assertThat(volume.exists("/f")).isTrue();
  }
}
