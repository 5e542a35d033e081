package io.github.niotmp.url;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;

/** Converts URLs to URIs. A URL may contain unencoded characters that a URI may not. */
final class UrlText {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  /** The printable ASCII characters that a URI contains only percent-encoded. */
  private static final String ENCODED = "\"<>[\\]^`{|}";

  private UrlText() {}

  /**
   * Returns the URI of a URL without query and fragment, which a {@code file:} URL ignores too.
   *
   * @throws MalformedURLException if the URL has an invalid percent-encoding
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

  /** Returns the exception for a malformed URL. */
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
