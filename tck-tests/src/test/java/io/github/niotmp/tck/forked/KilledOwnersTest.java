package io.github.niotmp.tck.forked;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.Reaper;
import io.github.niotmp.session.Reaper.Fate;
import io.github.niotmp.session.Reaper.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that write spilled files, files with a name and trees on the host, killed at a random
 * moment, beside some that live.
 *
 * <p>{@code -Dniotmp.tck.kills=10000} is the full size; the default is smaller.
 */
class KilledOwnersTest {
  private static final int KILLS = Integer.getInteger("niotmp.tck.kills", 12);
  private static final int AT_A_TIME = 4;
  private static final int SURVIVORS = 2;
  private static final int PID_IN_NAME = 3;
  private static final Duration LONGEST_LIFE = Duration.ofMillis(60);
  private static final Duration LONGEST_START = Duration.ofMillis(400);

  /** Without its data of performance, of which a killed one leaves a file that another warns of. */
  private static final List<String> OPTIONS =
      List.of(
          "-Xmx64m",
          "-Xshare:auto",
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-XX:-UsePerfData");

  @TempDir Path host;
  @TempDir Path logs;
  private final long seed = new SplittableRandom().nextLong();
  private final SplittableRandom random = new SplittableRandom(seed);
  private final List<Process> processes = new ArrayList<>();

  @BeforeEach
  void onlyWhereFilesAreUnlinkedAsTheyAreOpened() {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "spill files have names here");
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void nothingIsLeftOfTheKilledAndNothingIsTakenFromTheLiving() throws Exception {
    List<Process> survivors = new ArrayList<>();
    for (int i = 0; i < SURVIVORS; i++) {
      Process survivor = start(5);
      awaitRunning(survivor);
      survivors.add(survivor);
    }
    UserDirectory root = UserDirectory.in(host);
    List<String> living =
        survivors.stream().map(survivor -> String.valueOf(survivor.pid())).toList();
    long reclaimed = 0;

    for (int killed = 0; killed < KILLS; killed += AT_A_TIME) {
      killSome();
      assertNothingSpilledIsLeft(root);
      List<Finding> findings = Reaper.sweep(root, false);
      assertThat(findings).as("seed %d", seed).noneMatch(finding -> finding.fate() == Fate.LEFT);
      reclaimed += findings.stream().filter(finding -> finding.fate() == Fate.RECLAIMED).count();
      assertThat(owners(root)).as("seed %d", seed).isSubsetOf(living);
      assertThat(survivors).as("seed %d", seed).allMatch(Process::isAlive);
    }

    assertThat(reclaimed).isPositive();
    for (Process survivor : survivors) {
      survivor.getOutputStream().write('.');
      survivor.getOutputStream().flush();
      assertThat(survivor.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(survivor.exitValue()).as(Files.readString(logs.resolve("errors"))).isZero();
    }
    assertThat(Reaper.sweep(root, false)).isEmpty();
    root.removeIfEmpty();
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void anOwnerEndsWithTheInputThatItsStarterHolds() throws Exception {
    Process owner = start(0);
    awaitRunning(owner);

    owner.getOutputStream().close();

    assertThat(owner.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(owner.exitValue()).as(Files.readString(logs.resolve("errors"))).isZero();
  }

  private void killSome() throws Exception {
    List<Process> some = new ArrayList<>();
    for (int i = 0; i < AT_A_TIME; i++) {
      some.add(start(0));
    }
    for (Process victim : some) {
      if (random.nextInt(5) > 0) {
        awaitRunning(victim);
        LockSupport.parkNanos(random.nextLong(LONGEST_LIFE.toNanos()));
      } else {
        LockSupport.parkNanos(random.nextLong(LONGEST_START.toNanos()));
      }
      victim.destroyForcibly();
    }
    for (Process victim : some) {
      assertThat(victim.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(victim.exitValue()).isEqualTo(128 + 9);
      victim.getInputStream().close();
      victim.getOutputStream().close();
      processes.remove(victim);
    }
  }

  private void assertNothingSpilledIsLeft(UserDirectory root) throws IOException {
    if (!Files.exists(root.path())) {
      return;
    }
    for (Path file : filesBelow(root.path())) {
      try (InputStream bytes = Files.newInputStream(file)) {
        assertThat(bytes.read())
            .as("%s, seed %d", file, seed)
            .isIn(-1, (int) WriteUntilKilled.SHOWN);
      } catch (NoSuchFileException e) {
        // a living process has removed it
      }
    }
  }

  private static List<Path> filesBelow(Path root) throws IOException {
    List<Path> files = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!file.toString().endsWith(".lock")) {
              files.add(file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (e instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE; // a living process has removed it
            }
            throw e;
          }
        });
    return files;
  }

  /** Returns the numbers of the processes that have a session or a lock file there. */
  private static Set<String> owners(UserDirectory root) throws IOException {
    try (Stream<Path> entries = Files.list(root.path())) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> !name.startsWith(UserDirectory.UNLINKED))
          .map(name -> name.split("-", -1)[PID_IN_NAME])
          .collect(Collectors.toSet());
    } catch (NoSuchFileException e) {
      return Set.of(); // at this moment nobody has anything there
    }
  }

  private Process start(int rest) throws IOException {
    Process process =
        ForkedJvm.start(
            WriteUntilKilled.class,
            logs.resolve("errors"),
            OPTIONS,
            host.toString(),
            String.valueOf(rest));
    processes.add(process);
    return process;
  }

  private static void awaitRunning(Process process) throws IOException {
    assertThat(process.inputReader(UTF_8).readLine()).isEqualTo("running");
  }
}
