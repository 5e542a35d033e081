package io.github.niotmp.clients.directories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

@Client(name = "SecureDirectoryStream")
class SecureDirectoryStreamTest {
  private static final int DELETIONS = 50_000;

  @Scenario("deletes a tree and nothing outside while a thread swaps a directory for a link")
  void deletesNothingOutside(Path root) throws Exception {
    Path outside = SampleTree.create(root.resolve("outside"));
    Map<String, String> before = SampleTree.contents(outside);
    Path tree = Files.createDirectory(root.resolve("tree"));
    AtomicBoolean stop = new AtomicBoolean();
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try (DirectoryStream<Path> opened = Files.newDirectoryStream(root)) {
      assumeTrue(
          opened instanceof SecureDirectoryStream, "This platform has no SecureDirectoryStream");
      SecureDirectoryStream<Path> parent = (SecureDirectoryStream<Path>) opened;
      Future<Integer> swaps = threads.submit(() -> swap(tree.resolve("swapped"), outside, stop));

      for (int i = 0; i < DELETIONS; i++) {
        try {
          delete(parent, tree.getFileName());
        } catch (IOException e) {
          // the link is no directory, or the directory has another name
        }
      }
      stop.set(true);
      assertThat(swaps.get()).isPositive();

      assertThat(SampleTree.contents(outside)).isEqualTo(before);
      Files.createDirectories(tree);
      delete(parent, tree.getFileName());
      assertThat(tree).doesNotExist();
    } finally {
      stop.set(true);
      threads.shutdown();
    }
  }

  /** Deletes a directory without following a link, however the names change meanwhile. */
  private static void delete(SecureDirectoryStream<Path> parent, Path name) throws IOException {
    try (SecureDirectoryStream<Path> directory =
        parent.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS)) {
      for (Path entry : directory) {
        Path child = entry.getFileName();
        boolean isDirectory =
            directory
                .getFileAttributeView(
                    child, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes()
                .isDirectory();
        if (isDirectory) {
          delete(directory, child);
        } else {
          directory.deleteFile(child);
        }
      }
    }
    parent.deleteDirectory(name);
  }

  /** Replaces a directory by a link and back until told to stop; returns how often it did. */
  private static int swap(Path directory, Path target, AtomicBoolean stop) {
    Path aside = directory.resolveSibling("aside");
    int links = 0;
    while (!stop.get()) {
      try {
        Files.createDirectories(directory);
        Files.move(directory, aside);
        Files.createSymbolicLink(directory, target);
        links++;
        Files.delete(directory);
        Files.move(aside, directory);
      } catch (IOException e) {
        // the other thread deleted one of them
      }
    }
    return links;
  }
}
