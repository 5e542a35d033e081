package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.READ;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.path.Replace;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What threads that change the same names at the same time must not be able to break. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentNamesTest {
  private static final int THREADS = 4;
  private static final int ROUNDS = 3000;

  private final TestVolume volume = new TestVolume();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void close() throws IOException {
    threads.shutdownNow();
    volume.close();
  }

  @Test
  void directoriesMovedAcrossEachOtherMakeNoCircleAndNoneIsLost() throws Exception {
    List<String> directories = List.of("a", "b", "c", "d", "e");
    for (String name : directories) {
      volume.makeDirectory("/" + name);
    }
    runAll(
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < ROUNDS; i++) {
            moveSomewhere(directories, random);
          }
        });
    assertThat(namesBelow("/")).containsExactlyInAnyOrderElementsOf(directories);
  }

  /** Picks two places from what is there at the moment; most moves are overtaken or impossible. */
  private void moveSomewhere(List<String> directories, Random random) throws IOException {
    String moved = find("/", directories.get(random.nextInt(directories.size())));
    String goal = find("/", directories.get(random.nextInt(directories.size())));
    if (moved == null || goal == null) {
      return;
    }
    String name = moved.substring(moved.lastIndexOf('/') + 1);
    String parent = random.nextInt(4) == 0 ? "" : goal;
    try {
      volume.move(moved, parent + "/" + name, Replace.NEVER);
    } catch (FileSystemException e) {
      // another thread was there first, or the goal lies below what is moved
    }
  }

  private @Nullable String find(String directory, String name) throws IOException {
    for (String child : namesIfThere(directory)) {
      String path = directory.equals("/") ? "/" + child : directory + "/" + child;
      String found = child.equals(name) ? path : find(path, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private List<String> namesIfThere(String directory) throws IOException {
    try {
      return volume.names(directory);
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private List<String> namesBelow(String directory) throws IOException {
    List<String> all = new ArrayList<>();
    for (String child : volume.names(directory)) {
      all.add(child);
      all.addAll(namesBelow(directory.equals("/") ? "/" + child : directory + "/" + child));
    }
    return all;
  }

  @Test
  void noFileIsCreatedInADirectoryThatIsDeleted() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    Future<?> remover =
        threads.submit(
            () -> {
              while (!done.get()) {
                unlessOvertaken(() -> volume.makeDirectory("/d"));
                unlessOvertaken(() -> volume.delete("/d"));
              }
              return null;
            });
    int created = 0;
    while (created < 500) {
      if (unlessOvertaken(() -> volume.create("/d/f"))) {
        volume.delete("/d/f");
        created++;
      }
    }
    done.set(true);
    remover.get();
    assertThat(volume.volume.usage().files()).isZero();
  }

  @Test
  void aMovedFileIsNeverSeenUnderBothNames() throws Exception {
    int last = 2000;
    volume.create("/0");
    volume.makeDirectory("/d");
    Future<?> mover =
        threads.submit(
            () -> {
              for (int i = 0; i < last; i++) {
                volume.move(place(i), place(i + 1), Replace.NEVER);
              }
              return null;
            });
    for (int i = 0; i < last; ) {
      if (volume.exists(place(i + 1))) {
        assertThat(volume.exists(place(i))).isFalse();
        i++;
      } else if (mover.isDone()) {
        i++;
      }
    }
    mover.get();
  }

  private static String place(int i) {
    return i % 2 == 0 ? "/" + i : "/d/" + i;
  }

  @Test
  void aReplacedNameIsAlwaysThere() throws Exception {
    volume.create("/target");
    AtomicBoolean done = new AtomicBoolean();
    Future<?> replacer =
        threads.submit(
            () -> {
              for (int i = 0; i < ROUNDS; i++) {
                volume.create("/new");
                volume.move("/new", "/target", i % 2 == 0 ? Replace.ATOMIC : Replace.EXISTING);
              }
              done.set(true);
              return null;
            });
    while (!done.get()) {
      try (OpenFile file = volume.open("/target", READ)) {
        assertThat(file.size()).isZero();
      }
    }
    replacer.get();
    assertThat(volume.volume.usage().files()).isOne();
  }

  @Test
  void namesAddedAndRemovedByManyAreCountedRight() throws Exception {
    volume.create("/f");
    runAll(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            String link = "/" + thread + "-" + i;
            volume.root.createLink(TestVolume.path(link), TestVolume.path("/f"));
            volume.delete(link);
          }
        });
    assertThat(volume.root.readAttributes(TestVolume.path("/f"), true).linkCount()).isOne();
    volume.delete("/f");
    assertThat(volume.volume.usage().files()).isZero();
  }

  @Test
  void oneOfManyCreatesTheFile() throws Exception {
    for (int i = 0; i < 200; i++) {
      String name = "/f" + i;
      List<Boolean> won = new ArrayList<>();
      for (Future<Boolean> result :
          threads.invokeAll(
              List.<Callable<Boolean>>of(
                  () -> unlessOvertaken(() -> volume.create(name)),
                  () -> unlessOvertaken(() -> volume.create(name))))) {
        won.add(result.get());
      }
      assertThat(won).containsExactlyInAnyOrder(true, false);
    }
    assertThat(volume.volume.usage().files()).isEqualTo(200);
  }

  private interface Step {
    void run() throws IOException;
  }

  private interface Work {
    void run(int thread) throws IOException;
  }

  private static boolean unlessOvertaken(Step step) throws IOException {
    try {
      step.run();
      return true;
    } catch (FileSystemException e) {
      return false;
    }
  }

  private void runAll(Work work) throws Exception {
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      running.add(
          threads.submit(
              () -> {
                work.run(thread);
                return null;
              }));
    }
    for (Future<?> one : running) {
      one.get(60, TimeUnit.SECONDS);
    }
  }
}
