package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.CREATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a handle of the volume does by itself, whatever the channel above it has checked. */
class SpooledFileTest {
  private final TestVolume volume = new TestVolume();

  @SuppressWarnings("NullAway.Init") // opened before each test
  private OpenFile file;

  private interface Use {
    void of(OpenFile file) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    file = volume.open("/f", CREATE);
    file.append(new byte[3], 0, 3);
  }

  @AfterEach
  void close() throws IOException {
    file.close();
    volume.close();
  }

  @Test
  void aClosedHandleLeavesAFileUnchangedThatIsOpenElsewhere() throws IOException {
    OpenFile closed = volume.open("/f", CREATE);
    closed.close();

    uses()
        .forEach(
            (name, use) ->
                assertThatThrownBy(() -> use.of(closed))
                    .as(name)
                    .isInstanceOf(ClosedChannelException.class));

    assertThat(file.size()).isEqualTo(3);
    assertThat(file.readAttributes().mode() & 0777).isNotEqualTo(0700);
  }

  @Test
  void eachUseLeavesItToOtherThreads() throws Exception {
    for (Map.Entry<String, Use> use : uses().entrySet()) {
      inAnotherThread(use.getValue());
      inAnotherThread(another -> another.write(new byte[1], 0, 1, 0));
    }
    assertThat(file.readAttributes().mode() & 0777).isEqualTo(0700);
  }

  @Test
  void anAppendTellsTheEndAfterIt() throws IOException {
    assertThat(file.append(ByteBuffer.allocate(4))).isEqualTo(7);
    assertThat(file.append(new byte[9], 2, 5)).isEqualTo(12);
    assertThat(file.size()).isEqualTo(12);
  }

  @Test
  void forceWritesTheWriteBufferToTheDisk() throws IOException {
    file.change(new AttributeChange.RollOver());
    file.write(new byte[3], 0, 3, 3);
    long gathered = volume.volume.usage().memoryBytes();

    file.force(false);

    assertThat(gathered).isPositive();
    assertThat(volume.volume.usage().memoryBytes()).isZero();
  }

  @Test
  void aWriteBufferThatCannotBeWrittenKeepsNoFile() throws IOException {
    file.change(new AttributeChange.RollOver());
    file.write(new byte[3], 0, 3, 3);
    volume.delete("/f");
    volume.close(); // the disk with it

    assertThatThrownBy(file::close).isInstanceOf(IOException.class);

    assertThat(volume.volume.usage().files()).isZero();
  }

  @Test
  void anEmptyFileCanBeForced() throws IOException {
    try (OpenFile empty = volume.open("/empty", CREATE)) {
      empty.force(true);
      assertThat(empty.size()).isZero();
    }
  }

  private static Map<String, Use> uses() {
    Map<String, Use> uses = new LinkedHashMap<>();
    uses.put("read", file -> file.read(ByteBuffer.allocate(1), 0));
    uses.put("size", OpenFile::size);
    uses.put("write", file -> file.write(ByteBuffer.allocate(9), 0));
    uses.put("append", file -> file.append(ByteBuffer.allocate(9)));
    uses.put("truncate", file -> file.truncate(1));
    uses.put("force", file -> file.force(true));
    uses.put("hostPath", OpenFile::hostPath); // which a mapping would not allow any more
    uses.put("map", file -> file.map(Mapping.buffer(MapMode.READ_WRITE, 0, 9)));
    uses.put("readAttributes", OpenFile::readAttributes);
    uses.put("change", file -> file.change(new AttributeChange.Mode(0700)));
    return uses;
  }

  private void inAnotherThread(Use use) throws Exception {
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              use.of(file);
              return null;
            });
    Thread thread = new Thread(task);
    thread.setDaemon(true); // whoever waits for ever keeps no JVM
    thread.start();
    task.get(1, TimeUnit.MINUTES);
  }
}
