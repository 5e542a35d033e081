package io.github.niotmp.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountListTest {
  private final AccountList list =
      new AccountList(
          List.of(
              "# comment: none",
              "",
              "cut:x",
              "+::::::",
              "wrong:x:number",
              "first:x:7:7:First:/home/first:/bin/sh",
              "second:x:7:",
              "12:x:34:",
              "short:x:5",
              "high:x:4294967294:"));

  @ParameterizedTest
  @CsvSource({"first, 7", "second, 7", "12, 34", "short, 5", "high, -2"})
  void anAccountHasTheNumberListed(String name, int number) {
    assertThat(list.number(name)).isEqualTo(number);
  }

  @ParameterizedTest
  @CsvSource({"7, first", "34, 12", "5, short", "-2, high"})
  void aNumberIsThatOfTheFirstAccountThatHasIt(int number, String name) {
    assertThat(list.name(number)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(ints = {12, 0, -3})
  void anAccountThatIsNotListedIsNamedByItsNumber(int number) {
    String name = list.name(number);

    assertThat(name).isEqualTo(String.valueOf(number));
  }

  @ParameterizedTest
  @CsvSource({"99, 99", "-3, -3", "4294967293, -3"})
  void aNameThatIsANumberAndNotListedIsThatNumber(String name, int number) {
    assertThat(list.number(name)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"nobody", "cut", "wrong", "+", "# comment", "", "12345678901"})
  void aNameThatIsNeitherHasNoNumber(String name) {
    assertThat(list.number(name)).isEqualTo(AccountList.UNKNOWN);
  }

  @Test
  void aHostWithoutTheFileListsNone(@TempDir Path directory) {
    assertThat(AccountList.of(directory.resolve("missing")).lines()).isEmpty();
  }
}
