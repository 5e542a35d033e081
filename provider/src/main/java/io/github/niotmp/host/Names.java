package io.github.niotmp.host;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names on the host that nobody can guess or has used before. */
final class Names {
  private static final int BYTES = 16;

  private Names() {}

  /** Returns {@code prefix} and 128 random bits in hexadecimal digits. */
  static String random(String prefix) {
    byte[] bits = new byte[BYTES];
    Source.RANDOM.nextBytes(bits);
    return prefix + HexFormat.of().formatHex(bits);
  }

  /** Seeded when first used, not when an image is built. */
  private static final class Source {
    static final SecureRandom RANDOM = new SecureRandom();
  }
}
