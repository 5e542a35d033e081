package io.github.niotmp.tck.forked;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.ConsoleHandler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Forgets a handle of the default file system, exits with a real file of the default one, or opens
 * a file system as it exits.
 */
final class LeaveOpen {
  private LeaveOpen() {}

  /** Takes {@code forget}, {@code real} or {@code late}. */
  public static void main(String[] arguments) throws Exception {
    switch (arguments[0]) {
      case "forget" -> {
        CountDownLatch logged = new CountDownLatch(1);
        Telling.LOGGER.addHandler(new Telling(logged));
        forget();
        do {
          System.gc();
        } while (!logged.await(50, TimeUnit.MILLISECONDS));
        Runtime.getRuntime().halt(0); // before anything closes
      }
      case "real" -> {
        Path file = Files.createFile(Path.of(URI.create("tmp:/real")));
        Path real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
        System.err.print(Files.exists(real) ? real : "no file");
      }
      case "late" ->
          Runtime.getRuntime().addShutdownHook(new Thread(LeaveOpen::openAtTheExit, "late"));
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  @SuppressWarnings("StreamResourceLeak") // that is the purpose
  private static void forget() throws IOException {
    Files.newOutputStream(Path.of(URI.create("tmp:/forgotten"))).write(1);
  }

  private static void openAtTheExit() {
    try (FileSystem late = TmpFileSystems.open("late", Map.of("spoolThreshold", 0))) {
      System.err.println(Files.readString(Files.writeString(late.getPath("/f"), "written late")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells when something has been printed. */
  private static final class Telling extends ConsoleHandler {
    /** Kept, as the log manager does not keep it. */
    static final Logger LOGGER = Logger.getLogger("io.github.niotmp");

    private final CountDownLatch logged;

    Telling(CountDownLatch logged) {
      this.logged = logged;
    }

    @Override
    public synchronized void publish(LogRecord entry) {
      super.publish(entry);
      logged.countDown();
    }
  }
}
