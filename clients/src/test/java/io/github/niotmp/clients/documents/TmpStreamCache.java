package io.github.niotmp.clients.documents;

import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.io.RandomAccess;
import org.apache.pdfbox.io.RandomAccessReadView;
import org.apache.pdfbox.io.RandomAccessStreamCache;

/**
 * A recipe: a stream cache of PDFBox whose buffers are temporary files of a directory, in memory
 * while they are small.
 *
 * <pre>{@code
 * try (PDDocument document = new PDDocument(() -> new TmpStreamCache(directory))) { ... }
 * Loader.loadPDF(new RandomAccessReadBufferedFile(path), () -> new TmpStreamCache(directory));
 * }</pre>
 *
 * <p>The document closes its cache. Like the document, neither the cache nor its buffers may be
 * used by several threads at once.
 */
public final class TmpStreamCache implements RandomAccessStreamCache {
  private final Path directory;
  private final List<Buffer> buffers = new ArrayList<>();

  /** Creates a cache whose buffers are files of a directory, which must exist. */
  public TmpStreamCache(Path directory) {
    this.directory = directory;
  }

  @Override
  public RandomAccess createBuffer() throws IOException {
    Path file = Files.createTempFile(directory, "pdfbox-", null);
    Buffer buffer = new Buffer(FileChannel.open(file, READ, WRITE, DELETE_ON_CLOSE));
    buffers.add(buffer);
    return buffer;
  }

  @Override
  public void close() throws IOException {
    for (Buffer buffer : buffers) {
      buffer.close();
    }
  }

  /** Reads and writes at one position, as PDFBox's own buffers do. */
  private static final class Buffer implements RandomAccess {
    private final FileChannel channel;

    Buffer(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return channel.read(ByteBuffer.wrap(bytes, offset, length));
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value});
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
      while (source.hasRemaining()) {
        channel.write(source);
      }
    }

    @Override
    public void clear() throws IOException {
      channel.truncate(0);
    }

    @Override
    public long getPosition() throws IOException {
      return channel.position();
    }

    @Override
    public void seek(long position) throws IOException {
      channel.position(position);
    }

    @Override
    public long length() throws IOException {
      return channel.size();
    }

    @Override
    public boolean isEOF() throws IOException {
      return getPosition() >= length();
    }

    @Override
    public boolean isClosed() {
      return !channel.isOpen();
    }

    @Override
    public RandomAccessReadView createView(long start, long length) {
      return new RandomAccessReadView(this, start, length);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
