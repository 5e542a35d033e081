package io.github.niotmp.clients.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.RealFile;
import io.github.niotmp.clients.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

@Client(name = "DuckDB", artifact = "org.duckdb:duckdb_jdbc")
class DuckDbTest {
  @Scenario("keeps a database in the place of a file's host path")
  void keepsADatabase(Path root) throws Exception {
    Path file = Files.createFile(root.resolve("data.duckdb"));
    Path real = RealFile.of(file);
    Files.delete(real); // DuckDB creates it
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + real);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE entries AS SELECT i AS number, 'Größe ' || i AS text FROM range(5000) t(i)");
    }

    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + real)) {
      assertThat(sum(connection, "entries")).isEqualTo(5000L * 4999 / 2);
    }
    assertThat(file).hasSize(Files.size(real));
    assertThat(Files.readAllBytes(file)).contains("DUCK".getBytes(US_ASCII));
  }

  @Scenario("writes and reads CSV and Parquet by host paths")
  void writesAndReadsFiles(Path root) throws Exception {
    Path csv = Files.createFile(root.resolve("rows.csv"));
    Path parquet = Files.createFile(root.resolve("rows.parquet"));
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (SELECT 7 AS number, 'Grüße' AS text) TO '" + RealFile.of(csv) + "'");
      statement.execute(
          "COPY (SELECT i AS number FROM range(5000) t(i)) TO '" + RealFile.of(parquet) + "'");

      assertThat(csv).hasContent("number,text\n7,Grüße\n");
      Files.write(csv, "8,more\n".getBytes(UTF_8), APPEND);
      assertThat(sum(connection, "'" + RealFile.of(csv) + "'")).isEqualTo(15);
      assertThat(sum(connection, "'" + RealFile.of(parquet) + "'")).isEqualTo(5000L * 4999 / 2);
    }
    assertThat(Files.readAllBytes(parquet)).startsWith("PAR1".getBytes(US_ASCII));
  }

  private static long sum(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT sum(number) FROM " + table)) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(1);
    }
  }
}
