package io.github.niotmp.internal.text;

import java.io.IOException;
import java.io.Reader;

/** A reader that returns {@code \n} for each {@code \n}, {@code \r\n} and {@code \r}. */
public final class LineEndReader extends Reader {
  private final Reader in;
  private boolean afterReturn;

  /** Creates a reader that closes {@code in} with itself. */
  public LineEndReader(Reader in) {
    this.in = in;
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    while (true) {
      int count = in.read(target, offset, length);
      if (count <= 0) {
        return count;
      }
      int kept = translate(target, offset, offset + count) - offset;
      if (kept > 0) {
        return kept;
      }
    }
  }

  /** Translates in place; returns the end of the translated text. */
  private int translate(char[] text, int start, int end) {
    int to = start;
    for (int from = start; from < end; from++) {
      char c = text[from];
      boolean endOfPair = c == '\n' && afterReturn;
      afterReturn = c == '\r';
      if (!endOfPair) {
        text[to++] = afterReturn ? '\n' : c;
      }
    }
    return to;
  }

  @Override
  public boolean ready() throws IOException {
    return in.ready();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
