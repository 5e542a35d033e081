package io.github.niotmp.clients.table;

import static io.github.niotmp.clients.Outcome.LIMIT;
import static io.github.niotmp.clients.Outcome.PASSES;
import static io.github.niotmp.clients.Outcome.SKIPPED;
import static io.github.niotmp.clients.Storage.HOST;
import static io.github.niotmp.clients.Storage.SPOOLED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Outcome;
import io.github.niotmp.clients.Result;
import io.github.niotmp.clients.Storage;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowTest {
  private static final Row WRITTEN = row("1.0", LIMIT, "A client: `Loader.load:12`");

  @Test
  void isWhatWasWritten() {
    assertThat(Row.parse(WRITTEN.toString())).isEqualTo(WRITTEN);
    assertThat(Row.parse(row("1.0", PASSES, "").toString())).isEqualTo(row("1.0", PASSES, ""));
  }

  @Test
  void isConfirmedByAnotherVersionWithOtherLines() {
    assertThat(WRITTEN.isConfirmedBy(row("1.1", LIMIT, "A client: `Loader.load:13`"))).isTrue();
  }

  @Test
  void isNotConfirmedByAnotherOutcomeOrMethod() {
    assertThat(WRITTEN.isConfirmedBy(row("1.0", PASSES, ""))).isFalse();
    assertThat(WRITTEN.isConfirmedBy(row("1.0", LIMIT, "A client: `Loader.open:12`"))).isFalse();
  }

  @Test
  void isConfirmedByARunThatSkippedIt() {
    assertThat(WRITTEN.isConfirmedBy(row("1.0", SKIPPED, "no sftp"))).isTrue();
  }

  @Test
  void isConfirmedByARunOfOneStorageAlone() {
    Result passes = new Result("method", SPOOLED, PASSES, "");
    Row other = row("1.0", PASSES, "");

    assertThat(other.isConfirmedBy(Row.of("A client", "1.0", "works", List.of(passes)))).isTrue();
    assertThat(
            row("1.0", SKIPPED, "no sftp")
                .isConfirmedBy(Row.of("A client", "1.0", "works", List.of(passes))))
        .isFalse();
  }

  /** Makes a row whose outcome is the same on all storages. */
  private static Row row(String version, Outcome outcome, String detail) {
    return Row.of(
        "A client",
        version,
        "works",
        Arrays.stream(Storage.values())
            .map(storage -> new Result("method", storage, outcome, storage == HOST ? detail : ""))
            .toList());
  }
}
