package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.CREATE;
import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.path.Replace;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenHandles;
import io.github.niotmp.watch.TmpWatchService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectoryWatchTest {
  private final TestVolume volume = new TestVolume();
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void watch() throws IOException {
    volume.makeDirectory("/d");
    volume.root.watch(path("/d"), new Recorder(seen));
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void reportsNamesAndBytes() throws IOException {
    try (OpenFile file = volume.open("/d/f", CREATE)) {
      file.append(new byte[3], 0, 3);
      file.truncate(1);
      file.truncate(1);
    }
    volume.delete("/d/f");
    assertThat(seen).containsExactly("CREATED f", "MODIFIED f", "MODIFIED f", "DELETED f");
  }

  @Test
  void reportsAWriteUnderTheNameTheFileHasByThen() throws IOException {
    try (OpenFile file = volume.open("/f", CREATE)) {
      volume.move("/f", "/d/g", Replace.NEVER);
      file.append(new byte[3], 0, 3);
      volume.move("/d/g", "/g", Replace.NEVER);
      file.append(new byte[3], 0, 3);
    }
    assertThat(seen).containsExactly("CREATED g", "MODIFIED g", "DELETED g");
  }

  @Test
  void doesNotReportAWriteToAReplacedFile() throws IOException {
    try (OpenFile file = volume.open("/d/f", CREATE)) {
      volume.create("/g");
      volume.move("/g", "/d/f", Replace.ATOMIC);
      file.append(new byte[3], 0, 3);
    }
    assertThat(seen).containsExactly("CREATED f", "CREATED f");
  }

  @Test
  void reportsAttributesOfFilesAndDirectoriesInIt() throws IOException {
    volume.makeDirectory("/d/e");
    volume.root.change(path("/d/e"), true, new AttributeChange.Mode(0750));
    volume.root.change(path("/d"), true, new AttributeChange.Mode(0750));
    assertThat(seen).containsExactly("CREATED e", "MODIFIED e");
  }

  @Test
  void reportsAttributesThatAHandleChanges() throws IOException {
    try (OpenFile file = volume.open("/d/f", CREATE)) {
      file.change(new AttributeChange.Mode(0640));
    }
    assertThat(seen).containsExactly("CREATED f", "MODIFIED f");
  }

  @Test
  void reportsNoChangeAfterItsClose() throws IOException {
    List<String> other = new ArrayList<>();
    Watch watch = volume.root.watch(path("/d"), new Recorder(other));
    watch.close();
    volume.create("/d/f");
    volume.delete("/d/f");
    volume.delete("/d");
    assertThat(other).isEmpty();
    assertThat(seen).containsExactly("CREATED f", "DELETED f", "gone");
  }

  @Test
  void doesNotReportChangesInSubdirectories() throws IOException {
    volume.makeDirectory("/d/e");
    volume.create("/d/e/f");
    assertThat(seen).containsExactly("CREATED e");
  }

  @Test
  void endsWithTheDirectory() throws IOException {
    volume.delete("/d");
    assertThat(seen).containsExactly("gone");
  }

  @Test
  void endsWithADirectoryThatIsReplaced() throws IOException {
    volume.makeDirectory("/e");
    volume.move("/e", "/d", Replace.ATOMIC);
    volume.create("/d/f");
    assertThat(seen).containsExactly("gone");
  }

  @Test
  void endsWithTheVolumeOnce() throws IOException {
    volume.close();
    volume.close();
    assertThat(seen).containsExactly("gone");
  }

  @Test
  void endsOnceThoughItsDirectoryGoesAfterTheVolume() throws IOException {
    volume.makeDirectory("/d/e");
    DirectoryHandle parent = volume.root.openDirectory(path("/d"), true);
    List<String> ends = new ArrayList<>();
    parent.watch(path("e"), new Recorder(ends));

    volume.close();
    parent.delete(path("e"), Removal.DIRECTORY);

    assertThat(ends).containsExactly("gone");
  }

  @Test
  void canBeClosedAfterItsDirectory() throws IOException {
    volume.makeDirectory("/e");
    Watch watch = volume.root.watch(path("/e"), new Recorder(seen));
    volume.delete("/e");

    watch.close();

    assertThat(seen).containsExactly("gone");
    assertThat(volume.volume.watches()).hasSize(1); // that of each test
  }

  @Test
  void doesNotReportAnEmptyWrite() throws IOException {
    try (OpenFile file = volume.open("/d/f", CREATE)) {
      assertThat(file.read(ByteBuffer.allocate(0), 0)).isZero();
      file.write(ByteBuffer.allocate(0), 7);
      assertThat(file.append(ByteBuffer.allocate(0))).isZero();
      assertThat(file.size()).isZero();
    }
    assertThat(seen).containsExactly("CREATED f");
  }

  @Test
  void doesNotReportChangesOfADeletedDirectory() throws IOException {
    volume.makeDirectory("/d/e");
    DirectoryHandle removed = volume.root.openDirectory(path("/d/e"), true);
    volume.delete("/d/e");

    removed.change(path(""), true, new AttributeChange.Mode(0750));

    assertThat(seen).containsExactly("CREATED e", "DELETED e");
  }

  @Test
  void endsWithAWatchServiceThatIsCollected() throws Exception {
    OpenHandles resources = new OpenHandles(new FileSystemEvents("test"), false);
    leakWatchService(resources);
    assertThat(volume.volume.watches()).hasSize(2); // and that of each test

    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
    while (resources.count() > 0) {
      assertThat(System.nanoTime()).as("not collected").isLessThan(end);
      System.gc();
    }

    assertThat(volume.volume.watches()).hasSize(1);
  }

  private void leakWatchService(OpenHandles resources) throws IOException {
    WatchKey key =
        TmpWatchService.open(resources, this)
            .register(
                path("/d"),
                volume.root,
                new WatchEvent.Kind<?>[] {StandardWatchEventKinds.ENTRY_CREATE});
    volume.create("/d/f");
    assertThat(key.pollEvents()).hasSize(1);
  }

  private record Recorder(List<String> seen) implements DirectoryListener {
    @Override
    public void changed(Change change, String name) {
      seen.add(change + " " + name);
    }

    @Override
    public void overflowed() {
      seen.add("overflowed");
    }

    @Override
    public void gone() {
      seen.add("gone");
    }
  }
}
