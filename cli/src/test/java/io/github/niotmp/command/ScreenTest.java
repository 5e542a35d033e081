package io.github.niotmp.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Help.Ansi;

class ScreenTest {
  @Test
  void controlSequencesAreForTerminalsThatUnderstandThem() {
    Screen terminal = Screen.of(80, Map.of("TERM", "xterm", "NO_COLOR", "1"));
    assertThat(terminal.terminal()).isNotNull();
    assertThat(terminal.ansi()).isEqualTo(Ansi.AUTO);

    assertThat(Screen.of(Screen.UNLIMITED, Map.of("TERM", "xterm")).terminal()).isNull();
    for (Map<String, String> environment :
        List.of(Map.of("TERM", "dumb"), Map.<String, String>of())) {
      Screen dumb = Screen.of(80, environment);
      assertThat(dumb.terminal()).isNull();
      assertThat(dumb.ansi()).isEqualTo(Ansi.OFF);
      assertThat(dumb.width()).isEqualTo(80);
    }
  }

  @Test
  void aLineOfWideCharactersIsWrappedAtTheColumnsThatItTakes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Screen screen = new Screen(new PrintStream(out, true, UTF_8), System.err, Ansi.OFF, 10, null);

    screen.paragraph("\u6771\u4eac \u6771\u4eac \u6771\u4eac");
    screen.paragraph("abcdefghij klm");

    assertThat(out.toString(UTF_8).lines())
        .containsExactly("\u6771\u4eac \u6771\u4eac", "\u6771\u4eac", "abcdefghij", "klm");
  }
}
