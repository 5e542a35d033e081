package io.github.niotmp.clients.archives;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.examples.Archiver;
import org.apache.commons.compress.archivers.examples.Expander;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.archivers.zip.ZipSplitReadOnlySeekableByteChannel;

@Client(name = "Commons Compress", artifact = "org.apache.commons:commons-compress")
class CommonsCompressTest {
  private static final byte[] LARGE = SampleTree.bytes(300_000);

  @Scenario("packs a tree into a zip, a tar and a 7z archive and unpacks each")
  void packsAndUnpacksTrees(Path root) throws Exception {
    Path tree = SampleTree.create(root.resolve("tree"));
    for (String format : new String[] {"zip", "tar", "7z"}) {
      Path archive = root.resolve("archive." + format);
      Path unpacked = Files.createDirectory(root.resolve("unpacked-" + format));

      new Archiver().create(format, archive, tree);
      new Expander().expand(format, archive, unpacked);

      assertThat(SampleTree.contents(unpacked)).as(format).isEqualTo(SampleTree.contents(tree));
    }
  }

  @Scenario("writes a zip through a channel, whose local headers it rewrites, and reads entries")
  void writesAZipThroughAChannel(Path root) throws IOException {
    Path zip = root.resolve("archive.zip");
    try (FileChannel channel = FileChannel.open(zip, CREATE_NEW, READ, WRITE);
        ZipArchiveOutputStream out = new ZipArchiveOutputStream(channel)) {
      put(out, "large", LARGE);
      put(out, "text", "a text".getBytes(UTF_8));
    }

    try (ZipFile file = ZipFile.builder().setPath(zip).get();
        SeekableByteChannel channel = Files.newByteChannel(zip);
        ZipFile byChannel = ZipFile.builder().setSeekableByteChannel(channel).get()) {
      assertThat(content(file, "large")).isEqualTo(LARGE);
      assertThat(content(byChannel, "text")).isEqualTo("a text".getBytes(UTF_8));
      assertThat(content(byChannel, "large")).isEqualTo(LARGE);
    }
  }

  @Scenario("writes a zip in several segments and reads it over all of them")
  void writesASplitZip(Path root) throws IOException {
    Path last = root.resolve("archive.zip");
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(last, 100_000)) {
      put(out, "large", LARGE);
    }

    assertThat(root.resolve("archive.z01")).hasSize(100_000);
    try (SeekableByteChannel segments =
            ZipSplitReadOnlySeekableByteChannel.buildFromLastSplitSegment(last);
        ZipFile file = ZipFile.builder().setSeekableByteChannel(segments).get()) {
      assertThat(content(file, "large")).isEqualTo(LARGE);
    }
  }

  @Scenario("writes a 7z archive with LZMA through a channel and reads entries at random")
  void writesASevenZip(Path root) throws IOException {
    Path archive = root.resolve("archive.7z");
    try (SevenZOutputFile out =
        new SevenZOutputFile(Files.newByteChannel(archive, CREATE_NEW, READ, WRITE))) {
      Path source = Files.write(root.resolve("source"), LARGE);
      out.putArchiveEntry(out.createArchiveEntry(source, "large"));
      out.write(source);
      out.closeArchiveEntry();
    }

    try (SevenZFile file = SevenZFile.builder().setPath(archive).get()) {
      SevenZArchiveEntry entry = file.getEntries().iterator().next();
      assertThat(entry.getName()).isEqualTo("large");
      try (InputStream in = file.getInputStream(entry)) {
        assertThat(in.readAllBytes()).isEqualTo(LARGE);
      }
    }
  }

  @Scenario("writes a tar with a file's attributes and reads entries at random")
  void writesATar(Path root) throws IOException {
    Path tar = root.resolve("archive.tar");
    Path source = Files.write(root.resolve("source"), LARGE);
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(Files.newOutputStream(tar))) {
      out.putArchiveEntry(new TarArchiveEntry(source, "large"));
      Files.copy(source, out);
      out.closeArchiveEntry();
    }

    try (TarFile file = new TarFile(tar)) {
      TarArchiveEntry entry = file.getEntries().get(0);
      assertThat(entry.getLastModifiedTime().to(SECONDS))
          .isEqualTo(Files.getLastModifiedTime(source).to(SECONDS));
      assertThat(entry.getUserName()).isEqualTo(Files.getOwner(source).getName());
      try (InputStream in = file.getInputStream(entry)) {
        assertThat(in.readAllBytes()).isEqualTo(LARGE);
      }
    }
  }

  private static void put(ZipArchiveOutputStream out, String name, byte[] content)
      throws IOException {
    out.putArchiveEntry(new ZipArchiveEntry(name));
    out.write(content);
    out.closeArchiveEntry();
  }

  private static byte[] content(ZipFile file, String name) throws IOException {
    try (InputStream in = file.getInputStream(file.getEntry(name))) {
      return in.readAllBytes();
    }
  }
}
