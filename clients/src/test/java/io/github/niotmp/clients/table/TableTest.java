package io.github.niotmp.clients.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs after the clients: see the executions of surefire in pom.xml. */
class TableTest {
  @Test
  void theReadmeShowsTheResultsOfTheLastRun() throws IOException {
    List<Row> written = Table.written();
    List<Row> run = Table.ofLastRun();

    assertThat(written)
        .as("run clients/renew-table and look at the difference")
        .zipSatisfy(
            run,
            (row, outcome) ->
                assertThat(row.isConfirmedBy(outcome)).as("%s, now %s", row, outcome).isTrue());
  }
}
