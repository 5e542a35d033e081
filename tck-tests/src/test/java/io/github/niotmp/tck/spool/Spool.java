package io.github.niotmp.tck.spool;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A spooled file system of its own, and what it says about where its bytes are. */
final class Spool implements Closeable {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private final FileSystem fileSystem;

  private Spool(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Opens one with {@code settings}. */
  static Spool open(Map<String, ?> settings) throws IOException {
    URI uri = URI.create("tmp://spool-" + COUNT.incrementAndGet());
    return new Spool(FileSystems.newFileSystem(uri, settings));
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** Returns an absolute path. */
  Path path(String name) {
    return fileSystem.getPath("/" + name);
  }

  long memoryBytes() throws IOException {
    return number("memoryBytes");
  }

  long memoryPeak() throws IOException {
    return number("memoryPeak");
  }

  long memoryBudget() throws IOException {
    return number("memoryBudget");
  }

  long diskBytes() throws IOException {
    return number("diskBytes");
  }

  long filesInMemory() throws IOException {
    return number("filesInMemory");
  }

  long filesOnDisk() throws IOException {
    return number("filesOnDisk");
  }

  long filesOnHost() throws IOException {
    return number("filesOnHost");
  }

  long filesPacked() throws IOException {
    return number("filesPacked");
  }

  long rollovers() throws IOException {
    return number("rollovers");
  }

  FileStore store() {
    return fileSystem.getFileStores().iterator().next();
  }

  private long number(String name) throws IOException {
    return ((Number) store().getAttribute("tmp:" + name)).longValue();
  }

  @Override
  public void close() throws IOException {
    fileSystem.close();
  }
}
