package io.github.niotmp.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The accounts that a file lists, as passwd(5) and group(5) say: name, password, number, more. */
record AccountList(List<String> lines) {
  /** The number of an account that has none. */
  static final int UNKNOWN = -1;

  private static final int NAME = 0;
  private static final int NUMBER = 2;

  /** Reads a list, empty where the host lists its accounts elsewhere. */
  static AccountList of(Path file) {
    try {
      return new AccountList(Files.readAllLines(file));
    } catch (IOException e) {
      return new AccountList(List.of());
    }
  }

  /** Returns the number of an account, which may be named by it, or -1 if none is listed. */
  int number(String name) {
    return accounts()
        .filter(fields -> fields[NAME].equals(name))
        .map(fields -> fields[NUMBER])
        .findFirst()
        .or(() -> Optional.of(name).filter(AccountList::isNumber))
        .map(number -> (int) Long.parseLong(number))
        .orElse(UNKNOWN);
  }

  /** Returns the name of the account with a number, which is the number if none is listed. */
  String name(int number) {
    String text = Integer.toUnsignedString(number);
    return accounts()
        .filter(fields -> fields[NUMBER].equals(text))
        .map(fields -> fields[NAME])
        .findFirst()
        .orElseGet(() -> Integer.toString(number)); // the default file system's name for it
  }

  /** Comments, and what includes other lists, have no number. */
  private Stream<String[]> accounts() {
    return lines.stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > NUMBER && isNumber(fields[NUMBER]));
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]{1,10}");
  }
}
