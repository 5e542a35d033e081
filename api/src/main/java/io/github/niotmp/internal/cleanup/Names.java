package io.github.niotmp.internal.cleanup;

import java.security.SecureRandom;

/** Random parts of names, which nobody can guess. */
public final class Names {
  /** Characters that hold 128 bits, and two more. */
  public static final int LENGTH = 26;

  /** Some file systems take upper for lower case. */
  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

  private static final int BITS = 5;

  private Names() {}

  /** Returns {@code prefix} and 130 random bits. */
  public static String random(String prefix) {
    return prefix + random(LENGTH);
  }

  /**
   * Returns random letters and digits, each of 5 bits.
   *
   * @param length how many, 0 or more
   */
  public static String random(int length) {
    byte[] bytes = new byte[length];
    Source.RANDOM.nextBytes(bytes);
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      text[i] = ALPHABET[bytes[i] & (1 << BITS) - 1];
    }
    return new String(text);
  }

  /** Seeded when first used, not when an image is built. */
  private static final class Source {
    static final SecureRandom RANDOM = new SecureRandom();
  }
}
