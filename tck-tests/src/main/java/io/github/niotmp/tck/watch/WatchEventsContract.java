package io.github.niotmp.tck.watch;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.DELETE_ON_CLOSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.attribute.FileTime;
import java.util.List;

/**
 * The contract of watch events: the changes that a key reports, and their kinds. The Javadoc leaves
 * their order, their number and their delay open.
 *
 * @see java.nio.file.StandardWatchEventKinds
 * @see WatchEvent
 * @see WatchKey#pollEvents
 */
@AsOnLinux
@Needs({Feature.WATCH_SERVICE, Feature.WATCHES_EACH_CHANGE})
public class WatchEventsContract extends WatchContract {

  @ContractTest
  void newFilesAndDirectoriesAreReported() throws Exception {
    WatchKey key = watchAll();
    Files.createFile(entry("file"));
    Files.createDirectory(entry("directory"));
    assertThat(events(key)).containsExactly("CREATE file", "CREATE directory");
  }

  @ContractTest
  @Needs({Feature.SYMBOLIC_LINKS, Feature.HARD_LINKS})
  void newLinksAreReported() throws Exception {
    Path elsewhere = Files.createFile(root().resolve("elsewhere"));
    WatchKey key = watchAll();
    Files.createSymbolicLink(entry("symbolic"), fileSystem().getPath("nowhere"));
    Files.createLink(entry("link"), elsewhere);
    assertThat(events(key)).containsExactly("CREATE symbolic", "CREATE link");
  }

  @ContractTest
  void aNewFileIsReportedOnce() throws Exception {
    WatchKey key = watchAll();
    Files.createFile(entry("file"));
    signalled();
    assertThat(key.watchable()).isEqualTo(directory());
    assertThat(key.pollEvents())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.context()).isEqualTo(fileSystem().getPath("file"));
              assertThat(event.kind()).isEqualTo(ENTRY_CREATE);
              assertThat(event.count()).isOne();
            });
  }

  @ContractTest
  @Needs(Feature.FILE_CHANNELS)
  void changesOfBytesAreModifications() throws Exception {
    Files.writeString(entry("file"), "abc");
    WatchKey key = watchAll();
    Files.writeString(entry("file"), "d", APPEND);
    assertThat(events(key)).containsExactly("MODIFY file");
    try (FileChannel channel = FileChannel.open(entry("file"), WRITE)) {
      channel.truncate(1);
      assertThat(events(key)).containsExactly("MODIFY file");
    }
    Files.writeString(entry("file"), "");
    assertThat(events(key)).containsExactly("MODIFY file");
  }

  @ContractTest
  void changesOfAttributesAreModifications() throws Exception {
    Files.createFile(entry("file"));
    Files.createDirectory(entry("directory"));
    WatchKey key = watchAll();
    Files.setLastModifiedTime(entry("file"), FileTime.fromMillis(0));
    assertThat(events(key)).containsExactly("MODIFY file");
    Files.setLastModifiedTime(entry("directory"), FileTime.fromMillis(0));
    assertThat(events(key)).containsExactly("MODIFY directory");
  }

  @ContractTest
  @Needs(Feature.FILE_CHANNELS)
  void callsThatChangeNothingAreNotReported() throws Exception {
    Files.writeString(entry("file"), "abc");
    WatchKey key = watchAll();
    Files.readString(entry("file"));
    Files.writeString(entry("file"), "", APPEND);
    try (FileChannel channel = FileChannel.open(entry("file"), WRITE)) {
      channel.truncate(100);
    }
    Files.move(entry("file"), entry("file"));
    assertThat(events(key)).isEmpty();
  }

  @ContractTest
  void deletedNamesAreReported() throws Exception {
    Files.createFile(entry("file"));
    Files.createDirectory(entry("directory"));
    WatchKey key = watchAll();
    Files.delete(entry("file"));
    Files.delete(entry("directory"));
    assertThat(events(key)).containsExactly("DELETE file", "DELETE directory");
  }

  @ContractTest
  @Needs(Feature.FILE_CHANNELS)
  void aFileThatIsDeletedOnCloseIsReported() throws Exception {
    WatchKey key = watchAll();
    FileChannel.open(entry("file"), CREATE, WRITE, DELETE_ON_CLOSE).close();
    assertThat(events(key)).containsExactly("CREATE file", "DELETE file");
  }

  @ContractTest
  void aRenameIsReportedInBothDirectories() throws Exception {
    Path elsewhere = Files.createDirectory(root().resolve("elsewhere"));
    Files.createFile(entry("old"));
    WatchKey key = watchAll();
    Files.move(entry("old"), entry("new"));
    assertThat(events(key)).containsExactly("DELETE old", "CREATE new");
    Files.move(entry("new"), elsewhere.resolve("new"));
    assertThat(events(key)).containsExactly("DELETE new");
    Files.move(elsewhere.resolve("new"), entry("back"));
    assertThat(events(key)).containsExactly("CREATE back");
  }

  @ContractTest
  @Needs({Feature.SYMBOLIC_LINKS, Feature.HARD_LINKS})
  void aChangeIsReportedUnderTheNameOfTheCall() throws Exception {
    Path elsewhere = root().resolve("elsewhere");
    Files.createFile(entry("one"));
    Files.createLink(entry("two"), entry("one"));
    Files.createLink(elsewhere, entry("one"));
    Files.createSymbolicLink(entry("symbolic"), fileSystem().getPath("one"));
    WatchKey key = watchAll();
    Files.writeString(entry("two"), "a");
    assertThat(events(key)).containsExactly("MODIFY two");
    Files.writeString(entry("symbolic"), "b");
    assertThat(events(key)).containsExactly("MODIFY one");
    Files.writeString(elsewhere, "c");
    assertThat(events(key)).isEmpty();
  }

  @ContractTest
  void changesInSubdirectoriesAndOfTheDirectoryAreNotReported() throws Exception {
    Path inner = Files.createDirectory(entry("inner"));
    WatchKey key = watchAll();
    Files.createFile(inner.resolve("file"));
    Files.delete(inner.resolve("file"));
    Files.setLastModifiedTime(directory(), FileTime.fromMillis(0));
    assertThat(events(key)).isEmpty();
  }

  @ContractTest
  void otherKindsAreNotReported() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_DELETE, OVERFLOW);
    Files.createFile(entry("file"));
    Files.writeString(entry("file"), "a");
    assertThat(events(key)).isEmpty();
    Files.delete(entry("file"));
    assertThat(events(key)).containsExactly("DELETE file");
  }

  @ContractTest
  void aRenamedDirectoryIsStillWatched() throws Exception {
    WatchKey key = watchAll();
    Path moved = Files.move(directory(), root().resolve("moved"));
    Files.createFile(moved.resolve("file"));
    assertThat(events(key)).containsExactly("CREATE file");
    assertThat(key.isValid()).isTrue();
  }

  @ContractTest
  void changesOfOneFileAreCountedUntilItsNameChanges() throws Exception {
    WatchKey key = watchAll();
    Files.createFile(entry("a"));
    Files.createFile(entry("b"));
    for (int i = 0; i < 3; i++) {
      Files.writeString(entry("a"), "x", APPEND);
      Files.writeString(entry("b"), "x", APPEND);
    }
    Files.delete(entry("a"));
    Files.createFile(entry("a"));
    Files.writeString(entry("a"), "x");
    signalled();
    List<WatchEvent<?>> events = key.pollEvents();
    assertThat(events.stream().map(WatchContract::text))
        .containsExactly(
            "CREATE a", "CREATE b", "MODIFY a", "MODIFY b", "DELETE a", "CREATE a", "MODIFY a");
    assertThat(events.get(2).count()).isEqualTo(3);
    assertThat(events.get(3).count()).isEqualTo(3);
  }

  @ContractTest
  void moreThan512EventsOverflow() throws Exception {
    WatchKey key = directory().register(service(), ENTRY_CREATE);
    for (int i = 0; i < 600; i++) {
      Files.createFile(entry("file-" + i));
    }
    signalled();
    assertThat(key.pollEvents())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.kind()).isEqualTo(OVERFLOW);
              assertThat(event.context()).isNull();
            });
    key.reset();
    Files.createFile(entry("after"));
    assertThat(events(key)).containsExactly("CREATE after");
  }

  private WatchKey watchAll() throws IOException {
    return directory().register(service(), ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
  }
}
