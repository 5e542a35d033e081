package io.github.niotmp.clients.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.io.RandomAccessReadMemoryMappedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.common.PDStream;

@Client(name = "PDFBox", artifact = "org.apache.pdfbox:pdfbox")
class PdfBoxTest {
  private static final byte[] CONTENT = SampleTree.bytes(300_000);

  @Scenario("writes a document through a stream cache (TmpStreamCache) and reads it by path")
  void writesAndReads(Path root) throws IOException {
    Path cache = Files.createDirectory(root.resolve("cache"));
    Path file = write(root.resolve("document.pdf"), cache);

    try (PDDocument document =
        Loader.loadPDF(new RandomAccessReadBufferedFile(file), () -> new TmpStreamCache(cache))) {
      hasContent(document);
    }
    assertThat(cache).isEmptyDirectory();
  }

  @Scenario("reads a document by a mapping")
  void readsByAMapping(Path root) throws IOException {
    Path file = write(root.resolve("document.pdf"), Files.createDirectory(root.resolve("cache")));

    try (PDDocument document = Loader.loadPDF(new RandomAccessReadMemoryMappedFile(file))) {
      hasContent(document);
    }
  }

  @Scenario("appends a change to a document")
  void appendsAChange(Path root) throws IOException {
    Path cache = Files.createDirectory(root.resolve("cache"));
    Path file = write(root.resolve("document.pdf"), cache);
    Path changed = root.resolve("changed.pdf");
    try (PDDocument document =
            Loader.loadPDF(
                new RandomAccessReadBufferedFile(file), () -> new TmpStreamCache(cache));
        OutputStream out = Files.newOutputStream(changed)) {
      document.getDocumentInformation().setTitle("Grüße");
      document.getDocumentInformation().getCOSObject().setNeedToBeUpdated(true);
      document.saveIncremental(out);
    }

    assertThat(Files.size(changed)).isGreaterThan(Files.size(file));
    try (PDDocument document = Loader.loadPDF(new RandomAccessReadBufferedFile(changed))) {
      hasContent(document);
      assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Grüße");
    }
  }

  private static Path write(Path file, Path cache) throws IOException {
    try (PDDocument document = new PDDocument(() -> new TmpStreamCache(cache));
        OutputStream out = Files.newOutputStream(file)) {
      for (int number = 0; number < 3; number++) {
        PDPage page = new PDPage();
        page.setContents(
            new PDStream(document, new ByteArrayInputStream(CONTENT), COSName.FLATE_DECODE));
        document.addPage(page);
      }
      document.getDocumentInformation().setTitle("a title");
      document.save(out);
    }
    assertThat(cache).isEmptyDirectory();
    return file;
  }

  private static void hasContent(PDDocument document) throws IOException {
    assertThat(document.getNumberOfPages()).isEqualTo(3);
    for (PDPage page : document.getPages()) {
      try (InputStream in = page.getContents()) {
        assertThat(in.readAllBytes()).startsWith(CONTENT);
      }
    }
  }
}
