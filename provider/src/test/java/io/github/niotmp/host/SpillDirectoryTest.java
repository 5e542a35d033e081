package io.github.niotmp.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpSettings.Trust;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.internal.search.UserDirectory;
import io.github.niotmp.session.Reaper;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpillDirectoryTest {
  private static final int PAGE = 4096;

  /** Many times what it takes for the reaper to see one. */
  private static final int SPILLS_UNDER_REAPER = 3_000;

  /** Many times what it takes for the cleaner to be faster. */
  private static final int CREATIONS_BESIDE_A_CLEANER = 100_000;

  @TempDir Path onDisk;

  private final FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());

  @AfterEach
  void closeJimfs() throws IOException {
    jimfs.close();
  }

  @Test
  void onTheDiskAnOpenFileHasNoName() throws IOException {
    try (SpillDirectory directory = new SpillDirectory(onDisk, null);
        SpillFile file = directory.create()) {
      file.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);

      assertThat(onDisk).isEmptyDirectory();
      assertThat(OpenFiles.below(onDisk)).hasSize(1);
      assertThat(Files.getAttribute(OpenFiles.below(onDisk).get(0), "unix:mode"))
          .isEqualTo(0100600);
    }
    assertThat(OpenFiles.below(onDisk)).isEmpty();
  }

  @Test
  void elsewhereTheNamesGoWithTheFiles() throws IOException {
    Path work = jimfs.getPath("/work");
    try (SpillDirectory directory = new SpillDirectory(work, null)) {
      SpillFile one = directory.create();
      SpillFile two = directory.create();
      assertThat(listed(work)).hasSize(1);
      assertThat(listed(listed(work).get(0))).hasSize(2);

      one.close();
      one.close();
      assertThat(listed(listed(work).get(0))).hasSize(1);
      two.close();
      assertThat(listed(work)).isEmpty();
    }
  }

  @Test
  void aDirectoryThatIsMissingIsNamedWithTheReason() throws IOException {
    Path missing = onDisk.resolve("missing");
    try (SpillDirectory directory = new SpillDirectory(missing, null)) {
      assertThatThrownBy(directory::create)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Cannot spill to " + missing + ": No such file or directory");
    }
  }

  /** What somebody takes away of a directory, its lock file and the root around both. */
  enum Cleaner {
    FILE_AND_DIRECTORY,
    LOCK_FILE,
    EVERYTHING;

    void clean(Path file) throws IOException {
      Path directory = requireNonNull(file.getParent());
      Path root = requireNonNull(directory.getParent());
      if (this != LOCK_FILE) {
        Files.delete(file);
        Files.delete(directory);
      }
      if (this != FILE_AND_DIRECTORY) {
        Files.delete(root.resolve(directory.getFileName() + ".lock"));
      }
      if (this == EVERYTHING) {
        Files.delete(root);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryThatACleanerRemovedIsCreatedAgainWithoutLoss(Cleaner cleaner) throws IOException {
    try (SpillDirectory directory = new SpillDirectory(onDisk, null)) {
      HostFile first = directory.createNamed("");
      first.write(ByteBuffer.wrap(new byte[] {1, 2, 3}), 0);
      cleaner.clean(first.path());

      directory.create().write(ByteBuffer.allocate(1), 0);
      HostFile second = directory.createNamed("");
      second.write(ByteBuffer.allocate(1), 0);

      assertThat(second.path()).hasSize(1);
      ByteBuffer kept = ByteBuffer.allocate(3);
      first.readAll(kept, 0);
      assertThat(kept.array()).containsExactly(1, 2, 3);
      first.close();
      assertThat(second.path()).exists();
    }
    assertThat(onDisk).isEmptyDirectory();
  }

  @Test
  void aProviderThatCannotIsNamedWithTheReason() throws IOException {
    Path readOnly = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/");
    try (SpillDirectory directory = new SpillDirectory(readOnly, null)) {
      assertThatThrownBy(directory::create)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("Cannot spill to /: ");
    }
  }

  @Test
  void aDirectoryInThePlaceOfAFileGoesWithTheDirectoryAroundIt() throws IOException {
    try (SpillDirectory directory = new SpillDirectory(onDisk, null)) {
      HostFile file = directory.createNamed("");
      Files.delete(file.path());
      Files.createDirectories(file.path().resolve("in the way"));

      file.close();
      assertThat(onDisk).isEmptyDirectory();
    }
  }

  @Test
  void eachNameThatCannotBeRemovedAsTheDirectoryClosesIsReported() throws IOException {
    Path work = jimfs.getPath("/work");
    SpillDirectory directory = new SpillDirectory(work, null);
    directory.create();
    directory.create();
    List<Path> names;
    try (Stream<Path> all = Files.walk(work)) {
      names = all.filter(Files::isRegularFile).toList();
    }
    for (Path name : names) {
      Files.delete(name);
      Files.createDirectories(name.resolve("in the way"));
    }

    assertThat(names).hasSize(2);
    assertThatThrownBy(directory::close)
        .isInstanceOf(DirectoryNotEmptyException.class)
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .isInstanceOf(DirectoryNotEmptyException.class));
    assertThat(work).isEmptyDirectory();
  }

  @Test
  void aRootThatAnotherThreadRemovesAtAnyMomentIsMadeAnew() throws Exception {
    UserDirectory ofAnother = UserDirectory.in(onDisk);
    ExecutorService threads = Executors.newSingleThreadExecutor();
    AtomicBoolean done = new AtomicBoolean();
    Semaphore removals = new Semaphore(0);
    try (SpillDirectory directory = new SpillDirectory(onDisk, null)) {
      Future<Void> removal =
          threads.submit(
              () -> {
                while (!done.get()) {
                  if (removals.tryAcquire()) {
                    ofAnother.removeIfEmpty();
                  }
                }
                return null;
              });
      for (int round = 0; round < 1_000; round++) {
        removals.drainPermits();
        removals.release(100); // as long as a creation takes, and fewer than it bears
        try (SpillFile file = round % 2 == 0 ? directory.create() : directory.createNamed("")) {
          file.write(ByteBuffer.allocate(1), 0);
        }
      }
      done.set(true);
      removal.get();
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
    assertThat(onDisk).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void threadsThatSpillAtTheSameTimeLeaveNoFile(boolean disk) throws Exception {
    Path parent = disk ? onDisk : jimfs.getPath("/work");
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (SpillDirectory one = new SpillDirectory(parent, null);
        SpillDirectory other = new SpillDirectory(parent, null)) {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        SpillDirectory directory = i % 2 == 0 ? one : other;
        boolean named = disk && i > 1;
        tasks.add(
            () -> {
              for (int round = 0; round < 300; round++) {
                (named ? directory.createNamed("") : directory.create()).close();
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
      assertThat(listed(parent)).isEmpty();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aReaperThatRemovesFilesBeforeTheirUnlinkDoesNoHarm() throws Exception {
    UserDirectory root = UserDirectory.in(onDisk);
    AtomicBoolean done = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (SpillDirectory directory = new SpillDirectory(onDisk, null)) {
      Future<Integer> reaper =
          threads.submit(
              () -> {
                int removed = 0;
                while (!done.get()) {
                  removed += Reaper.sweep(root, false).size();
                }
                return removed;
              });
      Callable<Void> spilling =
          () -> {
            for (int round = 0; round < SPILLS_UNDER_REAPER; round++) {
              try (SpillFile file = directory.create()) {
                file.write(ByteBuffer.wrap(new byte[] {7}), PAGE);
                ByteBuffer back = ByteBuffer.allocate(1);
                file.readAll(back, PAGE);
                assertThat(back.get(0)).isEqualTo((byte) 7);
              }
            }
            return null;
          };
      for (Future<Void> spilled : threads.invokeAll(List.of(spilling, spilling))) {
        spilled.get();
      }
      done.set(true);

      assertThat(reaper.get()).as("removed before its creator did").isPositive();
      assertThat(onDisk).isEmptyDirectory();
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Path> listed(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      listing.forEach(entries::add);
    }
    return entries;
  }

  @Test
  void aNamedFileThatIsRemovedWhileItIsCreatedLeavesNothingOpen() throws Exception {
    ExecutorService threads = Executors.newSingleThreadExecutor();
    AtomicBoolean done = new AtomicBoolean();
    try (SpillDirectory directory = new SpillDirectory(onDisk, null);
        HostFile stays = directory.createNamed(".stays")) {
      Path around = requireNonNull(stays.path().getParent());
      List<Path> before = OpenFiles.below(onDisk);
      long held = Descriptors.held();
      Future<Void> cleaner =
          threads.submit(
              () -> {
                while (!done.get()) {
                  for (Path each : listed(around)) {
                    if (!each.equals(stays.path())) {
                      Files.deleteIfExists(each);
                    }
                  }
                }
                return null;
              });
      int removed = 0;
      for (int round = 0; round < CREATIONS_BESIDE_A_CLEANER && removed < 3; round++) {
        try {
          directory.createNamed("").close();
        } catch (NoSuchFileException e) {
          removed++;
        }
      }
      done.set(true);
      cleaner.get();

      assertThat(removed).as("removed before their creator looked").isPositive();
      assertThat(Descriptors.held()).isEqualTo(held);
      assertThat(OpenFiles.below(onDisk)).isEqualTo(before);
    } finally {
      done.set(true);
      threads.shutdownNow();
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // files keep their names
  void onlyFilesThatKeepTheirNamesNeedADirectoryOfTheProcess() throws IOException {
    SpillLocations locations = SpillLocations.in(onDisk, DirectoryRules.STRICT);
    try {
      Path ofTheProcess = locations.forNamed().enter();

      assertThat(locations.forUnlinked().enter()).isEqualTo(ofTheProcess.getParent());
    } finally {
      locations.forUnlinked().leave();
      locations.forNamed().leave();
    }
    assertThat(onDisk).isEmptyDirectory();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS) // has no modes
  void whereOtherUsersCouldReplaceAFileANameIsRefusedUnlessTheyAreTrusted() throws IOException {
    Path ofAll = Files.createDirectory(onDisk.resolve("of all"));
    Files.setPosixFilePermissions(ofAll, PosixFilePermissions.fromString("rwxrwxrwx"));
    FileSystemEvents events = new FileSystemEvents("");
    DirectoryRules trusting = new DirectoryRules(Trust.ANY, true);
    try (SpillDirectory strict = new SpillDirectory(ofAll, null);
        SpillDirectory trusted = new SpillDirectory(ofAll, null, trusting, events)) {
      assertThat(trusted.createNamed("").path()).exists();
      assertThatThrownBy(() -> strict.createNamed("")).isInstanceOf(IOException.class);
      strict.create().write(ByteBuffer.allocate(1), 0);
    }
    assertThat(ofAll).isEmptyDirectory();
  }
}
