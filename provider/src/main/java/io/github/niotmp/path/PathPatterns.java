package io.github.niotmp.path;

import java.nio.file.PathMatcher;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Matchers of whole paths, by glob or regular expression, as the default provider on Linux has
 * them. A glob takes a time that grows with its length times that of the path; a regular expression
 * what {@link Pattern} needs for it, which may be for ever.
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
