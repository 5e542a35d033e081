package io.github.niotmp.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UploadTest {

  @Test
  void aSmallOneStaysInMemory() throws IOException {
    assertThat(receive("What comes at the end".getBytes(StandardCharsets.US_ASCII)))
        .contains("21 bytes in memory, ending in 2074686520656e64")
        .contains("still there once closed: false");
  }

  @Test
  void aLargeOneGoesToTheDisk() throws IOException {
    byte[] body = new byte[1 << 20];
    Arrays.fill(body, (byte) 0xab);

    assertThat(receive(body))
        .contains("1048576 bytes on disk, ending in abababababababab")
        .contains("still there once closed: false");
  }

  @Test
  void anEmptyOneHasNoEnd() throws IOException {
    assertThat(receive(new byte[0])).contains("0 bytes in memory, ending in ");
  }

  @Test
  void itSaysWhatItWaitsForUnlessTheUploadIsThere() throws IOException {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(errors, true, StandardCharsets.UTF_8);

    Upload.announce(new ByteArrayInputStream(new byte[1]), out);
    assertThat(errors.size()).isZero();

    Upload.announce(new ByteArrayInputStream(new byte[0]), out);
    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("waits for", "standard input");
  }

  private static String receive(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Upload.receive(
        new ByteArrayInputStream(body), new PrintStream(out, true, StandardCharsets.UTF_8));
    return out.toString(StandardCharsets.UTF_8);
  }
}
