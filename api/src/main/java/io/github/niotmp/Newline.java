package io.github.niotmp;

/**
 * What becomes of the ends of lines on the way into a temporary file and out of it.
 *
 * <p>But for {@link #UNTRANSLATED}, each of {@code \n}, {@code \r\n} and {@code \r} is the end of a
 * line: a reader hands out {@code \n} for it, a writer writes what the constant says.
 *
 * <pre>{@code
 * try (TempFile csv = TempFile.create(TempOptions.defaults().newline(Newline.CRLF))) {
 *   try (BufferedWriter writer = csv.newWriter()) {
 *     writer.write("a,b\n1,2\n");
 *   }
 *   Files.readString(csv.path()); // "a,b\r\n1,2\r\n"
 * }
 * }</pre>
 *
 * <h2>Security</h2>
 *
 * <p>Programs that read the file may disagree on what ends a line; the constant says what is in it.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>There is nothing to close.
 */
public enum Newline {
  /** Every character passes as it is. */
  UNTRANSLATED,
  /** {@code \r}, as in files of the first Macintoshes. */
  CR,
  /** {@code \n}, as on Unix. */
  LF,
  /** {@code \r\n}, as on Windows and in many protocols. */
  CRLF,
  /** What {@link System#lineSeparator()} says. */
  PLATFORM
}
