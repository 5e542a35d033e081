package io.github.niotmp.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ErrnoTest {
  private static final TmpPath PATH = TmpPath.of(new NamedOwner("x"), "/a");

  @ParameterizedTest
  @EnumSource(
      names = {"EXISTS", "NOT_EMPTY"}, // which no look-up meets
      mode = Mode.EXCLUDE)
  void faultIsKnownByTheExceptionThatTellsOfIt(Errno fault) {
    assertThat(Errno.in(fault.at(PATH))).isEqualTo(fault);
  }

  @Test
  void causeOfANameThatIsTooLongTellsTheLimitsAndTheSetting() {
    assertThat(Errno.NAME_TOO_LONG.at(PATH))
        .hasMessage("/a: File name too long")
        .cause()
        .hasMessageContainingAll("255 bytes", "4095", "'longPaths'");
  }

  @Test
  void exceptionForAnotherReasonTellsOfNone() {
    assertThat(Errno.in(new FileSystemException("/a", null, "Input/output error"))).isNull();
    assertThat(Errno.in(new FileSystemException("/a"))).isNull();
  }
}
