package io.github.niotmp.tck.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.FileSystemsUnderTest;
import io.github.niotmp.tck.namespace.TransferTableContract;

/** A copy or a move that fails has the message of the default provider too. */
@FileSystemsUnderTest({SpooledSubject.DefaultThreshold.class, HostSubject.OnDisk.class})
class TransferWordsTest extends TransferTableContract {
  @Override
  protected void compareMessages(String transfer, String expected, String actual) {
    assertThat(actual).as("The message of %s", transfer).isEqualTo(expected);
  }
}
