package io.github.niotmp.tck.fuzz;

import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
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
 * as a class. Among your tests it is one more contract, which the {@link
 * io.github.niotmp.tck.ConformanceKit} runs with the others.
 *
 * <p>These may differ:
 *
 * <ul>
 *   <li>A move or copy that replaces its target and fails: the default provider may have removed
 *       the target before, others need not. It is removed then, and the sequence goes on, whatever
 *       each said. If the way to the source led through it, the default provider misses that, and
 *       the sequence ends.
 *   <li>The words of an exception that names no path, as those are nobody's contract.
 *   <li>Whether an exception of a channel names its file. That of the default provider does not.
 *   <li>Which call refuses to open a directory as a file: Linux opens it, only to fail at the first
 *       read. No sequence tries.
 *   <li>Where bytes go that overlap with those they are copied from. No sequence tries.
 *   <li>"Not a directory", which JDKs after 17 say of a file on the way, and 17 does not.
 *   <li>What may be mapped once permissions were set, without {@link
 *       Feature#MAPS_BY_THE_CHANNEL_ALONE}, by a user whom they bind. No sequence tries: a mapping
 *       that fails leaves other bytes than one that does not.
 *   <li>"Permission denied" in an exception for anything, which the default provider throws for
 *       user attributes, and an {@link java.nio.file.AccessDeniedException}.
 * </ul>
 *
 * <p>{@code -Dniotmp.tck.fuzz=10000000} does as many operations, {@code -Dniotmp.tck.seed=42}
 * others.
 *
 * @see Files
 * @see java.nio.channels.FileChannel
 * @see java.nio.file.attribute
 */
@EnabledOnOs(OS.LINUX)
public class FuzzContract extends FileSystemContract {
  private static final long OPERATIONS = Long.getLong("niotmp.tck.fuzz", 4_000);
  private static final long SEED = Long.getLong("niotmp.tck.seed", 20_261_123L);
  private static final int LENGTH = 40;
  private static final int ROOT = 0;

  /** In a package and with a name that the kit selects. */
  private static final String CLASS =
      """
      package io.github.niotmp.tck.found;

      import io.github.niotmp.tck.fuzz.FuzzContract;
      import java.io.IOException;
      import org.junit.jupiter.api.Test;

      class FoundContract extends FuzzContract {
        @Test
        void found() throws IOException {
      """;

  @TempDir Path oracle;
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void sequencesOfOperationsDoWhatTheyDoOnTheDefaultProvider() throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (long done = 0; done < OPERATIONS; done += LENGTH) {
      check(random.longs(LENGTH).toArray());
    }
  }

  /**
   * Fails if a sequence differs, with the shortest part of it that does.
   *
   * @param steps a number for each, from which all about it is drawn
   * @throws IOException if a place to run it in cannot be made
   */
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
    try (FuzzedTree expected = new FuzzedTree(expectedRoot, parts());
        FuzzedTree found = new FuzzedTree(foundRoot, parts())) {
      for (int i = 0; i < steps.length; i++) {
        String outcome = expected.step(steps[i]);
        String ours = found.step(steps[i]);
        boolean bothFailed = expected.failedToReplace() && found.failedToReplace();
        if (!outcome.equals(ours) && !bothFailed) {
          if (missed(outcome, expected)) {
            return null;
          }
          return "step " + i + "\nexpected " + outcome + "\nfound    " + ours;
        }
        String trees = expected.mayHaveChanged() ? differenceOfTrees(expected, found) : null;
        if (trees != null) {
          return "after step " + i + ", " + outcome + trees;
        }
      }
      return null;
    }
  }

  /** Says whether a step removed what it was to replace, and with it the way to its source. */
  private static boolean missed(String outcome, FuzzedTree tree) {
    return tree.failedToReplace() && outcome.contains("NoSuchFileException");
  }

  private static @Nullable String differenceOfTrees(FuzzedTree expected, FuzzedTree found)
      throws IOException {
    if (expected.tree().equals(found.tree())) {
      return null;
    }
    found.removeWhatMayBeRemoved();
    expected.removeWhatMayBeRemoved();
    String tree = expected.tree();
    String ours = found.tree();
    return tree.equals(ours) ? null : "\nexpected\n" + tree + "\nfound\n" + ours;
  }

  private boolean permissionsBindNobody() throws IOException {
    return Files.getAttribute(oracle, "unix:uid").equals(ROOT);
  }

  private Set<Step.Part> parts() throws IOException {
    Set<Step.Part> parts = EnumSet.of(Step.Part.FILES);
    if (has(Feature.MAP)) {
      parts.add(Step.Part.MAPS);
    }
    if (has(Feature.MAPS_BY_THE_CHANNEL_ALONE) || permissionsBindNobody()) {
      parts.add(Step.Part.MAPS_WHATEVER_MAY_BE_OPENED);
    }
    if (has(Feature.FAILS_AS_ON_LINUX)) {
      parts.add(Step.Part.NAMES);
      parts.add(Step.Part.PERMISSIONS);
    }
    if (has(Feature.USER_ATTRIBUTES_AS_ON_LINUX)) {
      parts.add(Step.Part.USER_ATTRIBUTES);
    }
    return parts;
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
    StringBuilder test = new StringBuilder("seed " + SEED + "; as a test:\n" + CLASS);
    try (FuzzedTree tree =
        new FuzzedTree(
            Files.createDirectory(oracle.resolve("shown" + runs.incrementAndGet())), parts())) {
      for (long step : steps) {
        test.append("    // ").append(tree.step(step)).append('\n');
        numbers.add(step + "L");
      }
    }
    test.append("    check(").append(String.join(", ", numbers)).append(");\n  }\n}\n");
    return test.toString();
  }
}
