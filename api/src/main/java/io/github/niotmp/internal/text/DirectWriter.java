package io.github.niotmp.internal.text;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;

/** A BufferedWriter without a buffer, for callers that need the type and {@link #newLine()}. */
public final class DirectWriter extends BufferedWriter {
  private final Writer out;

  /** Creates a writer that delegates each call, and closes {@code out} with itself. */
  public DirectWriter(Writer out) {
    super(out, 1);
    this.out = out;
  }

  @Override
  public void write(int c) throws IOException {
    out.write(c);
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    out.write(text, offset, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(text, offset, length);
  }

  @Override
  public void newLine() throws IOException {
    out.write(System.lineSeparator());
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
