package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.namespace.Transfer.Place;
import io.github.niotmp.tck.namespace.Transfer.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * The contract that copies and moves have the same outcome as on the default provider, for each
 * kind of file, each kind of target and each set of options. It compares exceptions, messages and
 * the trees afterwards.
 *
 * @see Files#copy(Path, Path, java.nio.file.CopyOption...)
 * @see Files#move
 */
@EnabledOnOs(OS.LINUX)
public class TransferTableContract extends FileSystemContract {
  private static final Map<Transfer, Result> WITHIN = new LinkedHashMap<>();
  private static final Map<Transfer, Result> BETWEEN = new LinkedHashMap<>();

  @BeforeAll
  static void askTheDefaultProvider(
      @TempDir Path directory,
      @TempDir Path onOneStore,
      @TempDir(factory = SharedMemory.class) Path onAnotherStore)
      throws IOException {
    if (WITHIN.isEmpty()) {
      WITHIN.putAll(results(Transfer.all(false), new Place(directory, directory)));
    }
    if (BETWEEN.isEmpty()
        && !Files.getFileStore(onOneStore).equals(Files.getFileStore(onAnotherStore))) {
      BETWEEN.putAll(results(Transfer.all(true), new Place(onOneStore, onAnotherStore)));
    }
  }

  @ContractTest
  @AsOnLinux
  void withinAFileSystemAllIsAsOnTheDefaultProvider() throws IOException {
    assertThat(differences(WITHIN, new Place(root(), root()))).isEmpty();
  }

  @ContractTest
  @AsOnLinux
  void betweenFileSystemsAllIsAsOnTheDefaultProvider() throws IOException {
    Path another = rootOfAnother();
    assumeFalse(BETWEEN.isEmpty(), "the default provider has no other file store in /dev/shm");

    assertThat(differences(BETWEEN, new Place(root(), another))).isEmpty();
  }

  /** Creates directories in the tmpfs of Linux if it is writable, to have two file stores. */
  static final class SharedMemory implements TempDirFactory {
    private static final Path DIRECTORY = Path.of("/dev/shm");

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
        throws IOException {
      return Files.isWritable(DIRECTORY)
          ? Files.createTempDirectory(DIRECTORY, "nio-tmp-tck-")
          : Files.createTempDirectory("nio-tmp-tck-");
    }
  }

  private static Map<Transfer, Result> results(Iterable<Transfer> transfers, Place place)
      throws IOException {
    Map<Transfer, Result> results = new LinkedHashMap<>();
    for (Transfer transfer : transfers) {
      Result result = transfer.run(place.fresh(transfer.toString()));
      if (result != null) {
        results.put(transfer, result);
      }
    }
    return results;
  }

  private List<String> differences(Map<Transfer, Result> expected, Place place) throws IOException {
    List<String> differences = new ArrayList<>();
    results(expected.keySet(), place)
        .forEach(
            (transfer, actual) -> {
              Result oracle = Objects.requireNonNull(expected.get(transfer));
              note(differences, transfer, oracle.outcome(), actual.outcome());
              if (oracle.isDone() || !transfer.move()) {
                note(differences, transfer, oracle.after(), actual.after());
              } else if (has(Feature.LEAVES_THE_TARGET_OF_A_FAILED_MOVE)) {
                note(differences, transfer, actual.before(), actual.after());
              }
            });
    return differences;
  }

  private static void note(
      List<String> differences, Transfer transfer, Object expected, Object actual) {
    if (!expected.equals(actual)) {
      differences.add(transfer + ": expected " + expected + ", was " + actual);
    }
  }
}
