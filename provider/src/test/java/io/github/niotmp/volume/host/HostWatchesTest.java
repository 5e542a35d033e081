package io.github.niotmp.volume.host;

import static io.github.niotmp.volume.host.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostWatchesTest {
  private final Set<Thread> before = threads();

  @TempDir Path directory;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private TestVolume volume;

  @BeforeEach
  void open() throws IOException {
    volume = new TestVolume(directory);
    volume.root.createDirectory(path("/d"), List.of());
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void aClosedWatchGetsNoMoreChangesAndOthersDo() throws Exception {
    Seen first = new Seen();
    Seen second = new Seen();
    Watch watch = volume.root.watch(path("/d"), first);
    volume.root.watch(path("/d"), second);

    watch.close();
    watch.close();
    Files.createFile(volume.real("/d").resolve("file"));

    assertThat(second.next()).isEqualTo("CREATED file");
    assertThat(first.all).isEmpty();
  }

  @Test
  void aThreadRunsWhileAWatchIsOpen() throws Exception {
    assertThat(ours()).isEmpty();

    Watch watch = volume.root.watch(path("/d"), new Seen());
    Watch another = volume.root.watch(path("/"), new Seen());
    Thread thread = ours().iterator().next();
    assertThat(thread.isDaemon()).isTrue();
    watch.close();
    assertThat(ours()).containsExactly(thread);
    another.close();

    assertThatEnds(thread);
    assertThat(ours()).isEmpty();
  }

  @Test
  void aWatchThatTheHostRefusesLeavesNoThread() throws Exception {
    HostWatches watches = new HostWatches();
    Path missing = directory.resolve("missing");

    assertThatThrownBy(() -> watches.add(missing, new Seen()))
        .isInstanceOf(NoSuchFileException.class);

    for (Thread thread : ours()) {
      assertThatEnds(thread);
    }
    assertThat(ours()).isEmpty();
  }

  @Test
  void whenTheLastDirectoryGoesTheThreadDoes() throws Exception {
    Seen seen = new Seen();
    volume.root.watch(path("/d"), seen);
    Thread thread = ours().iterator().next();

    Files.delete(volume.real("/d"));

    assertThat(seen.next()).isEqualTo("gone");
    assertThatEnds(thread);
  }

  @Test
  void aClosingVolumeReportsThatTheDirectoryIsGone() throws Exception {
    Seen seen = new Seen();
    Watch watch = volume.root.watch(path("/"), seen);
    Thread thread = ours().iterator().next();

    CompletableFuture.runAsync(this::closeUnchecked).get();

    assertThat(seen.next()).isEqualTo("gone");
    assertThatEnds(thread);
    watch.close();
    assertThat(seen.all).isEmpty();
  }

  private static void assertThatEnds(Thread thread) throws InterruptedException {
    thread.join(60_000);
    assertThat(thread.isAlive()).isFalse();
  }

  private void closeUnchecked() {
    try {
      volume.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  /** Returns the threads that watch for this test's volume. */
  private Set<Thread> ours() {
    Set<Thread> ours = threads();
    ours.removeAll(before);
    ours.removeIf(thread -> !thread.getName().equals("nio-tmp-watch"));
    return ours;
  }

  private static final class Seen implements DirectoryListener {
    private final BlockingQueue<String> all = new LinkedBlockingQueue<>();

    @Override
    public void changed(Change change, String name) {
      all.add(change + " " + name);
    }

    @Override
    public void overflowed() {
      all.add("overflowed");
    }

    @Override
    public void gone() {
      all.add("gone");
    }

    private String next() throws InterruptedException {
      return String.valueOf(all.poll(60, TimeUnit.SECONDS));
    }
  }
}
