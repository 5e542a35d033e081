package io.github.niotmp.path;

import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Matchers of whole paths, by glob or regular expression, as the default provider on Linux has
 * them.
 */
public final class PathPatterns {
  private PathPatterns() {}

  /**
   * Returns a matcher of the text of a path.
   *
   * @param syntaxAndPattern {@code glob:} or {@code regex:}, in any case, and a pattern
   * @throws IllegalArgumentException if there is no syntax
   * @throws UnsupportedOperationException if it is another syntax
   * @throws java.util.regex.PatternSyntaxException if the pattern is not valid
   */
  public static PathMatcher matcher(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException("Not of the form syntax:pattern: " + syntaxAndPattern);
    }
    String syntax = syntaxAndPattern.substring(0, colon);
    String input = syntaxAndPattern.substring(colon + 1);
    Pattern pattern =
        Pattern.compile(
            switch (syntax.toLowerCase(Locale.ROOT)) {
              case "glob" -> new GlobTranslation(input).regex();
              case "regex" -> input;
              default ->
                  throw new UnsupportedOperationException("Syntax '" + syntax + "' not recognized");
            });
    return path -> pattern.matcher(path.toString()).matches();
  }
}
