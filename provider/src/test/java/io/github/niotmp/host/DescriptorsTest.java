package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class DescriptorsTest {
  @Test
  void theLimitIsThatOfTheOperatingSystemBean() throws IOException, JMException {
    Object limit =
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
                "MaxFileDescriptorCount");

    assertThat(Descriptors.limit()).hasValue((Long) limit);
  }

  @Test
  void theLimitIsTheSoftOneOfItsRow() {
    String rows = "Limit    Soft Limit  Hard Limit  Units\nMax open files   %s   2048   files\n";

    assertThat(Descriptors.softLimit(rows.formatted("1024"))).hasValue(1024);
    assertThat(Descriptors.softLimit(rows.formatted("unlimited"))).hasValue(Long.MAX_VALUE);
    assertThat(Descriptors.softLimit("Max processes 5 5\n")).isEmpty();
  }

  @Test
  void theMessageHasTheLimitIfTheSystemShowsIt() {
    assertThat(Descriptors.usage(64)).startsWith("ulimit -n allows this process 64 descriptors, ");
    assertThat(Descriptors.usage(0)).isEqualTo("raise the limit of open files, as with ulimit -n");
  }

  @Test
  void halfOfThoseThatAreFreeAreOurs() {
    assertThat(Descriptors.share(100, 40)).isEqualTo(30);
    assertThat(Descriptors.share(100, 101)).isZero();
  }

  @Test
  void theShareIsFoundOnceWhateverIsOpenedLater(@TempDir Path directory) throws IOException {
    long share = Descriptors.share();
    assertThat(share).isPositive();
    Path file = Files.createFile(directory.resolve("file"));

    try (InputStream first = Files.newInputStream(file);
        InputStream second = Files.newInputStream(file)) {
      assertThat(Descriptors.share()).isEqualTo(share);
      assertThat(first.read()).isEqualTo(second.read());
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "shows the limit")
  void theMessageHasTheLimitOnceItIsRead() {
    Descriptors.readLimit();

    assertThat(Descriptors.usage()).startsWith("ulimit -n allows this process ");
  }

  @Test
  void threadsThatTakeAtTheSameTimeStayWithinTheLimit() throws Exception {
    long most = Descriptors.held() + 3;
    CyclicBarrier together = new CyclicBarrier(16);
    Callable<Descriptors.@Nullable Slot> taking =
        () -> {
          together.await();
          return Descriptors.tryAcquire(most);
        };
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (int round = 0; round < 200; round++) {
        List<Descriptors.Slot> taken = new ArrayList<>();
        for (Future<Descriptors.@Nullable Slot> done :
            threads.invokeAll(Collections.nCopies(16, taking))) {
          Descriptors.Slot slot = done.get();
          if (slot != null) {
            taken.add(slot);
          }
        }
        taken.forEach(Descriptors.Slot::free);
        assertThat(taken).hasSize(3);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(Descriptors.held()).isEqualTo(most - 3);
  }

  @Test
  void aSlotThatIsFreedTwiceCountsOnce() {
    long before = Descriptors.held();
    Descriptors.Slot slot = Descriptors.acquire();

    slot.free();
    slot.free();

    assertThat(Descriptors.held()).isEqualTo(before);
  }
}
