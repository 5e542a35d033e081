package io.github.niotmp.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip archive to be written for a test, its content random bytes that do not compress. */
final class Archive {
  private static final long SEED = 42;

  private final Random random = new Random(SEED);
  private final Map<String, byte[]> files = new LinkedHashMap<>();

  /** Adds a file; the directories above it have no entry of their own. */
  Archive with(String name, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    files.put(name, bytes);
    return this;
  }

  /** Adds many files, each in a directory with up to a hundred. */
  Archive withMany(int count, int size) {
    for (int i = 0; i < count; i++) {
      with("many/" + i / 100 + "/file " + i, size);
    }
    return this;
  }

  /** Returns the bytes of a file, which are in the archive as they are. */
  byte[] content(String name) {
    return Objects.requireNonNull(files.get(name));
  }

  Path writeTo(Path archive) throws IOException {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        out.putNextEntry(stored(file.getKey(), file.getValue()));
        out.write(file.getValue());
        out.closeEntry();
      }
    }
    return archive;
  }

  private static ZipEntry stored(String name, byte[] content) {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    return entry;
  }
}
