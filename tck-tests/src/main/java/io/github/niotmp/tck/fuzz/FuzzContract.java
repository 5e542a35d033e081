package io.github.niotmp.tck.fuzz;

import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random sequences of operations on names, handles and attributes, which do step by step what they
 * do on the default provider. A sequence that does not is made as short as it can be, and printed
 * as a test.
 *
 * <p>{@code -Dniotmp.tck.fuzz=10000000} does as many operations, {@code -Dniotmp.tck.seed=42}
 * others.
 */
@EnabledOnOs(OS.LINUX)
public class FuzzContract extends FileSystemContract {
  private static final int OPERATIONS = Integer.getInteger("niotmp.tck.fuzz", 4_000);
  private static final long SEED = Long.getLong("niotmp.tck.seed", 20_261_123L);
  private static final int LENGTH = 100;

  @TempDir Path oracle;
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void sequencesOfOperationsDoWhatTheyDoOnTheDefaultProvider() throws IOException {
    needs(Feature.FAILS_AS_ON_LINUX);
    SplittableRandom random = new SplittableRandom(SEED);
    for (int done = 0; done < OPERATIONS; done += LENGTH) {
      check(random.longs(LENGTH).toArray());
    }
  }

  /** Fails if a sequence differs, with the shortest part of it that does. */
  protected final void check(long... steps) throws IOException {
    if (difference(steps) != null) {
      long[] shortest = shortened(steps);
      throw new AssertionError(asTest(shortest) + difference(shortest));
    }
  }

  /** Returns where the steps differ from what they do on the default provider, or null. */
  private @Nullable String difference(long... steps) throws IOException {
    String name = "run" + runs.incrementAndGet();
    Path expectedRoot = Files.createDirectory(oracle.resolve(name));
    Path foundRoot = Files.createDirectory(root().resolve(name));
    try (FuzzedTree expected = new FuzzedTree(expectedRoot);
        FuzzedTree found = new FuzzedTree(foundRoot)) {
      for (int i = 0; i < steps.length; i++) {
        String outcome = expected.step(steps[i]);
        String ours = found.step(steps[i]);
        if (expected.isInDoubt() && found.isInDoubt()) {
          return null; // it may have removed the target, and failed for that
        }
        if (!outcome.equals(ours)) {
          return "step " + i + "\nexpected " + outcome + "\nfound    " + ours;
        }
        String tree = expected.tree();
        String ourTree = found.tree();
        if (!tree.equals(ourTree)) {
          return "after step " + i + ", " + outcome + "\nexpected\n" + tree + "\nfound\n" + ourTree;
        }
      }
      return null;
    }
  }

  /** Leaves out ever smaller parts, as long as what is left still differs. */
  private long[] shortened(long... steps) throws IOException {
    long[] shortest = steps;
    for (int size = steps.length / 2; size > 0; size /= 2) {
      for (int start = 0; start < shortest.length; ) {
        long[] without = without(shortest, start, Math.min(shortest.length, start + size));
        if (difference(without) != null) {
          shortest = without;
        } else {
          start += size;
        }
      }
    }
    return shortest;
  }

  private static long[] without(long[] steps, int start, int end) {
    long[] left = Arrays.copyOf(steps, steps.length - (end - start));
    System.arraycopy(steps, end, left, start, steps.length - end);
    return left;
  }

  private String asTest(long... steps) throws IOException {
    List<String> numbers = new ArrayList<>();
    StringBuilder test = new StringBuilder("seed " + SEED + "; as a test:\n");
    test.append("  @Test\n  void found() throws IOException {\n");
    try (FuzzedTree tree =
        new FuzzedTree(Files.createDirectory(oracle.resolve("shown" + runs.incrementAndGet())))) {
      for (long step : steps) {
        test.append("    // ").append(tree.step(step)).append('\n');
        numbers.add(step + "L");
      }
    }
    test.append("    check(").append(String.join(", ", numbers)).append(");\n  }\n");
    return test.toString();
  }
}
