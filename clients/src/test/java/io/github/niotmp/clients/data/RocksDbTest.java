package io.github.niotmp.clients.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.RealFile;
import io.github.niotmp.clients.Scenario;
import io.github.niotmp.clients.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;

@Client(name = "RocksDB", artifact = "org.rocksdb:rocksdbjni")
class RocksDbTest {
  @Scenario("keeps a store in a directory beside the host path of a file")
  void keepsAStore(Path root, Storage storage) throws Exception {
    Path file = Files.createFile(root.resolve("beside"));
    Path store = RealFile.of(file).resolveSibling("store");
    try (Options options = new Options().setCreateIfMissing(true);
        FlushOptions flush = new FlushOptions();
        RocksDB db = RocksDB.open(options, store.toString())) {
      for (int number = 0; number < 2000; number++) {
        db.put(key(number), ("Größe " + number).getBytes(UTF_8));
      }
      db.flush(flush);
    }

    try (RocksDB db = RocksDB.open(store.toString())) {
      for (int number = 0; number < 2000; number++) {
        assertThat(db.get(key(number))).isEqualTo(("Größe " + number).getBytes(UTF_8));
      }
    }
    boolean isTree = storage == Storage.HOST || storage == Storage.DEFAULT_PROVIDER;
    assertThat(Files.exists(root.resolve("store").resolve("CURRENT"))).isEqualTo(isTree);
  }

  private static byte[] key(int number) {
    return ("key " + number).getBytes(UTF_8);
  }
}
