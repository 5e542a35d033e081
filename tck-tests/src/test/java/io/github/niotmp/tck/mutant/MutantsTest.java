package io.github.niotmp.tck.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.kit.KitRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kit over a delegating provider: silent without a fault, and clear about each planted one. */
class MutantsTest {
  private static final String ALL =
      "(channel|namespace|attribute|provider|watch|concurrency)[.][A-Za-z]+";

  @Test
  void faithfulProviderFailsNoTest() {
    KitRun run = KitRun.of(ALL, Mutants.Faithful.class);

    assertThat(run.failures()).isEmpty();
    assertThat(run.passed()).isGreaterThan(400);
  }

  /** The name of the test and the words say what is wrong: the call, the value or the exception. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MoveThatReplacesUnasked   | Move.anExistingTargetIsNotReplacedWithoutTheOption | code to raise a throwable
          CopyWithoutAttributes     | Copy.theModificationTimeIsCopiedWithTheOption | last-modified-time
          DirectoryCreatedTwice     | Directory.creatingAnExistingFileFails | code to raise a throwable
          ListingWithoutFilter      | Listing.aFilterSelects | filter
          AccessToMissingFiles      | MissingFile.aCallOnAMissingFileFails [check access] | code to raise a throwable
          AttributesThatFollowLinks | Attribute.attributesOfALinkAreReadOnlyIfAskedFor | NOFOLLOW_LINKS
          SameFileByText            | Link.aFileIsTheSameThroughALink | isSameFile
          DeleteOnCloseIgnored      | DeleteOnClose.theCloseDeletesAnExistingFile | DELETE_ON_CLOSE
          TruncateKeepsThePosition  | FileChannelResize.truncateMovesAPositionBeyondTheNewSizeAndNoOther | truncate
          EndOfAClosedChannel       | SeekableByteChannel.aCallOnAClosedReaderFails [read] | ClosedChannelException
          TransferFromTheStart      | FileChannelTransfer.transferToAFileOfTheSameFileSystem | transferTo
          LockOfTheWholeFile        | FileChannelLock.rangesThatDoNotOverlapCanBeLockedTogether | OverlappingFileLockException
          PathNotNormalized         | Path.redundantDotsAreRemoved | normalize
          TimesNotKept              | Attribute.aViewOfALinkSetsTheTimeOfTheFile | expected 2001-02-03
          """)
  void plantedFaultIsFoundAndNamed(String mutant, String test, String words) {
    String contract = test.substring(0, test.indexOf('.'));

    KitRun run = KitRun.of("[a-z]+[.]" + contract, Mutants.named(mutant));

    assertThat(run.failureOf(test.replaceFirst("[.]", "Contract."))).contains(words);
  }
}
