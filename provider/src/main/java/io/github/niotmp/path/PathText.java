package io.github.niotmp.path;

import java.nio.file.InvalidPathException;

/**
 * The syntax of paths, as functions on texts and names. All texts are in normal form, without
 * double and trailing slashes, except the input of {@link #parse}.
 */
final class PathText {
  static final String[] NO_NAMES = {};

  /** In UTF-8; a pair of surrogates takes four. */
  static final int MOST_BYTES_OF_A_CHAR = 3;

  private PathText() {}

  /**
   * Returns the normal form of {@code input}; returns {@code input} itself if it is in normal form.
   */
  static String parse(String input) {
    int length = input.length();
    boolean redundant = false;
    boolean afterSlash = false;
    for (int i = 0; i < length; i++) {
      char c = input.charAt(i);
      if (c == '/') {
        redundant |= afterSlash;
        afterSlash = true;
        continue;
      }
      afterSlash = false;
      if (c == 0) {
        throw new InvalidPathException(input, "Nul character not allowed");
      }
      if (Character.isSurrogate(c)) {
        if (!Character.isHighSurrogate(c)
            || i + 1 == length
            || !Character.isLowSurrogate(input.charAt(i + 1))) {
          throw new InvalidPathException(input, "Surrogate without its partner");
        }
        i++;
      }
    }
    return redundant || (afterSlash && length > 1) ? withoutRedundantSlashes(input) : input;
  }

  private static String withoutRedundantSlashes(String input) {
    StringBuilder result = new StringBuilder(input.length());
    boolean afterSlash = false;
    for (int i = 0; i < input.length(); i++) {
      char c = input.charAt(i);
      if (c != '/' || !afterSlash) {
        result.append(c);
      }
      afterSlash = c == '/';
    }
    if (afterSlash && result.length() > 1) {
      result.setLength(result.length() - 1);
    }
    return result.toString();
  }

  /** Says whether {@code text} takes more than {@code limit} bytes of UTF-8. */
  static boolean isLongerThan(int limit, String text) {
    int length = text.length();
    if (length > limit || length <= limit / MOST_BYTES_OF_A_CHAR) {
      return length > limit;
    }
    return bytes(text) > limit;
  }

  /** Returns how many bytes of UTF-8 {@code text} takes. */
  static long bytes(String text) {
    long bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 0x80) {
        bytes += 1;
      } else if (c < 0x800 || Character.isSurrogate(c)) {
        bytes += 2;
      } else {
        bytes += MOST_BYTES_OF_A_CHAR;
      }
    }
    return bytes;
  }

  static boolean isAbsolute(String text) {
    return !text.isEmpty() && text.charAt(0) == '/';
  }

  static boolean isRoot(String text) {
    return text.length() == 1 && text.charAt(0) == '/';
  }

  /** Returns the names: none for the root, one empty name for the empty path. */
  static String[] names(String text) {
    if (isRoot(text)) {
      return NO_NAMES;
    }
    int start = isAbsolute(text) ? 1 : 0;
    int count = 1;
    for (int i = start; i < text.length(); i++) {
      if (text.charAt(i) == '/') {
        count++;
      }
    }
    String[] names = new String[count];
    for (int i = 0; i < count; i++) {
      int slash = text.indexOf('/', start);
      int end = slash == -1 ? text.length() : slash;
      names[i] = text.substring(start, end);
      start = end + 1;
    }
    return names;
  }

  /** Appends a relative path. */
  static String join(String base, String child) {
    if (base.isEmpty()) {
      return child;
    }
    return isRoot(base) ? base + child : base + '/' + child;
  }

  /** Puts slashes between the names, and one before an absolute path's first. */
  static String join(boolean absolute, String[] names) {
    String joined = String.join("/", names);
    return absolute ? '/' + joined : joined;
  }

  static boolean startsWith(String text, String prefix) {
    int end = prefix.length();
    if (end == 0) {
      return text.isEmpty();
    }
    return text.startsWith(prefix)
        && (end == text.length() || text.charAt(end) == '/' || isRoot(prefix));
  }

  static boolean endsWith(String text, String suffix) {
    int begin = text.length() - suffix.length();
    if (suffix.isEmpty() || isAbsolute(suffix)) {
      return text.equals(suffix);
    }
    return text.endsWith(suffix) && (begin == 0 || text.charAt(begin - 1) == '/');
  }

  /** Compares by code points, which is the order of the UTF-8 bytes. */
  static int compare(String left, String right) {
    int length = Math.min(left.length(), right.length());
    for (int i = 0; i < length; i++) {
      char l = left.charAt(i);
      char r = right.charAt(i);
      if (l != r) {
        return codePointRank(l) - codePointRank(r);
      }
    }
    return left.length() - right.length();
  }

  /** Ranks surrogates above all characters of the basic plane. */
  private static int codePointRank(char c) {
    return Character.isSurrogate(c) ? c + 0x10000 : c;
  }
}
