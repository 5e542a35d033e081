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

  /** The words are those that name the fault: the call, and the value or the exception. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          MoveThatReplacesUnasked   | Move                | failing if the target file exists
          CopyWithoutAttributes     | Copy                | last-modified-time is copied to the target file
          DirectoryCreatedTwice     | Directory           | because a file of that name already exists
          ListingWithoutFilter      | Listing             | filtered
          AccessToMissingFiles      | MissingFile         | check access
          AttributesThatFollowLinks | Attribute           | symbolic links are followed
          SameFileByText            | Link                | locate the same file
          DeleteOnCloseIgnored      | DeleteOnClose       | attempt to delete the file
          TruncateKeepsThePosition  | FileChannelResize   | position is greater than the given size
          EndOfAClosedChannel       | SeekableByteChannel | ClosedChannelException
          TransferFromTheStart      | FileChannelTransfer | starting at the given position
          LockOfTheWholeFile        | FileChannelLock     | position
          PathNotNormalized         | Path                | redundant
          TimesNotKept              | Attribute           | expected 2001-02-03
          """)
  void plantedFaultIsFoundAndNamed(String mutant, String contract, String words) {
    KitRun run = KitRun.of("[a-z]+[.]" + contract, Mutants.named(mutant));

    assertThat(run.failures().values()).anySatisfy(message -> assertThat(message).contains(words));
  }
}
