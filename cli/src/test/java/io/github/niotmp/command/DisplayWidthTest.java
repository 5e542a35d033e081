package io.github.niotmp.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayWidthTest {
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "name, 4",
    "caf\u00e9, 4",
    "cafe\u0301, 4",
    "\u6771\u4eac, 4",
    "\ud55c\uae00, 4",
    "\uff21, 2",
    "\uff71, 1",
    "\ud83d\udcc4, 2",
    "\ud840\udc00, 2"
  })
  void aWideCharacterTakesTwoColumnsAndAMarkNone(String text, int columns) {
    assertThat(DisplayWidth.of(text)).isEqualTo(columns);
  }

  @Test
  void aTextIsCutBetweenCharactersAndMarked() {
    assertThat(DisplayWidth.cut("abcd", 4)).isEqualTo("abcd");
    assertThat(DisplayWidth.cut("abcde", 4)).isEqualTo("abc~");
    assertThat(DisplayWidth.cut("\u6771\u4eac\u90fd", 5)).isEqualTo("\u6771\u4eac~");
    assertThat(DisplayWidth.cut("\u6771\u4eac\u90fd", 4)).isEqualTo("\u6771~");
    assertThat(DisplayWidth.cut("\ud83d\udcc4\ud83d\udcc4", 3)).isEqualTo("\ud83d\udcc4~");
  }

  @Test
  void aTextIsFittedToAColumn() {
    assertThat(DisplayWidth.fitted("\u6771\u4eac", 6)).isEqualTo("\u6771\u4eac  ");
    assertThat(DisplayWidth.fitted("\u6771\u4eac\u90fd", 4)).isEqualTo("\u6771~ ");
  }
}
