package io.github.niotmp.internal.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

class ModeBitsTest {

  @Test
  void permissionsAreBitsAndBack() {
    for (int bits = 0; bits <= ModeBits.PERMISSIONS; bits++) {
      assertThat(ModeBits.of(ModeBits.toPermissions(bits))).isEqualTo(bits);
    }
    assertThat(ModeBits.of(PosixFilePermissions.fromString("rwxr-x--x"))).isEqualTo(0751);
  }
}
