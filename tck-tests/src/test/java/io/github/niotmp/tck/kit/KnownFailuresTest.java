package io.github.niotmp.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.DefaultProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of other file systems in memory that are known to be there: the kit must find them. */
class KnownFailuresTest {
  private static final String CONTRACTS =
      "DeleteOnClose|FileChannelLock|FileChannelResize|Move|Link";

  /** Asked of peers; the suite asks it of the default provider. */
  private static final String AND_FUZZ = CONTRACTS + "|Fuzz";

  @Test
  void theDefaultProviderHasNone() {
    KitRun run = KitRun.of(CONTRACTS, DefaultProvider.class);

    assertThat(run.failedTests()).isEmpty();
    assertThat(run.passed()).isGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DeleteOnCloseContract.theLastHandleWithTheOptionDeletesTheFile",
        "DeleteOnCloseContract.theCloseOfTheFileSystemClosesItsStreams",
        "FileChannelLockContract.aSecondLockThroughAnotherChannelOverlaps",
        "FileChannelLockContract.closingTheChannelReleasesItsLocks",
        "FileChannelResizeContract.thePositionOfAnAppendingChannelStartsAtTheEnd",
        "FuzzContract.sequencesOfOperationsDoWhatTheyDoOnTheDefaultProvider",
        "LinkContract.linksThatGoRoundInCirclesAreRefused",
        "MoveContract.aDirectoryDoesNotMoveIntoItself"
      })
  void jimfsHas(String test) {
    assertThat(Jimfs.RUN.failedTests()).contains(test);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DeleteOnCloseContract.aRenamedFileIsDeletedByItsNewName",
        "DeleteOnCloseContract.theCloseOfTheFileSystemClosesItsHandles",
        "FileChannelLockContract.aSecondLockThroughTheSameChannelOverlaps",
        "FileChannelResizeContract.whatWasTruncatedReadsAsZerosWhenTheFileGrowsAgain",
        "FileChannelResizeContract.truncateMovesAPositionBeyondTheNewSizeAndNoOther",
        "FuzzContract.sequencesOfReadsAndWritesDoWhatTheJavadocSays",
        "LinkContract.dotDotAfterALinkIsTheParentOfItsTarget",
        "MoveContract.anAtomicMoveReplacesAFile"
      })
  void memoryfilesystemHas(String test) {
    assertThat(MemoryFileSystem.RUN.failedTests()).contains(test);
  }

  @Test
  void aDeviationThatIsKnownIsSkippedAndNothingElse() {
    KitRun all = KitRun.of("Move", PeerSubject.OfJimfs.class);
    KitRun asKnown = KitRun.of("Move", PeerSubject.OfJimfsAsKnown.class);

    assertThat(all.failedTests()).contains("MoveContract.aDirectoryDoesNotMoveIntoItself");
    assertThat(asKnown.failedTests())
        .hasSize(all.failedTests().size() - 1)
        .doesNotContain("MoveContract.aDirectoryDoesNotMoveIntoItself");
    assertThat(asKnown.skipped()).isEqualTo(all.skipped() + 1);
    assertThat(asKnown.passed()).isEqualTo(all.passed());
  }

  @Test
  void whatTheFuzzerFindsIsAClassThatCompiles(@TempDir Path directory) throws IOException {
    String said =
        Jimfs.RUN.failureOf("FuzzContract.sequencesOfOperationsDoWhatTheyDoOnTheDefaultProvider");
    String end = "\n}\n";
    String found = said.substring(said.indexOf("package "), said.indexOf(end) + end.length());
    Path source = Files.writeString(directory.resolve("FoundContract.java"), found);

    String[] arguments = {"-proc:none", "-d", directory.toString(), source.toString()};
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments))
        .as(found)
        .isZero();
  }

  private static final class Jimfs {
    static final KitRun RUN = KitRun.of(AND_FUZZ, PeerSubject.OfJimfs.class);
  }

  private static final class MemoryFileSystem {
    static final KitRun RUN = KitRun.of(AND_FUZZ, PeerSubject.OfMemoryFileSystem.class);
  }
}
