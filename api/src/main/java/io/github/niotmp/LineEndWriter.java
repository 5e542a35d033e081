package io.github.niotmp;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/** Writes each end of a line in one way, however it is given. */
final class LineEndWriter extends FilterWriter {
  private final String lineEnd;
  private boolean afterReturn;

  LineEndWriter(Writer out, String lineEnd) {
    super(out);
    this.lineEnd = lineEnd;
  }

  @Override
  public void write(int c) throws IOException {
    write(new char[] {(char) c}, 0, 1);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    write(text.substring(offset, offset + length).toCharArray(), 0, length);
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
}
