package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How much user-defined attributes hold, which on the disk is up to its file system. */
class UserAttributesTest {
  private static final int MOST = 64 * 1024;

  private final TestVolume volume = new TestVolume();

  @BeforeEach
  void create() throws IOException {
    volume.create("/f");
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void aValueOfTheMostBytesIsTakenAgainAndAgain() throws IOException {
    set("name", MOST);
    set("name", MOST);

    assertThat(length("name")).isEqualTo(MOST);
    assertThatThrownBy(() -> set("name", MOST + 1))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/f: Error writing extended attribute 'name': Argument list too long");
    assertThat(length("name")).isEqualTo(MOST);
  }

  @Test
  void namesAndValuesOfTheOthersTakeOfTheRoom() throws IOException {
    set("a", 100);
    set("bc", 200);
    int left = MOST - 101 - 202;
    set("name", left);

    assertThatThrownBy(() -> set("name", left + 1))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/f: Error writing extended attribute 'name': No space left on device");
    assertThat(length("name")).isEqualTo(left);
  }

  private void set(String name, int length) throws IOException {
    volume.root.change(path("/f"), true, new AttributeChange.User(name, new byte[length]));
  }

  private int length(String name) throws IOException {
    return volume.root.readUserAttribute(path("/f"), true, name).length;
  }
}
