package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fifty workloads on file systems that are on a faulty one: a fault at the first call, the second,
 * and so on, until the workload has fewer.
 *
 * <p>{@code -Dniotmp.tck.faults=all} has each call fail for each reason, not for one of them.
 */
class FaultsTest {
  private static final boolean ALL = "all".equals(System.getProperty("niotmp.tck.faults"));
  private static final List<String> REASONS =
      List.of(
          "No space left on device",
          "Input/output error",
          "Too many open files",
          "Permission denied");
  private static final String IN_USE = "Used by another process";

  private static Stream<Map<String, String>> settings() {
    return Stream.of(
        Map.of("spoolThreshold", "0"), Map.of("spoolThreshold", "7"), Map.of("storage", "host"));
  }

  /** Without the host: a copy there that cannot be undone stays in part, as on any disk. */
  private static Stream<Map<String, String>> spooled() {
    return settings().filter(each -> each.containsKey("spoolThreshold"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void eachCallThatFailsIsToldAndLosesNothing(Map<String, String> settings) throws IOException {
    for (Workload workload : Workload.all()) {
      boolean happened = true;
      for (int number = 1; happened; number++) {
        happened = false;
        for (String reason : ALL ? REASONS : List.of(REASONS.get(number % REASONS.size()))) {
          Fault.Nth fault = Fault.at(number, Fault.failing(reason));
          run(workload, settings, fault, reason);
          happened |= fault.happened();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("spooled")
  void eachCallThatFailsAndCannotBeUndoneIsToldAndLosesNothing(Map<String, String> settings)
      throws IOException {
    for (Workload workload : Workload.all()) {
      boolean happened = true;
      for (int number = 1; happened; number++) {
        String reason = REASONS.get(number % REASONS.size());
        Fault.Nth fault = Fault.andNothingGoes(number, Fault.failing(reason));
        run(workload, settings, fault, reason);
        happened = fault.happened();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void anInterruptAtEachCallLosesNothing(Map<String, String> settings) throws IOException {
    for (Workload workload : Workload.all()) {
      boolean happened = true;
      for (int number = 1; happened; number++) {
        Fault.Nth fault = Fault.at(number, Fault.interrupting());
        run(workload, settings, fault, "an interrupt is no reason");
        happened = fault.happened();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void shortReadsAndWritesAreGoneOnWith(Map<String, String> settings) throws IOException {
    for (Workload workload : Workload.all()) {
      run(workload, settings, Fault.shortTransfers(), "none is refused");
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void delaysChangeNothing(Map<String, String> settings) throws IOException {
    for (Workload workload : Workload.all()) {
      run(workload, settings, Fault.delays(), "none is refused");
    }
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aNameThatStaysAsLongAsItsFileIsOpenIsToldOrGoesLater(Map<String, String> settings)
      throws IOException {
    for (Workload workload : Workload.all()) {
      run(workload, settings, Fault.refusedDeletes(IN_USE), IN_USE);
    }
  }

  private static void run(
      Workload workload, Map<String, String> settings, Fault fault, String reason)
      throws IOException {
    try (FaultyFileSystem faulty =
        new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()))) {
      Path directory = Files.createDirectory(faulty.getPath("/host"));
      Map<String, Object> onIt = new HashMap<>(settings);
      onIt.put("directory", directory);
      faulty.set(fault);
      boolean mayStay = false;
      Supplier<String> what = () -> workload + " with " + settings + " and " + reason;
      try (FileSystem tmp = TmpFileSystems.open(onIt)) {
        Work work = new Work(tmp.getPath("/"), reason);
        try {
          work.attempt(() -> workload.run(work));
          mayStay = fault.lasts() && work.wasRefused();
          Thread.interrupted();
          faulty.set(Fault.none());
          work.check();
        } catch (RuntimeException | AssertionError e) {
          throw new AssertionError(what.get(), e);
        }
        faulty.set(fault);
        work.clear();
      } catch (IOException e) {
        Work.checkReason(e, reason);
        mayStay = true;
      }
      Thread.interrupted();
      faulty.set(Fault.none());
      assertThat(faulty.open().all()).as(what).isEmpty();
      if (!mayStay) {
        try (Stream<Path> left = Files.walk(directory)) {
          assertThat(left).as(what).containsExactly(directory);
        }
      }
    }
  }
}
