package io.github.niotmp.url;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** Reads URLs as URIs, which a URL need not be: it may hold any character as it is. */
final class UrlText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** What a URI holds only percent-encoded, of the characters of ASCII that are printed. */
  private static final String ENCODED = "\"<>[\\]^`{|}";

  private UrlText() {}

  /**
   * Returns the URI of a URL, without its query and its fragment, which mean nothing in a {@code
   * file:} URL either.
   *
   * @throws MalformedURLException if the URL has a {@code %} that encodes nothing
   */
  static URI uri(URL url) throws MalformedURLException {
    String authority = Objects.requireNonNullElse(url.getAuthority(), "");
    String path = encoded(url.getPath());
    boolean hierarchical = !authority.isEmpty() || path.startsWith("/");
    try {
      return new URI(url.getProtocol() + (hierarchical ? "://" : ":") + authority + path);
    } catch (URISyntaxException e) {
      throw malformed(url, e);
    }
  }

  /** Returns the failure to read a URL. */
  static MalformedURLException malformed(URL url, Exception cause) {
    MalformedURLException failure =
        new MalformedURLException("'" + url + "': " + cause.getMessage());
    failure.initCause(cause);
    return failure;
  }

  private static String encoded(String path) {
    StringBuilder text = new StringBuilder(path.length() + 16);
    for (byte octet : path.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 0x7F && ENCODED.indexOf(octet) < 0) {
        text.append((char) octet);
      } else {
        HEX.toHexDigits(text.append('%'), octet);
      }
    }
    return text.toString();
  }
}
