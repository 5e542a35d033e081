package io.github.niotmp.clients.documents;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.RealFile;
import io.github.niotmp.clients.Scenario;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.poi.hssf.usermodel.HSSFWorkbook;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.util.ZipFileZipEntrySource;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.Workbook;
import org.apache.poi.util.TempFile;
import org.apache.poi.util.TempFileCreationStrategy;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

@Client(name = "POI", artifact = "org.apache.poi:poi-ooxml")
class PoiTest {
  private static final int ROWS = 500;

  @Scenario("writes an .xlsx and reads it as a stream")
  void writesAndReadsXlsx(Path root) throws IOException {
    Path file = root.resolve("workbook.xlsx");
    try (Workbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      fill(workbook);
      workbook.write(out);
    }

    try (InputStream in = Files.newInputStream(file);
        Workbook workbook = new XSSFWorkbook(in)) {
      isFilled(workbook);
    }
  }

  @Scenario("reads the parts of an .xlsx at random, by a ZipFile instead of a java.io.File")
  void readsPartsAtRandom(Path root) throws Exception {
    Path file = root.resolve("workbook.xlsx");
    try (Workbook workbook = new XSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      fill(workbook);
      workbook.write(out);
    }

    try (ZipFile zip = ZipFile.builder().setPath(file).get();
        OPCPackage parts = OPCPackage.open(new ZipFileZipEntrySource(zip));
        Workbook workbook = new XSSFWorkbook(parts)) {
      isFilled(workbook);
    }
  }

  @Scenario("streams rows through temporary files, given as host paths")
  void streamsRows(Path root) throws IOException {
    Path file = root.resolve("workbook.xlsx");
    Path temporary = Files.createDirectory(root.resolve("temporary"));
    TempFile.setThreadLocalTempFileCreationStrategy(hostFilesOf(temporary));
    try (SXSSFWorkbook workbook = new SXSSFWorkbook(10);
        OutputStream out = Files.newOutputStream(file)) {
      fill(workbook);
      assertThat(temporary).isNotEmptyDirectory();
      workbook.write(out);
    } finally {
      TempFile.setThreadLocalTempFileCreationStrategy(null);
    }

    try (InputStream in = Files.newInputStream(file);
        Workbook workbook = new XSSFWorkbook(in)) {
      isFilled(workbook);
    }
  }

  @Scenario("writes an .xls and reads and changes it in place by a channel")
  void changesXlsInPlace(Path root) throws IOException {
    Path file = root.resolve("workbook.xls");
    try (Workbook workbook = new HSSFWorkbook();
        OutputStream out = Files.newOutputStream(file)) {
      fill(workbook);
      workbook.write(out);
    }

    try (FileChannel channel = FileChannel.open(file, READ, WRITE);
        POIFSFileSystem system = new POIFSFileSystem(channel, false);
        HSSFWorkbook workbook = new HSSFWorkbook(system)) {
      isFilled(workbook);
      workbook.getSheetAt(0).getRow(0).getCell(0).setCellValue("changed");
      workbook.write();
    }
    try (FileChannel channel = FileChannel.open(file, READ);
        POIFSFileSystem system = new POIFSFileSystem(channel);
        HSSFWorkbook workbook = new HSSFWorkbook(system)) {
      assertThat(workbook.getSheetAt(0).getRow(0).getCell(0).getStringCellValue())
          .isEqualTo("changed");
      assertThat(workbook.getSheetAt(0).getLastRowNum()).isEqualTo(ROWS - 1);
    }
  }

  /** A recipe: POI asks for a {@link File}, so each temporary file is given by its host path. */
  private static TempFileCreationStrategy hostFilesOf(Path directory) {
    return new TempFileCreationStrategy() {
      @Override
      public File createTempFile(String prefix, String suffix) throws IOException {
        return RealFile.of(Files.createTempFile(directory, prefix, suffix)).toFile();
      }

      @Override
      public File createTempDirectory(String prefix) {
        throw new UnsupportedOperationException("a directory has no host path");
      }
    };
  }

  private static void fill(Workbook workbook) {
    Sheet sheet = workbook.createSheet("numbers");
    for (int number = 0; number < ROWS; number++) {
      Row row = sheet.createRow(number);
      row.createCell(0).setCellValue("Größe " + number);
      row.createCell(1).setCellValue(number / 2.0);
    }
  }

  private static void isFilled(Workbook workbook) {
    Sheet sheet = workbook.getSheet("numbers");
    assertThat(sheet.getLastRowNum()).isEqualTo(ROWS - 1);
    for (int number = 0; number < ROWS; number++) {
      Row row = sheet.getRow(number);
      assertThat(row.getCell(0).getStringCellValue()).isEqualTo("Größe " + number);
      assertThat(row.getCell(1).getNumericCellValue()).isEqualTo(number / 2.0);
    }
  }
}
