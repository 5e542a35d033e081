package io.github.niotmp.provider;

import io.github.niotmp.path.TmpPath;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Parses and creates {@code tmp:} URIs. {@code tmp:/a}, {@code tmp:///a} and {@code tmp:a} name
 * {@code /a} in the default file system, {@code tmp://name/a} in the file system {@code name}.
 */
final class TmpUris {
  static final String SCHEME = "tmp";

  private TmpUris() {}

  /**
   * Returns the name of the file system, or null for the default one.
   *
   * @throws IllegalArgumentException if the scheme is not {@code tmp}, or the name is not valid
   */
  static @Nullable String fileSystemName(URI uri) {
    requireScheme(uri);
    String name = uri.getRawAuthority();
    if (name != null && !isName(name)) {
      throw refused(
          uri, "'" + name + "' names no file system; allowed are letters, digits, '.', '_', '-'");
    }
    return name;
  }

  /**
   * Returns the absolute path, percent-decoded.
   *
   * @throws IllegalArgumentException if the scheme is not {@code tmp}, or the URI has a query, a
   *     fragment, an escaped slash, or escapes that are not UTF-8
   */
  static String path(URI uri) {
    requireScheme(uri);
    if (uri.getRawFragment() != null) {
      throw refused(uri, "URI has a fragment component");
    }
    String escaped = uri.isOpaque() ? uri.getRawSchemeSpecificPart() : uri.getRawPath();
    if (uri.getRawQuery() != null || escaped.indexOf('?') >= 0) {
      throw refused(uri, "URI has a query component");
    }
    String path = escaped.indexOf('%') < 0 ? escaped : decode(uri, escaped);
    return path.startsWith("/") ? path : "/" + path;
  }

  private static String decode(URI uri, String escaped) {
    if (escaped.contains("%2F") || escaped.contains("%2f")) {
      throw refused(uri, "a name cannot contain a slash");
    }
    return PercentEncoding.decode(escaped);
  }

  /**
   * Returns the query of a URI that names a file system, or null if the URI has no query.
   *
   * @throws IllegalArgumentException if the scheme is not {@code tmp}, the path is neither empty
   *     nor {@code /}, or the URI has a fragment
   */
  static @Nullable String settings(URI uri) {
    requireScheme(uri);
    String path = uri.getRawPath();
    if (path == null || !(path.isEmpty() || path.equals("/")) || uri.getRawFragment() != null) {
      throw refused(
          uri, "a URI of a file system is tmp://name or tmp://name/, with or without a query");
    }
    return uri.getRawQuery();
  }

  /**
   * Checks that a URI names a file system and has no query.
   *
   * @throws IllegalArgumentException as {@link #settings}, and if the URI has a query
   */
  static void requireNoSettings(URI uri) {
    if (settings(uri) != null) {
      throw refused(uri, "URI has a query component");
    }
  }

  /**
   * Returns the URI of an absolute path.
   *
   * @param name the file system's name, or null for the default one
   * @param isDirectory whether the URI ends with a slash
   */
  static URI of(@Nullable String name, TmpPath path, boolean isDirectory) {
    String text =
        SCHEME + "://" + (name == null ? "" : name) + PercentEncoding.encode(path.toString());
    return URI.create(isDirectory && !text.endsWith("/") ? text + "/" : text);
  }

  private static boolean isName(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean isDigit = c >= '0' && c <= '9';
      if (!isLetter && !isDigit && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static void requireScheme(URI uri) {
    if (!SCHEME.equalsIgnoreCase(uri.getScheme())) {
      throw refused(uri, "the scheme is not '" + SCHEME + "'");
    }
  }

  private static IllegalArgumentException refused(URI uri, String reason) {
    return new IllegalArgumentException("'" + uri + "': " + reason);
  }
}
