package io.github.niotmp.memory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The conversion of text to a number of bytes: {@code 0}, {@code 4096}, {@code 64KiB}, {@code
 * unlimited}, and for a part of the memory {@code 25%}.
 */
public final class ByteSize {
  /** The value of "unlimited". */
  public static final long UNLIMITED = Long.MAX_VALUE;

  /** The values that {@link #parse} accepts, for messages. */
  public static final String ALLOWED =
      "bytes, such as 0, 4096, 64KiB, 1MiB, 2GiB, 1TiB, or unlimited";

  /** The shares that {@link #parse(String, long)} accepts, for messages. */
  public static final String SHARES = "a share, from 1% to 100%";

  private ByteSize() {}

  /**
   * Returns the number of bytes that a text denotes.
   *
   * @throws NumberFormatException if it is not a size
   * @throws ArithmeticException if it is a size beyond {@link #UNLIMITED}
   */
  public static long parse(String text) {
    if (text.equals("unlimited")) {
      return UNLIMITED;
    }
    Matcher matcher = Syntax.SIZE.matcher(text);
    if (!matcher.matches()) {
      throw new NumberFormatException(text);
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
    } catch (NumberFormatException e) {
      throw new ArithmeticException(text + " is beyond " + UNLIMITED);
    }
  }

  /**
   * Returns the number of bytes that a size or a share denotes.
   *
   * @param whole the bytes of {@code 100%}
   * @throws NumberFormatException if it is neither
   * @throws ArithmeticException if it is a size beyond {@link #UNLIMITED}
   */
  public static long parse(String text, long whole) {
    Matcher share = Syntax.SHARE.matcher(text);
    if (!share.matches()) {
      return parse(text);
    }
    int percent = Integer.parseInt(share.group(1));
    return whole / 100 * percent + whole % 100 * percent / 100; // does not overflow
  }

  private static long unit(String name) {
    return switch (name) {
      case "KiB" -> 1L << 10;
      case "MiB" -> 1L << 20;
      case "GiB" -> 1L << 30;
      case "TiB" -> 1L << 40;
      default -> 1;
    };
  }

  /** Compiled at the first use, because most processes parse no size. */
  private static final class Syntax {
    static final Pattern SIZE = Pattern.compile("([0-9]{1,19})(|KiB|MiB|GiB|TiB)");
    static final Pattern SHARE = Pattern.compile("([1-9][0-9]?|100)%");
  }
}
