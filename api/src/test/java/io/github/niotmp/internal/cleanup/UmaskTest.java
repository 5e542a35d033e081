package io.github.niotmp.internal.cleanup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class UmaskTest {
  @ParameterizedTest
  @CsvSource({"0000, 0", "0022, 18", "0027, 23", "0777, 511"})
  void theLineIsReadAsOctal(String octal, int umask) {
    assertThat(Umask.in("Name:\tjava\nUmask:\t" + octal + "\nState:\tS (sleeping)\n"))
        .hasValue(umask);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Name:\tjava\nState:\tS\n", "Name:\tUmask:\t0022\n", "Name:\tj\nUmask:\t\n"})
  void aStatusWithoutTheLineHasNoUmask(String status) {
    assertThat(Umask.in(status)).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theUmaskIsThatOfTheShellsThisProcessStarts() throws Exception {
    Process shell = new ProcessBuilder("sh", "-c", "umask").start();
    String shown = new String(shell.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);

    assertThat(Umask.current()).isEqualTo(OptionalInt.of(Integer.parseInt(shown.strip(), 8)));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void anInterruptedThreadReadsIt() {
    Thread.currentThread().interrupt();

    assertThat(Umask.current()).isPresent();
    assertThat(Thread.interrupted()).isTrue();
  }
}
