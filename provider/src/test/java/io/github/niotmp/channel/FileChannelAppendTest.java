package io.github.niotmp.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileChannelAppendTest {
  private final OpenHandles handles = new OpenHandles(new FileSystemEvents("tmp:///"), false);

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAppendForcesTheFileOfAChannelThatWasOpenedWithSync(boolean sync) throws IOException {
    ArrayFile file = new ArrayFile(1, 2, 3);
    OpenMode mode = sync ? ArrayFile.SYNC : ArrayFile.READ_WRITE;
    try (TmpFileChannel channel =
        new TmpFileChannel(file.open(mode), handles, new FileLocks(), false)) {
      assertThat(channel.append(ByteBuffer.wrap(new byte[] {4, 5}))).isEqualTo(5);
      assertThat(channel.position()).isZero();
    }

    assertThat(file.content()).containsExactly(1, 2, 3, 4, 5);
    assertThat(file.forces).hasValue(sync ? 1 : 0);
  }
}
