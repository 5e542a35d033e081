package io.github.niotmp.tck.fault;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A program that waits for the signal that ends it while its threads are at work. */
final class TerminatedProgram {
  private static final Logger REPORTS = Logger.getLogger("io.github.niotmp");
  private static final List<Object> OPEN = new ArrayList<>();

  private TerminatedProgram() {}

  private interface Task {
    void run() throws Exception;
  }

  /** Takes the name of a task and a directory on the host; prints a line once it is at work. */
  public static void main(String[] arguments) throws Exception {
    Path disk = Path.of(arguments[1]);
    FileSystem host = TmpFileSystems.open(Map.of("storage", "host", "directory", disk));
    OPEN.add(host);
    Path root = host.getPath("/");
    OPEN.add(TempDirectory.create(TempOptions.defaults().directory(disk)));
    switch (arguments[0]) {
      case "busy hooks" -> {
        Path memory = TmpFileSystems.getDefault().getPath("/busy");
        for (Path each : List.of(root.resolve("busy"), memory)) {
          Runtime.getRuntime().addShutdownHook(new Thread(task(() -> work(each, 200))));
        }
      }
      case "waiting logger" -> logWhileHandlesAreForgotten(root);
      case "stuck writer" -> getStuck(disk);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
    System.out.println("at work");
    new CountDownLatch(1).await();
  }

  private static Runnable task(Task task) {
    return () -> {
      try {
        task.run();
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static void work(Path directory, int files) throws IOException {
    Files.createDirectories(directory);
    for (int i = 0; i < files; i++) {
      Path file = Files.writeString(directory.resolve("file" + i), "text");
      Files.move(file, directory.resolve("renamed" + i));
    }
  }

  /** The handler writes in another thread to files of the library, and waits for that. */
  private static void logWhileHandlesAreForgotten(Path root) throws Exception {
    ExecutorService writers =
        Executors.newCachedThreadPool(
            body -> {
              Thread thread = new Thread(body);
              thread.setDaemon(true);
              return thread;
            });
    Path log = Files.createFile(root.resolve("log"));
    CountDownLatch logged = new CountDownLatch(2);
    REPORTS.setUseParentHandlers(false);
    REPORTS.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            try {
              writers
                  .submit(
                      () -> Files.writeString(log, record.getMessage(), StandardOpenOption.APPEND))
                  .get();
            } catch (InterruptedException | ExecutionException e) {
              throw new IllegalStateException(e);
            }
            logged.countDown();
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    AtomicInteger names = new AtomicInteger();
    Task forgetting =
        () -> {
          Path file = root.resolve("forgotten" + names.incrementAndGet());
          Files.newOutputStream(file).write(1);
          System.gc();
        };
    Thread thread =
        new Thread(
            task(
                () -> {
                  while (true) {
                    forgetting.run();
                  }
                }));
    thread.setDaemon(true);
    thread.setUncaughtExceptionHandler((failed, e) -> {}); // the exit refuses to create files
    thread.start();
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                task(
                    () -> {
                      for (int i = 0; i < 5; i++) {
                        forgetting.run();
                      }
                    })));
    logged.await();
  }

  /** One thread never returns from the provider on which the file system spills. */
  private static void getStuck(Path disk) throws Exception {
    FaultyFileSystem other = new FaultyFileSystem(FileSystems.getDefault());
    FileSystem spooled =
        TmpFileSystems.open(Map.of("directory", other.wrap(disk), "spoolThreshold", 0));
    OPEN.add(spooled);
    Path file = Files.writeString(spooled.getPath("/file"), "text");
    CountDownLatch stuck = new CountDownLatch(1);
    other.set(
        call -> {
          if (call.name().equals("write")) {
            stuck.countDown();
            while (true) {
              LockSupport.park();
            }
          }
        });
    Thread writer =
        new Thread(task(() -> Files.writeString(file, "more", StandardOpenOption.APPEND)));
    writer.setDaemon(true);
    writer.start();
    stuck.await();
  }
}
