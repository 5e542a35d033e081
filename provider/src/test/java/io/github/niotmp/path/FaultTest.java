package io.github.niotmp.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class FaultTest {
  private static final TmpPath PATH = TmpPath.of(new NamedOwner("x"), "/a");

  @ParameterizedTest
  @EnumSource(
      names = {"EXISTS", "NOT_EMPTY"}, // which no look-up meets
      mode = Mode.EXCLUDE)
  void faultIsKnownByTheExceptionThatTellsOfIt(Fault fault) {
    assertThat(Fault.in(fault.at(PATH))).isEqualTo(fault);
  }

  @Test
  void exceptionForAnotherReasonTellsOfNone() {
    assertThat(Fault.in(new FileSystemException("/a", null, "Input/output error"))).isNull();
    assertThat(Fault.in(new FileSystemException("/a"))).isNull();
  }
}
