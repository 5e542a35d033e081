package io.github.niotmp.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The accounts of a file in the format of passwd(5) and group(5): name, password, number, other
 * fields.
 */
record AccountList(List<String> lines) {
  /** Stands for the number of an unlisted account. */
  static final int UNKNOWN = -1;

  private static final int NAME = 0;
  private static final int NUMBER = 2;

  /** Reads a list; it is empty if the host has no such file. */
  static AccountList of(Path file) {
    try {
      return new AccountList(Files.readAllLines(file));
    } catch (IOException e) {
      return new AccountList(List.of());
    }
  }

  /**
   * Returns the number of the account named {@code name}; a {@code name} that is itself a number is
   * returned as such. Returns -1 otherwise.
   */
  int number(String name) {
    return accounts()
        .filter(fields -> fields[NAME].equals(name))
        .map(fields -> fields[NUMBER])
        .findFirst()
        .or(() -> Optional.of(name).filter(AccountList::isNumber))
        .map(number -> (int) Long.parseLong(number))
        .orElse(UNKNOWN);
  }

  /** Returns the name of the account with this number, or the number as text if none is listed. */
  String name(int number) {
    String text = Integer.toUnsignedString(number);
    return accounts()
        .filter(fields -> fields[NUMBER].equals(text))
        .map(fields -> fields[NAME])
        .findFirst()
        .orElseGet(() -> Integer.toString(number)); // as the default file system names it
  }

  /** Returns the entries; comments and inclusions of other lists have no number and are skipped. */
  private Stream<String[]> accounts() {
    return lines.stream()
        .map(line -> line.split(":", -1))
        .filter(fields -> fields.length > NUMBER && isNumber(fields[NUMBER]));
  }

  private static boolean isNumber(String text) {
    return text.matches("-?[0-9]{1,10}");
  }
}
