package io.github.niotmp.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.namespace.Transfer.Place;
import io.github.niotmp.tck.namespace.Transfer.Result;
import java.io.IOException;
import java.nio.file.CopyOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * The contract that copies and moves have the same outcome as on the default provider: a row for
 * each kind of file and each kind of target, which tries each set of options. It compares the
 * classes of exceptions, and the trees afterwards.
 *
 * @see Files#copy(Path, Path, java.nio.file.CopyOption...)
 * @see Files#move
 */
@AsOnLinux
@EnabledOnOs(OS.LINUX)
public class TransferTableContract extends FileSystemContract {
  @TempDir Path onOneStore;

  @TempDir(factory = SharedMemory.class)
  Path onAnotherStore;

  static List<Transfer> within() {
    return Transfer.all(false);
  }

  static List<Transfer> between() {
    return Transfer.all(true);
  }

  @ContractTest(rows = "within")
  void withinAFileSystemATransferEndsAsOnTheDefaultProvider(Transfer transfer) throws IOException {
    compare(transfer, onOneStore, onOneStore, root(), root());
  }

  @ContractTest(rows = "between")
  void betweenFileSystemsATransferEndsAsOnTheDefaultProvider(Transfer transfer) throws IOException {
    Path another = rootOfAnother();
    assumeTrue(
        !Files.getFileStore(onOneStore).equals(Files.getFileStore(onAnotherStore)),
        "the default provider has no other file store in /dev/shm");

    compare(transfer, onOneStore, onAnotherStore, root(), another);
  }

  private void compare(
      Transfer transfer, Path oracleFrom, Path oracleTo, Path subjectFrom, Path subjectTo)
      throws IOException {
    for (Feature feature : transfer.needed()) {
      assumeTrue(has(feature), () -> subject() + " lacks " + feature);
    }
    boolean posix = fileSystem().supportedFileAttributeViews().contains("posix");
    Place oracle = new Place(oracleFrom, oracleTo, posix);
    Place tested = new Place(subjectFrom, subjectTo, posix);
    int count = 0;
    for (List<CopyOption> options : transfer.options()) {
      String name = Integer.toString(count++);
      Result expected = transfer.run(oracle.fresh(name), options);
      Result actual = transfer.run(tested.fresh(name), options);
      compare(transfer + " with " + options, transfer.move(), expected, actual);
    }
  }

  private void compare(String name, boolean move, Result expected, Result actual) {
    assertThat(actual.failure())
        .as("The exception of %s: '%s'", name, actual.message())
        .isEqualTo(expected.failure());
    compareMessages(name, expected.message(), actual.message());
    if (expected.isDone() || !move) {
      assertThat(actual.after())
          .as("The files after %s", name)
          .containsExactlyInAnyOrderElementsOf(expected.after());
    } else if (has(Feature.LEAVES_THE_TARGET_OF_A_FAILED_MOVE)) {
      assertThat(actual.after())
          .as("The files after %s, failed", name)
          .containsExactlyInAnyOrderElementsOf(actual.before());
    }
  }

  /**
   * Compares the messages of two exceptions of the same class. The contract leaves them open; a
   * subclass may be stricter.
   *
   * @param transfer the transfer and its options
   * @param expected the message on the default provider, with SOURCE and TARGET for the paths, or
   *     "" if the transfer is done
   * @param actual the message on the subject
   */
  protected void compareMessages(String transfer, String expected, String actual) {}

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
}
