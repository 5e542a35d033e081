package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of operations on a few names, with ".", ".." and links among them, do on the
 * subject what they do on the default provider: exceptions, their messages, and the tree after
 * each.
 *
 * <p>{@code -Dniotmp.tck.sequences=10000} runs more of them than the default, {@code
 * -Dniotmp.tck.seed=42} others.
 */
@EnabledOnOs(OS.LINUX)
public class RandomNamesContract extends FileSystemContract {
  private static final int SEQUENCES = Integer.getInteger("niotmp.tck.sequences", 40);
  private static final long SEED = Long.getLong("niotmp.tck.seed", 20_261_123L);
  private static final int OPERATIONS = 60;

  @Test
  void sequencesOfOperationsDoWhatTheyDoOnTheDefaultProvider(@TempDir Path oracle)
      throws IOException {
    needs(Feature.FAILS_AS_ON_LINUX);
    for (long seed = SEED; seed < SEED + SEQUENCES; seed++) {
      Path subject = Files.createDirectory(root().resolve("seed" + seed));
      runBoth(seed, Files.createDirectory(oracle.resolve("seed" + seed)), subject);
    }
  }

  private static void runBoth(long seed, Path oracle, Path subject) throws IOException {
    RandomNames expected = new RandomNames(oracle, new Random(seed));
    RandomNames found = new RandomNames(subject, new Random(seed));
    List<String> done = new ArrayList<>();
    for (int i = 0; i < OPERATIONS; i++) {
      String outcome = expected.next();
      assertThat(found.next())
          .as("seed %d, after %s", seed, done.subList(Math.max(0, i - 10), i))
          .isEqualTo(outcome);
      done.add(outcome);
      if (expected.mayHaveLostTheTarget()) {
        return;
      }
      assertThat(found.tree()).as("seed %d, after %s", seed, done).isEqualTo(expected.tree());
    }
  }
}
