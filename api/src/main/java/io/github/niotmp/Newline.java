package io.github.niotmp;

/**
 * The translation of line ends by the readers and writers of a temporary file.
 *
 * <p>Except for {@link #UNTRANSLATED}, each of {@code \n}, {@code \r\n} and {@code \r} ends a line:
 * a reader returns {@code \n} for it, a writer writes the line end of the constant.
 *
 * <pre>{@code
 * try (TempFile csv = TempFile.create(TempOptions.defaults().newline(Newline.CRLF))) {
 *   try (BufferedWriter writer = csv.newWriter()) {
 *     writer.write("a,b\n1,2\n");
 *   }
 *   Files.readString(csv.path()); // "a,b\r\n1,2\r\n"
 * }
 * }</pre>
 */
public enum Newline {
  /** Characters are not translated. */
  UNTRANSLATED,
  /** {@code \r}, as in files of the classic Mac OS. */
  CR,
  /** {@code \n}, as on Unix. */
  LF,
  /** {@code \r\n}, as on Windows and in many protocols. */
  CRLF,
  /** The value of {@link System#lineSeparator()}. */
  PLATFORM
}
