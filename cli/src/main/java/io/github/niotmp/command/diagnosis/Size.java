package io.github.niotmp.command.diagnosis;

import java.util.List;
import java.util.Locale;

/** Formats numbers of bytes for people. */
public final class Size {
  private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");

  private Size() {}

  /** Returns the number in the largest unit that it reaches, such as {@code 1.5 MiB}. */
  public static String text(long bytes) {
    int unit = 0;
    double number = bytes;
    while (number >= 1024 && unit < UNITS.size() - 1) {
      number /= 1024;
      unit++;
    }
    String format = unit == 0 ? "%.0f %s" : "%.1f %s";
    return String.format(Locale.ROOT, format, number, UNITS.get(unit));
  }
}
