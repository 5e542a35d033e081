package io.github.niotmp.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The JDK's zip file system, mounted on an archive that lies in the file system under test. */
class ZipClientContract extends FileSystemContract {
  private static final int ENTRIES = 50;

  @ContractTest
  void anArchiveWrittenAsAStreamCanBeMounted() throws IOException {
    Path zip = root().resolve("archive.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (int i = 0; i < ENTRIES; i++) {
        out.putNextEntry(new ZipEntry("directory/entry" + i));
        out.write(content(i));
        out.closeEntry();
      }
    }
    try (FileSystem mounted = FileSystems.newFileSystem(zip)) {
      for (int i = 0; i < ENTRIES; i++) {
        assertThat(Files.readAllBytes(mounted.getPath("/directory/entry" + i)))
            .isEqualTo(content(i));
      }
    }
  }

  @ContractTest
  void anArchiveCanBeCreatedAndChangedThroughItsMount() throws IOException {
    Path zip = root().resolve("archive.zip");
    try (FileSystem mounted = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Files.createDirectory(mounted.getPath("/directory"));
      for (int i = 0; i < ENTRIES; i++) {
        Files.write(mounted.getPath("/directory", "entry" + i), content(i));
      }
    }
    try (FileSystem mounted = FileSystems.newFileSystem(zip)) {
      Files.delete(mounted.getPath("/directory/entry0"));
      Files.write(mounted.getPath("/directory/entry1"), content(100));
      Files.copy(
          mounted.getPath("/directory/entry2"),
          root().resolve("out"),
          StandardCopyOption.COPY_ATTRIBUTES);
      Files.copy(root().resolve("out"), mounted.getPath("/in"));
    }
    assertThat(Files.readAllBytes(root().resolve("out"))).isEqualTo(content(2));
    int entries = 0;
    try (InputStream in = Files.newInputStream(zip);
        ZipInputStream archive = new ZipInputStream(in)) {
      for (ZipEntry entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        if (!entry.isDirectory()) {
          entries++;
        }
        if (entry.getName().equals("directory/entry1")) {
          assertThat(archive.readAllBytes()).isEqualTo(content(100));
        }
      }
    }
    assertThat(entries).isEqualTo(ENTRIES);
    try (Stream<Path> left = Files.list(root())) {
      assertThat(left).containsExactlyInAnyOrder(zip, root().resolve("out"));
    }
  }

  @ContractTest
  void anArchiveInAnArchiveCanBeMounted() throws IOException {
    Path zip = root().resolve("outer.zip");
    try (FileSystem outer = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      try (OutputStream out = Files.newOutputStream(outer.getPath("/inner.zip"));
          ZipOutputStream inner = new ZipOutputStream(out)) {
        inner.putNextEntry(new ZipEntry("entry"));
        inner.write(content(7));
      }
    }
    try (FileSystem outer = FileSystems.newFileSystem(zip);
        FileSystem inner = FileSystems.newFileSystem(outer.getPath("/inner.zip"))) {
      assertThat(Files.readAllBytes(inner.getPath("/entry"))).isEqualTo(content(7));
    }
  }

  private static byte[] content(int i) {
    byte[] bytes = new byte[i * 97];
    new Random(i).nextBytes(bytes);
    return bytes;
  }
}
