package io.github.niotmp.tck.input;

/** Surrogates without their partners, which the fuzzer, as it has UTF-8, can't make. */
final class Surrogates {
  private static final char HIGH = '\uE000';
  private static final char LOW = '\uE001';

  private Surrogates() {}

  /** Returns {@code text} with surrogates for the first characters of the private use area. */
  static String in(String text) {
    return text.replace(HIGH, '\uD83D').replace(LOW, '\uDE00');
  }
}
