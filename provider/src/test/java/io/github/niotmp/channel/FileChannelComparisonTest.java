package io.github.niotmp.channel;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.volume.OpenMode;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The default provider's channel says what is right. */
class FileChannelComparisonTest {
  private static final int SEEDS = 40;
  private static final int STEPS = 150;

  static Stream<Arguments> modes() {
    return Stream.of(
        Arguments.of(ArrayFile.READ_WRITE, Set.of(READ, WRITE)),
        Arguments.of(ArrayFile.READ, Set.of(READ)),
        Arguments.of(ArrayFile.WRITE, Set.of(WRITE)),
        Arguments.of(ArrayFile.APPEND, Set.of(APPEND)));
  }

  @ParameterizedTest
  @MethodSource("modes")
  void everyOperationMatchesTheDefaultProvider(
      OpenMode mode, Set<OpenOption> options, @TempDir Path directory) throws Exception {
    Path path = directory.resolve("file");
    for (int seed = 0; seed < SEEDS; seed++) {
      byte[] content = new byte[100];
      new Random(seed).nextBytes(content);
      Files.write(path, content);
      ArrayFile file = new ArrayFile(content);
      ChannelFactory factory =
          new ChannelFactory(new OpenHandles(new FileSystemEvents("tmp:///"), false));
      try (FileChannel expected = FileChannel.open(path, options);
          FileChannel actual = factory.fileChannel(file.open(mode))) {
        new ChannelScript(seed, actual, expected).run(STEPS);
      }
      assertThat(file.content()).isEqualTo(Files.readAllBytes(path));
    }
  }
}
