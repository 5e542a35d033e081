package io.github.niotmp.clients.data;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.RealFile;
import io.github.niotmp.clients.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;

@Client(name = "SQLite", artifact = "org.xerial:sqlite-jdbc")
class SqliteTest {
  @Scenario("keeps a database, by its host path, with a write-ahead log beside it")
  void keepsADatabase(Path root) throws Exception {
    Path file = Files.createFile(root.resolve("data.db"));
    String url = "jdbc:sqlite:" + RealFile.of(file);
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("CREATE TABLE entries(number INTEGER PRIMARY KEY, text TEXT)");
      statement.execute(
          "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 4999)"
              + " INSERT INTO entries SELECT i, 'Größe ' || i FROM n");
    }

    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM entries ORDER BY number")) {
      for (int number = 0; number < 5000; number++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(2)).isEqualTo("Größe " + rows.getInt(1));
        assertThat(rows.getInt(1)).isEqualTo(number);
      }
      assertThat(rows.next()).isFalse();
    }
    assertThat(Files.readAllBytes(file)).startsWith("SQLite format 3\0".getBytes(US_ASCII));
    assertThat(file).hasSize(Files.size(RealFile.of(file)));
  }
}
