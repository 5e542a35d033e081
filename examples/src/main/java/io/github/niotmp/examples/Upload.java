package io.github.niotmp.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;
import java.util.Map;

/**
 * Receives standard input of any size, as a server receives an upload, and then reads it from its
 * end, like a parser of zip or PDF files. A small upload never reaches the disk, a large one never
 * fills the heap, and both are removed at the end.
 */
public final class Upload {
  private static final int TAIL = 8;

  private Upload() {}

  /** Runs the example; takes no arguments. */
  public static void main(String[] args) throws IOException {
    announce(System.in, System.err);
    receive(System.in, System.out);
  }

  /** Tells a person at a terminal why nothing happens yet. */
  static void announce(InputStream body, PrintStream errors) throws IOException {
    if (body.available() == 0) {
      errors.println(
          "Upload waits for its upload on the standard input; end it with Ctrl-D (on Windows Ctrl-Z"
              + " and Enter)");
    }
  }

  static void receive(InputStream body, PrintStream out) throws IOException {
    try (FileSystem uploads =
        FileSystems.newFileSystem(URI.create("tmp://uploads"), Map.of("spoolThreshold", "64KiB"))) {
      Path upload = Files.createTempFile(uploads.getPath("/"), "upload-", ".bin");
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              upload,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE)) {
        long size = body.transferTo(Channels.newOutputStream(channel));
        boolean onDisk = Files.getFileStore(upload).getAttribute("tmp:filesOnDisk").equals(1L);
        out.printf(
            "%s: %d bytes %s, ending in %s%n",
            upload, size, onDisk ? "on disk" : "in memory", tail(channel));
      }
      out.println("still there once closed: " + Files.exists(upload));
    }
  }

  private static String tail(SeekableByteChannel channel) throws IOException {
    channel.position(Math.max(0, channel.size() - TAIL));
    ByteBuffer bytes = ByteBuffer.allocate(TAIL);
    while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
      // a read may return fewer bytes than the buffer has space for
    }
    return HexFormat.of().formatHex(bytes.array(), 0, bytes.position());
  }
}
