package io.github.niotmp;

import io.github.niotmp.internal.text.DirectWriter;
import io.github.niotmp.internal.text.EncodingWriter;
import io.github.niotmp.internal.text.LineEndReader;
import io.github.niotmp.internal.text.LineEndWriter;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;

/**
 * Creates readers and writers with the charset, error action and newline of {@link TempOptions}.
 */
final class TextStreams {
  private TextStreams() {}

  static BufferedReader reader(InputStream in, TempOptions options) {
    CharsetDecoder decoder =
        options
            .charset()
            .newDecoder()
            .onMalformedInput(options.codingErrors())
            .onUnmappableCharacter(options.codingErrors());
    Reader reader = new InputStreamReader(in, decoder);
    return new BufferedReader(
        options.newline() == Newline.UNTRANSLATED ? reader : new LineEndReader(reader));
  }

  static BufferedWriter writer(EncodingWriter.Target out, TempOptions options) {
    CharsetEncoder encoder =
        options
            .charset()
            .newEncoder()
            .onMalformedInput(options.codingErrors())
            .onUnmappableCharacter(options.codingErrors());
    Writer writer = new EncodingWriter(out, encoder);
    return new DirectWriter(
        switch (options.newline()) {
          case UNTRANSLATED -> writer;
          case CR -> new LineEndWriter(writer, "\r");
          case LF -> new LineEndWriter(writer, "\n");
          case CRLF -> new LineEndWriter(writer, "\r\n");
          case PLATFORM -> new LineEndWriter(writer, System.lineSeparator());
        });
  }
}
