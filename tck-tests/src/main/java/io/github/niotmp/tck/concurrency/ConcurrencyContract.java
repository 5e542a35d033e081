package io.github.niotmp.tck.concurrency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The contract of concurrent use: invariants that hold while many threads use one file system. The
 * time limit of the kit turns a deadlock into a failure.
 *
 * @see Files#createFile
 * @see Files#move
 * @see StandardOpenOption#APPEND
 * @see java.nio.file.spi.FileSystemProvider
 */
public class ConcurrencyContract extends FileSystemContract {
  private static final int TASKS = 8;

  /** The rounds of each task, set by the property {@code niotmp.tck.rounds}. */
  private static final int ROUNDS = Integer.getInteger("niotmp.tck.rounds", 50);

  /** Their number, set by the property {@code niotmp.tck.threads}. */
  private static final int VIRTUAL_THREADS = Integer.getInteger("niotmp.tck.threads", 10_000);

  /** The time limit of all tasks in seconds, for runs without the time limit of the kit. */
  private static final long SECONDS = 120L + ROUNDS + VIRTUAL_THREADS / 100;

  enum Threads {
    PLATFORM {
      @Override
      ExecutorService start() {
        return Executors.newFixedThreadPool(TASKS);
      }
    },
    VIRTUAL {
      @Override
      ExecutorService start() throws ReflectiveOperationException {
        assumeTrue(Runtime.version().feature() >= 21, "virtual threads came with JDK 21");
        return (ExecutorService)
            Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
      }
    };

    abstract ExecutorService start() throws ReflectiveOperationException;
  }

  static Threads[] threadsRows() {
    return Threads.values();
  }

  @ContractTest(rows = "threadsRows")
  @Required(
      by = FileSystem.class,
      sentence = "File systems are safe for use by multiple concurrent threads.")
  void eachTaskReadsItsOwnFiles(Threads threads) throws Exception {
    run(
        threads,
        task -> {
          for (int i = 0; i < ROUNDS; i++) {
            Path file = root().resolve("file-" + task + "-" + i);
            byte[] bytes = bytes(task, 1 + i * 37);
            Files.write(file, bytes);
            assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
            if (i % 3 == 0) {
              Files.delete(file);
            }
          }
        });

    try (Stream<Path> listing = Files.list(root())) {
      assertThat(listing).hasSize(TASKS * (ROUNDS - (ROUNDS + 2) / 3));
    }
  }

  @ContractTest(rows = "threadsRows")
  @Required(
      by = Files.class,
      member = "createFile(Path,FileAttribute...)",
      sentence =
          "The check for the existence of the file and the creation of the new file if it does not"
              + " exist are a single operation that is atomic with respect to all other filesystem"
              + " activities that might affect the directory.")
  void oneTaskAloneCreatesAFile(Threads threads) throws Exception {
    List<Integer> created =
        collect(
            threads,
            task -> {
              int won = 0;
              for (int i = 0; i < ROUNDS; i++) {
                try {
                  Files.createFile(root().resolve("name-" + i));
                  won++;
                } catch (IOException e) {
                  // another task created it
                }
              }
              return won;
            });

    assertThat(created.stream().mapToInt(Integer::intValue).sum()).isEqualTo(ROUNDS);
  }

  @ContractTest(rows = "threadsRows")
  @AsOnLinux
  @Needs(Feature.FILE_CHANNELS)
  void appendsOfAllTasksAreWhole(Threads threads) throws Exception {
    Path file = Files.createFile(root().resolve("log"));
    int length = 100;

    run(
        threads,
        task -> {
          try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < ROUNDS; i++) {
              channel.write(ByteBuffer.wrap(bytes(task, length)));
            }
          }
        });

    byte[] all = Files.readAllBytes(file);
    assertThat(all).hasSize(TASKS * ROUNDS * length);
    int[] counts = new int[TASKS];
    for (int at = 0; at < all.length; at += length) {
      byte task = all[at];
      assertThat(Arrays.copyOfRange(all, at, at + length)).containsOnly(task);
      counts[task]++;
    }
    assertThat(counts).containsOnly(ROUNDS);
  }

  @ContractTest(rows = "threadsRows")
  @AsOnLinux
  @Needs({Feature.ATOMIC_MOVES, Feature.POSIX_OPEN_FILES})
  void readersFindOneOfTheFilesThatReplaceEachOther(Threads threads) throws Exception {
    Path shared = Files.write(root().resolve("shared"), bytes(0, 5_000));

    run(
        threads,
        task -> {
          for (int i = 0; i < ROUNDS; i++) {
            if (task % 2 == 0) {
              Path next = Files.write(root().resolve("next-" + task), bytes(task, 5_000));
              Files.move(next, shared, StandardCopyOption.ATOMIC_MOVE);
            } else {
              byte[] seen = Files.readAllBytes(shared);
              assertThat(seen).hasSize(5_000).containsOnly(seen[0]);
            }
          }
        });
  }

  @ContractTest(rows = "threadsRows")
  @AsOnLinux
  void renamesOfDirectoriesLoseNoFile(Threads threads) throws Exception {
    for (int i = 0; i < 4; i++) {
      Path directory = Files.createDirectories(root().resolve("d" + i).resolve("inner"));
      Files.createFile(directory.resolve("file-" + i));
    }

    run(
        threads,
        task -> {
          for (int i = 0; i < ROUNDS; i++) {
            ThreadLocalRandom random = ThreadLocalRandom.current();
            Path from = root().resolve("d" + random.nextInt(4));
            Path to = root().resolve("d" + random.nextInt(4)).resolve("moved-" + random.nextInt(3));
            try {
              Files.move(from.resolve("inner"), to);
              Files.move(to, from.resolve("inner"));
            } catch (FileSystemException e) {
              // another task removed or took the name first
            }
          }
        });

    try (Stream<Path> walk = Files.walk(root())) {
      assertThat(walk.filter(Files::isRegularFile)).hasSize(4);
    }
  }

  @ContractTest(rows = "threadsRows")
  @Required(
      by = FileSystem.class,
      sentence = "File systems are safe for use by multiple concurrent threads.")
  void aTreeIsEmptiedWhileOthersFillIt(Threads threads) throws Exception {
    Path tree = Files.createDirectory(root().resolve("tree"));
    run(
        threads,
        task -> {
          for (int i = 0; i < ROUNDS; i++) {
            try {
              fillOrEmpty(tree, task, i);
            } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
              // another task was faster
            }
          }
        });
    delete(tree);
    assertThat(Files.exists(tree)).isFalse();
  }

  @ContractTest(rows = "threadsRows")
  @AsOnLinux
  void aTreeIsEmptiedWhileOthersFillItWithSpecificExceptions(Threads threads) throws Exception {
    Path tree = Files.createDirectory(root().resolve("tree"));
    run(
        threads,
        task -> {
          for (int i = 0; i < ROUNDS; i++) {
            try {
              fillOrEmpty(tree, task, i);
            } catch (NoSuchFileException
                | FileAlreadyExistsException
                | DirectoryNotEmptyException e) {
              // another task was faster
            }
          }
        });
    delete(tree);
    assertThat(Files.exists(tree)).isFalse();
  }

  private static void fillOrEmpty(Path tree, int task, int round) throws IOException {
    Path directory = tree.resolve("d" + round % 5);
    if (task % 2 == 0) {
      Files.createDirectories(directory);
      Files.createFile(directory.resolve("f" + task));
    } else {
      delete(directory);
    }
  }

  /** One thread in 1,000 writes so much that its file spills to disk. */
  @ContractTest
  @AsOnLinux
  @Needs(Feature.ATOMIC_MOVES)
  void thousandsOfVirtualThreadsFinish() throws Exception {
    int large = (1 << 20) + 1;
    int most = 8;
    for (int i = 0; i < most; i++) {
      Files.createDirectory(root().resolve("d" + i));
    }

    collect(
        Threads.VIRTUAL,
        VIRTUAL_THREADS,
        thread -> {
          Path from = root().resolve("d" + thread % most).resolve("file-" + thread);
          Path to = root().resolve("d" + (thread + 1) % most).resolve("moved-" + thread);
          byte[] bytes = bytes(thread, thread % 1_000 == 0 ? large : 20);
          Files.write(from, bytes, StandardOpenOption.CREATE_NEW);
          Files.move(from, to);
          assertThat(Files.readAllBytes(to)).isEqualTo(bytes);
          if (thread % 2 == 0) {
            Files.delete(to);
          } else {
            Files.move(to, root().resolve("last-" + thread % most), StandardCopyOption.ATOMIC_MOVE);
          }
          return 0;
        });

    try (Stream<Path> walk = Files.walk(root())) {
      assertThat(walk.filter(Files::isRegularFile)).hasSize(most / 2);
    }
  }

  private interface Task {
    void run(int number) throws IOException;
  }

  private interface Result {
    int of(int number) throws IOException;
  }

  private static void run(Threads threads, Task task) throws Exception {
    collect(
        threads,
        number -> {
          task.run(number);
          return 0;
        });
  }

  private static List<Integer> collect(Threads threads, Result task) throws Exception {
    return collect(threads, TASKS, task);
  }

  private static List<Integer> collect(Threads threads, int count, Result task) throws Exception {
    ExecutorService executor = threads.start();
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        int number = i;
        tasks.add(() -> task.of(number));
      }
      List<Integer> results = new ArrayList<>();
      for (Future<Integer> future : executor.invokeAll(tasks, SECONDS, TimeUnit.SECONDS)) {
        results.add(future.get()); // invokeAll returns when each is done or cancelled
      }
      return results;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      if (e.getCause() instanceof Error cause) {
        throw cause;
      }
      throw e;
    } finally {
      executor.shutdownNow();
    }
  }

  private static byte[] bytes(int value, int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static void delete(Path tree) throws IOException {
    if (Files.isDirectory(tree)) {
      try (Stream<Path> listing = Files.list(tree)) {
        for (Path entry : (Iterable<Path>) listing::iterator) {
          delete(entry);
        }
      }
    }
    Files.deleteIfExists(tree);
  }
}
