package io.github.niotmp.tck.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of operations, through several handles on one file, do on the subject what they
 * do on the default provider: results, exceptions and the bytes at the end.
 *
 * <p>{@code -Dniotmp.tck.sequences=10000} runs more of them than the default, {@code
 * -Dniotmp.tck.seed=42} others.
 */
public class RandomChannelOperationsContract extends ChannelContract {
  private static final int SEQUENCES = Integer.getInteger("niotmp.tck.sequences", 100);
  private static final long SEED = Long.getLong("niotmp.tck.seed", 20_261_123L);
  private static final int OPERATIONS = 80;

  @Test
  void sequencesOfOperationsDoWhatTheyDoOnTheDefaultProvider(@TempDir Path oracle)
      throws IOException {
    for (long seed = SEED; seed < SEED + SEQUENCES; seed++) {
      Path expected = oracle.resolve("file");
      runBoth(seed, expected);
      assertThat(Files.readAllBytes(file()))
          .as("bytes after seed %d", seed)
          .isEqualTo(Files.readAllBytes(expected));
      Files.delete(file());
      Files.delete(expected);
    }
  }

  private void runBoth(long seed, Path expectedFile) throws IOException {
    List<String> done = new ArrayList<>();
    try (RandomOperations subject = new RandomOperations(file(), new Random(seed));
        RandomOperations oracle = new RandomOperations(expectedFile, new Random(seed))) {
      for (int i = 0; i < OPERATIONS; i++) {
        String expected = oracle.next();
        String found = subject.next();
        assertThat(found)
            .as("seed %d, after %s", seed, done.subList(Math.max(0, i - 10), i))
            .isEqualTo(expected);
        done.add(expected);
      }
    }
  }
}
