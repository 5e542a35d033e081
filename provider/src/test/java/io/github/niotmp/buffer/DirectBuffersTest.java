package io.github.niotmp.buffer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much memory outside the heap is taken. */
class DirectBuffersTest {
  private static final int MANY = 10;

  @Test
  void aThreadGetsHeapBuffersWhenTheDirectOnesAreTaken() {
    List<ByteBuffer> taken = Stream.generate(DirectBuffers::acquire).limit(MANY).toList();
    taken.forEach(DirectBuffers::release);

    assertThat(taken).filteredOn(ByteBuffer::isDirect).hasSizeBetween(1, 4);
    assertThat(taken).allMatch(buffer -> buffer.remaining() == DirectBuffers.SIZE);
  }

  @Test
  void aReleasedBufferIsReusedEmpty() {
    ByteBuffer first = DirectBuffers.acquire();
    first.position(3).limit(5);
    DirectBuffers.release(first);

    List<ByteBuffer> taken = Stream.generate(DirectBuffers::acquire).limit(MANY).toList();
    taken.forEach(DirectBuffers::release);

    assertThat(taken).anySatisfy(buffer -> assertThat(buffer).isSameAs(first));
    assertThat(first.remaining()).isEqualTo(DirectBuffers.SIZE);
  }
}
