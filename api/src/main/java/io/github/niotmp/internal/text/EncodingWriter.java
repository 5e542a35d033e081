package io.github.niotmp.internal.text;

import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;

/**
 * A writer that encodes characters and writes the bytes in the same call. It holds back at most the
 * first half of a surrogate pair.
 *
 * <p>Each call leaves a stateful encoding in its initial state, so that several writers can
 * alternate. A byte order mark is written only at position 0.
 */
public final class EncodingWriter extends Writer {
  private static final int CHUNK = 8192;

  /** An ASCII letter, which nearly all encodings can encode in their initial state. */
  private static final String LETTER = "a";

  /** The most bytes of a return to the initial state and a letter. */
  private static final int LONGEST_END = 64;

  private final Target target;
  private final CharsetEncoder encoder;
  private final boolean writesMark;

  /** The number of bytes of the letter in the initial state; 0 if it is unmappable. */
  private final int letterLength;

  private final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);

  /** The first half of an incomplete surrogate pair; 0 for none. */
  private char firstHalf;

  private boolean closed;

  /** Receives the bytes and knows the position of the next one. */
  public abstract static class Target extends OutputStream {
    /** Returns the position of the next byte in the file. */
    public abstract long position() throws IOException;
  }

  /** Creates a writer that closes {@code target} with itself. */
  public EncodingWriter(Target target, CharsetEncoder encoder) {
    this.target = target;
    this.encoder = encoder;
    int first = encodedLetter();
    letterLength = encodedLetter(); // only the first letter has a mark before it
    writesMark = first != letterLength;
    encoder.reset();
  }

  private int encodedLetter() {
    encoder.encode(CharBuffer.wrap(LETTER), bytes.clear(), false);
    return bytes.position();
  }

  @Override
  public void write(char[] text, int offset, int length) throws IOException {
    CharBuffer input = CharBuffer.wrap(text, offset, length);
    ensureOpen();
    if (length > 0) {
      begin();
      completePair(input);
      encode(input);
      keepFirstHalf(input);
      end();
    }
  }

  /** Skips the encoder's byte order mark. */
  private void begin() throws IOException {
    encoder.reset();
    bytes.clear();
    if (writesMark && target.position() > 0) {
      encoder.encode(CharBuffer.wrap(LETTER), bytes, false);
      bytes.clear();
    }
  }

  private void completePair(CharBuffer input) throws IOException {
    while (firstHalf != 0 && input.hasRemaining()) {
      CharBuffer pair = CharBuffer.wrap(new char[] {firstHalf, input.get()});
      firstHalf = 0;
      encode(pair);
      keepFirstHalf(pair);
    }
  }

  private void keepFirstHalf(CharBuffer rest) {
    if (rest.hasRemaining()) {
      firstHalf = rest.get();
    }
  }

  private void encode(CharBuffer input) throws IOException {
    while (true) {
      CoderResult result = encoder.encode(input, bytes, false);
      if (result.isError()) {
        end(); // first writes the text before the error
        result.throwException();
      }
      if (result.isUnderflow()) {
        return;
      }
      writeBytes();
    }
  }

  /**
   * Returns to the initial state: encodes a letter and writes only the bytes before the letter's
   * own. The end of the input does not suffice, because encoders of ISO-2022-KR then write no
   * shift.
   */
  private void end() throws IOException {
    if (letterLength == 0) {
      encoder.encode(CharBuffer.allocate(0), bytes, true);
      while (encoder.flush(bytes).isOverflow()) {
        writeBytes();
      }
    } else {
      if (bytes.remaining() < LONGEST_END) {
        writeBytes();
      }
      encoder.encode(CharBuffer.wrap(LETTER), bytes, false);
      bytes.position(bytes.position() - letterLength);
    }
    writeBytes();
  }

  private void writeBytes() throws IOException {
    bytes.flip();
    try {
      target.write(bytes.array(), 0, bytes.limit());
    } finally {
      bytes.clear();
    }
  }

  @Override
  public void flush() throws IOException {
    ensureOpen();
    target.flush();
  }

  private void ensureOpen() throws IOException {
    if (closed) {
      throw new IOException("Stream closed");
    }
  }

  /** Closes writer and target; an incomplete surrogate pair is an encoding error. */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    closed = true;
    try (target) {
      if (firstHalf != 0) {
        begin();
        CoderResult result = encoder.encode(CharBuffer.wrap(new char[] {firstHalf}), bytes, true);
        if (result.isError()) {
          result.throwException();
        }
        while (encoder.flush(bytes).isOverflow()) {
          writeBytes();
        }
        writeBytes();
      }
    }
  }
}
