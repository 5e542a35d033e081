package io.github.niotmp.internal.cleanup;

import java.security.SecureRandom;

/** Generates the unguessable random parts of names. */
public final class Names {
  /** The characters for 130 random bits. */
  public static final int LENGTH = 26;

  /** Lower case only, because some file systems ignore case. */
  private static final char[] ALPHABET = "abcdefghijklmnopqrstuvwxyz234567".toCharArray();

  private static final int BITS = 5;

  private Names() {}

  /** Returns {@code prefix} and 130 random bits. */
  public static String random(String prefix) {
    return prefix + random(LENGTH);
  }

  /**
   * Returns a letter and 130 random bits: the host of a URI. RFC 2396 requires a letter first, and
   * the parser of java.xml takes a host that begins with a digit for an address.
   */
  public static String ofHost() {
    return random("t");
  }

  /**
   * Returns random letters and digits, each of 5 bits.
   *
   * @param length how many, 0 or more
   */
  public static String random(int length) {
    byte[] bytes = new byte[Math.toIntExact(((long) length * BITS + Byte.SIZE - 1) / Byte.SIZE)];
    Source.RANDOM.nextBytes(bytes); // the random generator costs most of the time per byte
    char[] text = new char[length];
    int next = 0;
    int pool = 0;
    int pooled = 0;
    for (int i = 0; i < length; i++) {
      if (pooled < BITS) {
        pool = (pool << Byte.SIZE) | (bytes[next] & 0xff);
        next++;
        pooled += Byte.SIZE;
      }
      pooled -= BITS;
      text[i] = ALPHABET[(pool >>> pooled) & ((1 << BITS) - 1)];
    }
    return new String(text);
  }

  /** Seeded when first used, not when an image is built. */
  private static final class Source {
    static final SecureRandom RANDOM = new SecureRandom();
  }
}
