package io.github.niotmp.tck.lifecycle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Deep paths, whose look-ups start from where the paths before them led. {@code
 * -Dniotmp.tck.names=32767} is the full size.
 */
class DeepPathsTest {
  private static final int DEPTH = Integer.getInteger("niotmp.tck.names", 5_000);
  private static final int LEVELS = 100;
  private static final int STEPS = 2_000;
  private static final long STACK_BYTES = 256 * 1024;

  private final FileSystem tmp;

  DeepPathsTest() throws IOException {
    tmp = TmpFileSystems.open(TmpSettings.defaults().longPaths(true));
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
  }

  /** Returns a path for each level, each made from the one before. */
  private List<Path> chain() {
    List<Path> chain = new ArrayList<>();
    Path at = tmp.getPath("/");
    for (int level = 0; level < LEVELS; level++) {
      at = at.resolve("a");
      chain.add(at);
    }
    return chain;
  }

  @Test
  void aPathThatWasLookedUpBeforeLeadsWhereItsTextLeads() throws IOException {
    List<Path> chain = chain();
    Random random = new Random(7);
    for (int step = 0; step < STEPS; step++) {
      Path changed = chain.get(random.nextInt(LEVELS));
      switch (random.nextInt(5)) {
        case 0 -> Files.createDirectories(chain.get(LEVELS - 1));
        case 1 -> move(changed, changed.resolveSibling("b"));
        case 2 -> move(changed.resolveSibling("b"), changed);
        case 3 -> removeBelow(chain, random.nextInt(LEVELS));
        default -> link(changed);
      }
      for (int level : new int[] {LEVELS - 1, random.nextInt(LEVELS), 70}) {
        Path path = chain.get(level);
        assertThat(key(path)).as("step " + step).isEqualTo(key(tmp.getPath(path.toString())));
      }
    }
  }

  private static Object key(Path path) {
    try {
      return String.valueOf(Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    } catch (IOException e) {
      return e.getClass().getName();
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to);
    } catch (FileSystemException e) {
      // one is missing, or the other is there
    }
  }

  private static void removeBelow(List<Path> chain, int level) throws IOException {
    for (int i = LEVELS - 1; i >= level; i--) {
      try {
        Files.deleteIfExists(chain.get(i));
      } catch (FileSystemException e) {
        return; // not empty, or below a link
      }
    }
  }

  /** Puts a link to a sibling in the place of a directory that is missing. */
  private static void link(Path path) throws IOException {
    try {
      Files.createSymbolicLink(path, path.getFileSystem().getPath("b"));
    } catch (FileSystemException e) {
      // there is a directory, or none above
    }
  }

  @Test
  void aRelativeDeepPathStartsAtTheDirectoryThatItIsGivenTo() throws IOException {
    Path relative = tmp.getPath("");
    for (int level = 0; level < LEVELS; level++) {
      relative = relative.resolve("a");
    }
    Files.createDirectories(tmp.getPath("/").resolve(relative));

    assertThat(Files.isDirectory(relative)).isTrue();
    Files.delete(relative);
    Path gone = relative;
    assertThatThrownBy(() -> Files.size(gone)).isInstanceOf(NoSuchFileException.class);
    assertThat(Files.isDirectory(requireNonNull(relative.getParent()))).isTrue();
  }

  @Test
  @Timeout(60)
  void aTreeOfAnyDepthIsMadeWalkedMovedAndRemovedOnASmallStack() throws Exception {
    FutureTask<Void> work =
        new FutureTask<>(
            () -> {
              makeAndRemove();
              return null;
            });
    Thread thread = new Thread(null, work, "small stack", STACK_BYTES);
    thread.start();
    work.get();
  }

  private void makeAndRemove() throws IOException {
    Path all = Files.createDirectories(tmp.getPath("/" + "a/".repeat(DEPTH)));
    Files.writeString(all.resolve("file"), "deep");
    try (Stream<Path> walk = Files.walk(tmp.getPath("/"))) {
      assertThat(walk.count()).isEqualTo(DEPTH + 2);
    }
    assertThat(all.toRealPath().getNameCount()).isEqualTo(DEPTH);
    Path outer = Files.createDirectory(tmp.getPath("/outer"));
    Files.move(tmp.getPath("/a"), outer.resolve("a"));
    assertThatThrownBy(() -> Files.move(outer, outer.resolve("a/a/new")))
        .isInstanceOf(FileSystemException.class)
        .hasMessageEndingWith("Invalid argument");
    assertThat(Files.exists(all)).isFalse();

    Files.walkFileTree(
        outer,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(Files.exists(outer)).isFalse();
  }
}
