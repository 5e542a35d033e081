package io.github.niotmp.tck.fuzz;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.nio.channels.FileChannel;
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
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract that random sequences of operations have the same outcome as on the default
 * provider, step by step. Exception classes and files are compared, messages are not. On a
 * difference the test shortens the sequence and prints it as a test class. If you add that class to
 * your tests, the {@link io.github.niotmp.tck.ConformanceKit} runs it with the other contracts.
 *
 * <p>One test reads and writes the bytes of files only, and compares what the Javadoc fixes: any
 * {@link IOException} is like another, a short transfer is completed, and the bytes of gaps do not
 * count. The other test adds names, attributes, locks, mappings and the exception classes of Linux.
 * It allows these differences:
 *
 * <ul>
 *   <li>The target after a failed replacing move or copy: the default provider may have removed it.
 *       The test then removes it on both sides and continues, whatever the exceptions were. If the
 *       path of the source led through the target, the default provider throws NoSuchFileException,
 *       and the sequence ends.
 *   <li>Whether an exception of a channel is a FileSystemException. The default provider's is not.
 *   <li>The call that refuses to open a directory as a file: Linux opens it, and the first read
 *       fails. No sequence tries it.
 *   <li>The result of a copy between overlapping ranges. No sequence tries it.
 *   <li>"Not a directory": JDKs after 17 report it for a file in the middle of a path, JDK 17 does
 *       not.
 *   <li>Mappings after a change of permissions, without {@link Feature#MAPS_BY_THE_CHANNEL_ALONE},
 *       by a user other than root. No sequence tries them: the bytes differ after a mapping that
 *       fails.
 *   <li>An exception with the reason "Permission denied", which the default provider throws for
 *       user attributes, and an {@link java.nio.file.AccessDeniedException}.
 * </ul>
 *
 * <p>{@code -Dniotmp.tck.fuzz=10000000} sets the number of operations, {@code -Dniotmp.tck.seed=42}
 * the seed.
 *
 * @see Files
 * @see FileChannel
 * @see java.nio.file.attribute
 */
public class FuzzContract extends FileSystemContract {
  private static final long OPERATIONS = Long.getLong("niotmp.tck.fuzz", 4_000);
  private static final long SEED = Long.getLong("niotmp.tck.seed", 20_261_123L);
  private static final int LENGTH = 40;
  private static final int ROOT = 0;

  /** The head of the printed test. The kit selects its package and the name of its class. */
  private static final String CLASS =
      """
      package io.github.niotmp.tck.found;

      import io.github.niotmp.tck.ContractTest;
      import io.github.niotmp.tck.fuzz.FuzzContract;
      import java.io.IOException;

      class FoundContract extends FuzzContract {
        @ContractTest
        void found() throws IOException {
      """;

  @TempDir Path oracle;
  private final AtomicInteger runs = new AtomicInteger();

  @ContractTest
  @Needs(Feature.FILE_CHANNELS)
  @Required(
      by = FileChannel.class,
      sentence =
          "The file itself contains a variable-length sequence of bytes that can be read and"
              + " written and whose current size can be queried.")
  @Required(
      by = FileChannel.class,
      sentence =
          "The view of a file provided by an instance of this class is guaranteed to be consistent"
              + " with other views of the same file provided by other instances in the same"
              + " program.")
  @Required(
      by = FileChannel.class,
      member = "write(ByteBuffer)",
      sentence =
          "Bytes are written starting at this channel's current file position unless the channel is"
              + " in append mode, in which case the position is first advanced to the end of the"
              + " file.")
  void sequencesOfReadsAndWritesDoWhatTheJavadocSays() throws IOException {
    eachSequence(this::checkBytes);
  }

  @ContractTest
  @AsOnLinux
  @EnabledOnOs(OS.LINUX)
  @Needs({
    Feature.FILE_CHANNELS,
    Feature.SYMBOLIC_LINKS,
    Feature.HARD_LINKS,
    Feature.ATOMIC_MOVES,
    Feature.POSIX_OPEN_FILES
  })
  void sequencesOfOperationsDoWhatTheyDoOnTheDefaultProvider() throws IOException {
    needsView("unix");
    eachSequence(this::check);
  }

  /** Runs each sequence of a run. */
  private static void eachSequence(Sequence check) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    for (long done = 0; done < OPERATIONS; done += LENGTH) {
      check.of(random.longs(LENGTH).toArray());
    }
  }

  /** Checks a sequence. */
  @FunctionalInterface
  private interface Sequence {
    void of(long... steps) throws IOException;
  }

  /**
   * Fails if a sequence differs, and reports the shortest differing part that it finds.
   *
   * @param steps one number for each step, the seed of all its choices
   * @throws IOException if a directory for the run cannot be created
   */
  protected final void check(long... steps) throws IOException {
    check("check", allParts(), steps);
  }

  /**
   * Fails if a sequence differs in the bytes of files, of which it takes the steps alone, and
   * reports the shortest differing part that it finds.
   *
   * @param steps one number for each step, the seed of all its choices
   * @throws IOException if a directory for the run cannot be created
   */
  protected final void checkBytes(long... steps) throws IOException {
    check("checkBytes", EnumSet.of(Step.Part.BYTES), steps);
  }

  private void check(String method, Set<Step.Part> parts, long... steps) throws IOException {
    if (difference(method, parts, steps) != null) {
      long[] shortest = shortened(method, parts, steps);
      throw new AssertionError(
          asTest(method, parts, shortest) + difference(method, parts, shortest));
    }
  }

  /** Returns the first difference from the default provider, or null. */
  private @Nullable String difference(String method, Set<Step.Part> parts, long... steps)
      throws IOException {
    String name = "run" + runs.incrementAndGet();
    Path expectedRoot = Files.createDirectory(oracle.resolve(name));
    Path foundRoot = Files.createDirectory(root().resolve(name));
    try (FuzzedTree expected = new FuzzedTree(expectedRoot, parts);
        FuzzedTree found = new FuzzedTree(foundRoot, parts)) {
      for (int i = 0; i < steps.length; i++) {
        String outcome = expected.step(steps[i]);
        String ours = found.step(steps[i]);
        if (Thread.interrupted()) {
          throw new AssertionError(
              asTest(method, parts, Arrays.copyOf(steps, i + 1))
                  + "step "
                  + i
                  + " was under way\nexpected "
                  + outcome);
        }
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

  /** Says whether a failed replacement removed its target, and with it the path to its source. */
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

  private Set<Step.Part> allParts() throws IOException {
    Set<Step.Part> parts =
        EnumSet.of(Step.Part.BYTES, Step.Part.FILES, Step.Part.NAMES, Step.Part.PERMISSIONS);
    if (has(Feature.MAP)) {
      parts.add(Step.Part.MAPS);
    }
    if (has(Feature.MAPS_BY_THE_CHANNEL_ALONE) || permissionsBindNobody()) {
      parts.add(Step.Part.MAPS_WHATEVER_MAY_BE_OPENED);
    }
    if (has(Feature.USER_ATTRIBUTES_AS_ON_LINUX)) {
      parts.add(Step.Part.USER_ATTRIBUTES);
    }
    return parts;
  }

  /** Leaves out smaller and smaller parts while the rest still differs. */
  private long[] shortened(String method, Set<Step.Part> parts, long... steps) throws IOException {
    long[] shortest = steps;
    for (int size = steps.length / 2; size > 0; size /= 2) {
      for (int start = 0; start < shortest.length; ) {
        long[] without = without(shortest, start, Math.min(shortest.length, start + size));
        if (difference(method, parts, without) != null) {
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

  private String asTest(String method, Set<Step.Part> parts, long... steps) throws IOException {
    List<String> numbers = new ArrayList<>();
    StringBuilder test = new StringBuilder("seed " + SEED + "; as a test:\n" + CLASS);
    try (FuzzedTree tree =
        new FuzzedTree(
            Files.createDirectory(oracle.resolve("shown" + runs.incrementAndGet())), parts)) {
      for (long step : steps) {
        test.append("    // ").append(tree.step(step)).append('\n');
        numbers.add(step + "L");
      }
    }
    test.append("    ")
        .append(method)
        .append('(')
        .append(String.join(", ", numbers))
        .append(");\n  }\n}\n");
    return test.toString();
  }
}
