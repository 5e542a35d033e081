package io.github.niotmp.provider;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Percent-encoding of URIs: {@code %} and two hexadecimal digits for each octet of UTF-8. This
 * class does not use the constructors of {@link java.net.URI}, because they leave some characters
 * of names unescaped.
 */
final class PercentEncoding {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final String PLAIN = "-._~!$&'()*+,;=:@/";

  private PercentEncoding() {}

  /** Encodes each octet that the path of a URI must not contain literally. */
  static String encode(String path) {
    StringBuilder text = new StringBuilder(path.length() + 16);
    for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(octet)) {
        text.append((char) octet);
      } else {
        HEX.toHexDigits(text.append('%'), octet);
      }
    }
    return text.toString();
  }

  /**
   * Decodes all escapes.
   *
   * @param escaped part of a valid URI, so that two digits follow each {@code %}
   * @throws IllegalArgumentException if the decoded octets are not UTF-8
   */
  static String decode(String escaped) {
    if (escaped.indexOf('%') < 0) {
      return escaped;
    }
    StringBuilder text = new StringBuilder(escaped.length());
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    for (int i = 0; i < escaped.length(); ) {
      if (escaped.charAt(i) == '%') {
        octets.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
        i += 3;
      } else {
        appendDecoded(text, octets, escaped);
        text.append(escaped.charAt(i++));
      }
    }
    appendDecoded(text, octets, escaped);
    return text.toString();
  }

  private static void appendDecoded(
      StringBuilder text, ByteArrayOutputStream octets, String escaped) {
    if (octets.size() != 0) {
      try {
        text.append(
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets.toByteArray())));
      } catch (CharacterCodingException e) {
        throw new IllegalArgumentException("The escapes in '" + escaped + "' are not UTF-8", e);
      }
      octets.reset();
    }
  }

  private static boolean isPlain(byte octet) {
    return (octet >= 'a' && octet <= 'z')
        || (octet >= 'A' && octet <= 'Z')
        || (octet >= '0' && octet <= '9')
        || PLAIN.indexOf(octet) >= 0;
  }
}
