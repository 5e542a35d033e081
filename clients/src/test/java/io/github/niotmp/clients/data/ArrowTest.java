package io.github.niotmp.clients.data;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.util.Text;

@Client(name = "Arrow", artifact = "org.apache.arrow:arrow-vector")
class ArrowTest {
  private static final int ROWS = 5000;
  private static final int BATCHES = 3;

  @Scenario("writes batches by a channel and reads them in another order")
  void writesAndReads(Path root) throws IOException {
    Path file = root.resolve("rows.arrow");
    try (BufferAllocator allocator = new RootAllocator()) {
      write(allocator, file);

      try (FileChannel channel = FileChannel.open(file, READ);
          ArrowFileReader reader = new ArrowFileReader(channel, allocator)) {
        assertThat(reader.getRecordBlocks()).hasSize(BATCHES);
        for (int batch = BATCHES - 1; batch >= 0; batch--) {
          reader.loadRecordBatch(reader.getRecordBlocks().get(batch));
          VectorSchemaRoot rows = reader.getVectorSchemaRoot();
          assertThat(rows.getRowCount()).isEqualTo(ROWS);
          for (int row = 0; row < ROWS; row++) {
            assertThat(rows.getVector("number").getObject(row))
                .isEqualTo((long) batch * ROWS + row);
            assertThat(rows.getVector("text").getObject(row)).hasToString("Größe " + row);
          }
        }
      }
    }
  }

  private static void write(BufferAllocator allocator, Path file) throws IOException {
    BigIntVector numbers = new BigIntVector("number", allocator);
    VarCharVector texts = new VarCharVector("text", allocator);
    try (VectorSchemaRoot rows = new VectorSchemaRoot(List.of(numbers, texts));
        FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE);
        ArrowFileWriter writer = new ArrowFileWriter(rows, null, channel)) {
      for (int batch = 0; batch < BATCHES; batch++) {
        for (int row = 0; row < ROWS; row++) {
          numbers.setSafe(row, (long) batch * ROWS + row);
          texts.setSafe(row, new Text("Größe " + row));
        }
        rows.setRowCount(ROWS);
        writer.writeBatch();
      }
    }
  }
}
