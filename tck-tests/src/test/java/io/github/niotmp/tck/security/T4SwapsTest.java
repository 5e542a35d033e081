package io.github.niotmp.tck.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.tck.api.Place;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * T4: nothing outside a tree changes while somebody swaps its directories and links as it is
 * removed.
 *
 * <p>CVE-2022-21658 (Rust), CVE-2023-6597 and issue 157579 (CPython), CVE-2018-6954 (systemd).
 *
 * <p>{@code -Dniotmp.tck.swaps=1000000} removes as many trees.
 */
class T4SwapsTest {
  private static final int REMOVALS = Integer.getInteger("niotmp.tck.swaps", 300);
  private static final String BYTES = "canary";

  @ParameterizedTest
  @EnumSource
  void whatALinkLeadsToStaysWhoeverSwapsItForADirectory(Place place) throws Exception {
    try (Place.Opened opened = place.open()) {
      Path outside = Files.createDirectory(opened.directory().resolve("outside"));
      Path canary = Files.createDirectories(outside.resolve("inner")).resolve("file");
      Files.writeString(canary, BYTES);
      Attacker attacker = new Attacker(outside);
      Thread thread = new Thread(attacker);
      thread.start();
      try {
        for (int i = 0; i < REMOVALS; i++) {
          remove(opened.directory(), attacker);
          assertThat(canary).content().isEqualTo(BYTES);
        }
      } finally {
        attacker.over = true;
        thread.join();
      }
    }
  }

  /** Removes a tree under attack, which may get new entries and then takes more than one try. */
  private static void remove(Path directory, Attacker attacker)
      throws IOException, InterruptedException {
    TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(directory));
    Files.createFile(Files.createDirectories(tree.resolve("directory/inner")).resolve("file"));
    attacker.tree = tree.path();
    assertThat(attacker.hasSwapped.await(1, TimeUnit.MINUTES)).isTrue();
    while (Files.exists(tree.path())) {
      try {
        tree.close();
      } catch (FileSystemException e) {
        assertThat(e.getFile()).startsWith(directory.toString());
      }
    }
  }

  /** Swaps a directory of the tree for a link that leads outside, and back. */
  private static final class Attacker implements Runnable {
    private final Path outside;
    private final CountDownLatch hasSwapped = new CountDownLatch(1);
    private volatile Path tree;
    private volatile boolean over;

    Attacker(Path outside) {
      this.outside = outside;
      tree = outside.resolve("no tree yet");
    }

    @Override
    public void run() {
      while (!over) {
        Path top = tree;
        Path directory = top.resolve("directory");
        Path aside = top.resolve("aside");
        try {
          Files.move(directory, aside);
          Files.createSymbolicLink(directory, outside);
          hasSwapped.countDown();
          Files.delete(directory);
          Files.move(aside, directory);
        } catch (IOException e) {
          // the removal was faster
        }
      }
    }
  }
}
