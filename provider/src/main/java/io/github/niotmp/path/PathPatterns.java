package io.github.niotmp.path;

import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Matchers of whole paths, by glob or regular expression, with the syntax of the default provider
 * on Linux. A glob needs time proportional to its length times the length of the path. A regular
 * expression needs the time of {@link Pattern}, which may be exponential.
 */
public final class PathPatterns {
  private PathPatterns() {}

  /**
   * Returns a matcher of the text of a path.
   *
   * @param syntaxAndPattern {@code glob:} or {@code regex:}, in any case, and a pattern
   * @throws IllegalArgumentException if no syntax precedes the pattern
   * @throws UnsupportedOperationException if the syntax is unknown
   * @throws java.util.regex.PatternSyntaxException if the pattern is not valid
   */
  public static PathMatcher matcher(String syntaxAndPattern) {
    int colon = syntaxAndPattern.indexOf(':');
    if (colon <= 0) {
      throw new IllegalArgumentException(
          "Pattern is '" + syntaxAndPattern + "'; allowed: glob:PATTERN or regex:PATTERN");
    }
    String syntax = syntaxAndPattern.substring(0, colon);
    String input = syntaxAndPattern.substring(colon + 1);
    Predicate<String> pattern =
        switch (syntax.toLowerCase(Locale.ROOT)) {
          case "glob" -> GlobParser.parse(input)::matches;
          case "regex" -> Pattern.compile(input).asMatchPredicate();
          default ->
              throw new UnsupportedOperationException("Syntax '" + syntax + "' not recognized");
        };
    return path -> pattern.test(path.toString());
  }
}
