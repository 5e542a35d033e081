package io.github.niotmp.internal.text;

import java.io.IOException;
import java.io.Writer;

/** A writer that replaces each {@code \n}, {@code \r\n} and {@code \r} by one line end. */
public final class LineEndWriter extends Writer {
  private final Writer out;
  private final String lineEnd;
  private boolean afterReturn;

  /**
   * Creates a writer that closes {@code out} with itself.
   *
   * @param lineEnd the line end in {@code out}
   */
  public LineEndWriter(Writer out, String lineEnd) {
    this.out = out;
    this.lineEnd = lineEnd;
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    int end = offset + length;
    int written = offset;
    for (int at = offset; at < end; at++) {
      char c = text[at];
      if (c == '\n' || c == '\r') {
        out.write(text, written, at - written);
        written = at + 1;
        if (c == '\r' || !afterReturn) {
          out.write(lineEnd);
        }
      }
      afterReturn = c == '\r';
    }
    out.write(text, written, end - written);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
