package io.github.niotmp.clients.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

@Client(name = "Avro", artifact = "org.apache.avro:avro")
class AvroTest {
  private static final int RECORDS = 5000;
  private static final Schema SCHEMA =
      SchemaBuilder.record("row")
          .fields()
          .requiredLong("number")
          .requiredString("text")
          .endRecord();

  @Scenario("writes records and reads them by a channel, from the start and after a sync point")
  void writesAndReads(Path root) throws IOException {
    Path file = write(root.resolve("rows.avro"));

    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(input(file), new GenericDatumReader<>(SCHEMA))) {
      for (long number = 0; number < RECORDS; number++) {
        GenericRecord row = reader.next();
        assertThat(row.get("number")).isEqualTo(number);
        assertThat(row.get("text")).hasToString("Größe " + number);
      }
      assertThat(reader.hasNext()).isFalse();
      reader.sync(Files.size(file) / 2);
      assertThat(reader.next().get("number")).isInstanceOf(Long.class).isNotEqualTo(0L);
    }
  }

  /** Fails once there is a constructor to use instead of {@code toFile()}. */
  @Test
  void takesNoPath() {
    assertThat(DataFileReader.class.getConstructors())
        .noneMatch(constructor -> List.of(constructor.getParameterTypes()).contains(Path.class));
  }

  @Limit(of = "Avro", asks = "DataFileReader takes java.io.File or SeekableInput")
  @Scenario("reads records by DataFileReader(File)")
  void readsAFile(Path root) throws IOException {
    Path file = write(root.resolve("rows.avro"));

    try (DataFileReader<GenericRecord> reader =
        new DataFileReader<>(file.toFile(), new GenericDatumReader<>(SCHEMA))) {
      assertThat((Iterable<GenericRecord>) reader).hasSize(RECORDS);
    }
  }

  private static Path write(Path file) throws IOException {
    try (DataFileWriter<GenericRecord> writer =
        new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
      writer.setCodec(CodecFactory.deflateCodec(1));
      writer.create(SCHEMA, Files.newOutputStream(file));
      for (long number = 0; number < RECORDS; number++) {
        writer.append(
            new GenericRecordBuilder(SCHEMA)
                .set("number", number)
                .set("text", "Größe " + number)
                .build());
      }
    }
    return file;
  }

  /** A recipe: an input of Avro that reads through a path. */
  private static SeekableInput input(Path file) throws IOException {
    SeekableByteChannel channel = Files.newByteChannel(file);
    return new SeekableInput() {
      @Override
      public void seek(long position) throws IOException {
        channel.position(position);
      }

      @Override
      public long tell() throws IOException {
        return channel.position();
      }

      @Override
      public long length() throws IOException {
        return channel.size();
      }

      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return channel.read(ByteBuffer.wrap(bytes, offset, length));
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
