package io.github.niotmp.clients.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.h2.mvstore.MVStore;
import org.h2.store.fs.FilePath;
import org.h2.tools.Restore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Client(name = "H2", artifact = "com.h2database:h2")
class H2Test {
  private static final int ROWS = 5000;
  private final NioFilePath files = new NioFilePath();

  @BeforeEach
  void register() {
    FilePath.register(files);
  }

  @AfterEach
  void unregister() {
    FilePath.unregister(files);
  }

  @Test
  void createsAFileOnce(@TempDir Path directory) {
    FilePath file = FilePath.get("nio:" + directory.resolve("file").toUri());

    assertThat(file.createFile()).isTrue();
    assertThat(file.createFile()).isFalse();
  }

  @Scenario("creates, inserts, checkpoints, reopens, compacts, backs up and restores (NioFilePath)")
  void keepsADatabase(Path root) throws Exception {
    try (Connection connection = connect(root, "db")) {
      create(connection);
      insert(connection, 0, ROWS);
      execute(connection, "CHECKPOINT SYNC");
    }
    try (Connection connection = connect(root, "db")) {
      hasRows(connection, ROWS);
      execute(connection, "BACKUP TO '" + name(root, "backup.zip") + "'");
      execute(connection, "SCRIPT TO '" + name(root, "script.sql") + "'");
      execute(connection, "SHUTDOWN COMPACT");
    }
    try (Connection connection = connect(root, "db")) {
      hasRows(connection, ROWS);
    }
    Files.createDirectory(root.resolve("restored"));
    Restore.execute(name(root, "backup.zip"), name(root, "restored"), "db");
    try (Connection connection = connect(root.resolve("restored"), "db")) {
      hasRows(connection, ROWS);
    }
    try (Connection connection = connect(root, "second")) {
      execute(connection, "RUNSCRIPT FROM '" + name(root, "script.sql") + "'");
      hasRows(connection, ROWS);
    }
    assertThat(root.resolve("db.mv.db")).isNotEmptyFile();
  }

  @Scenario("serves concurrent connections and stores a large object")
  void servesConcurrentConnections(Path root) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (Connection connection = connect(root, "db")) {
      create(connection);
      List<Future<?>> inserts = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        int first = thread * 1000;
        inserts.add(
            threads.submit(
                () -> {
                  try (Connection own = connect(root, "db")) {
                    insert(own, first, first + 1000);
                  }
                  return null;
                }));
      }
      for (Future<?> insert : inserts) {
        insert.get();
      }
      hasRows(connection, 4000);
      execute(connection, "CREATE TABLE large(object BLOB)");
      execute(connection, "INSERT INTO large SELECT SECURE_RAND(300000)");
    } finally {
      threads.shutdownNow();
    }
    try (Connection connection = connect(root, "db")) {
      hasRows(connection, 4000);
      assertThat(number(connection, "SELECT LENGTH(object) FROM large")).isEqualTo(300_000);
    }
  }

  @Scenario("refuses a database that another store has locked")
  void refusesALockedDatabase(Path root) throws Exception {
    Path file = root.resolve("db.mv.db");
    try (Connection connection = connect(root, "db")) {
      create(connection);
      assertThat(Files.size(file)).isPositive();
      assertThatThrownBy(() -> MVStore.open(name(root, "db.mv.db"))).hasMessageContaining("locked");
    }
  }

  private static void create(Connection connection) throws SQLException {
    execute(connection, "CREATE TABLE entries(number INT PRIMARY KEY, text VARCHAR)");
  }

  private static void insert(Connection connection, int first, int end) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("INSERT INTO entries VALUES (?, ?)")) {
      for (int number = first; number < end; number++) {
        statement.setInt(1, number);
        statement.setString(2, "Größe " + number);
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  private static void hasRows(Connection connection, int count) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT * FROM entries ORDER BY number")) {
      for (int number = 0; number < count; number++) {
        assertThat(rows.next()).isTrue();
        assertThat(rows.getInt(1)).isEqualTo(number);
        assertThat(rows.getString(2)).isEqualTo("Größe " + number);
      }
      assertThat(rows.next()).isFalse();
    }
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getInt(1);
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Connection connect(Path directory, String database) throws SQLException {
    return DriverManager.getConnection("jdbc:h2:" + name(directory, database));
  }

  private static String name(Path directory, String file) {
    return "nio:" + directory.resolve(file).toUri();
  }
}
