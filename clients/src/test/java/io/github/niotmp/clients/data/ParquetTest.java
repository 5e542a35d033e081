package io.github.niotmp.clients.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

@Client(name = "Parquet", artifact = "org.apache.parquet:parquet-hadoop")
class ParquetTest {
  private static final int ROWS = 20_000;
  private static final MessageType TYPE =
      MessageTypeParser.parseMessageType(
          "message row { required int64 number; required binary text (UTF8); }");

  @Scenario("writes rows by path (LocalOutputFile) and reads them (PathInputFile)")
  void writesAndReads(Path root) throws IOException {
    Path file = write(root.resolve("rows.parquet"));

    hasRows(new PathInputFile(file));
  }

  @Limit(of = "Parquet", asks = "org.apache.parquet.io.LocalInputFile.newStream")
  @Scenario("reads rows by path (LocalInputFile)")
  void readsByPath(Path root) throws IOException {
    Path file = write(root.resolve("rows.parquet"));

    hasRows(new LocalInputFile(file));
  }

  private static Path write(Path file) throws IOException {
    SimpleGroupFactory rows = new SimpleGroupFactory(TYPE);
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(file))
            .withType(TYPE)
            .withConf(new PlainParquetConfiguration())
            .withRowGroupSize(100_000L)
            .build()) {
      for (long number = 0; number < ROWS; number++) {
        writer.write(rows.newGroup().append("number", number).append("text", "Größe " + number));
      }
    }
    return file;
  }

  private static void hasRows(InputFile file) throws IOException {
    try (ParquetReader<Group> reader = new Reader(file).build()) {
      for (long number = 0; number < ROWS; number++) {
        Group row = reader.read();
        assertThat(row.getLong("number", 0)).isEqualTo(number);
        assertThat(row.getString("text", 0)).isEqualTo("Größe " + number);
      }
      assertThat(reader.read()).isNull();
    }
  }

  private static final class Reader extends ParquetReader.Builder<Group> {
    Reader(InputFile file) {
      super(file, new PlainParquetConfiguration());
    }

    @Override
    protected ReadSupport<Group> getReadSupport() {
      return new GroupReadSupport();
    }
  }
}
