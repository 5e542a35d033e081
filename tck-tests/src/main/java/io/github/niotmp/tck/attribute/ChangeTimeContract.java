package io.github.niotmp.tck.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of {@code unix:ctime}, the time of the last change of the inode, names included.
 *
 * @see Files#getAttribute
 * @see Files#setAttribute
 */
@AsOnLinux
public class ChangeTimeContract extends FileSystemContract {
  private static final FileTime TIME = FileTime.fromMillis(1_000);

  /** An upper bound of the writes in one tick of a clock with a resolution of one second. */
  private static final int MOST_WRITES = 10_000_000;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path file;

  @BeforeEach
  void create() throws IOException {
    needsView("unix");
    file = Files.createFile(root().resolve("file"));
  }

  static List<String> attributes() {
    return List.of("mode", "uid", "gid", "lastModifiedTime", "lastAccessTime");
  }

  @ContractTest
  void aWriteChangesIt() throws IOException {
    assertChanged(() -> Files.writeString(file, "text"), file);
    assertChanged(() -> Files.writeString(file, "x", StandardOpenOption.APPEND), file);
    assertChanged(() -> Files.writeString(file, ""), file);
  }

  @ContractTest(rows = "attributes")
  void anAttributeChangesItEvenIfItsValueStays(String name) throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    for (Path each : List.of(file, directory)) {
      Object value = Files.getAttribute(each, "unix:" + name);

      assertChanged(() -> Files.setAttribute(each, "unix:" + name, value), each);
    }
  }

  @ContractTest
  void aDosFlagChangesIt() throws IOException {
    needsView("dos");
    assumeTrue(Files.getFileStore(file).supportsFileAttributeView("dos"), "not stored here");

    assertChanged(() -> Files.setAttribute(file, "dos:hidden", true), file);
  }

  @ContractTest
  @Needs(Feature.USER_ATTRIBUTES_AS_ON_LINUX)
  void aUserDefinedAttributeChangesIt() throws IOException {
    assumeTrue(Files.getFileStore(file).supportsFileAttributeView("user"), "not stored here");

    assertChanged(() -> Files.setAttribute(file, "user:name", new byte[1]), file);
  }

  @ContractTest
  void aCreationTimeThatCanBeSetChangesIt() throws IOException {
    FileTime moment = laterThanAllBefore();
    Files.setAttribute(file, "creationTime", TIME);
    assumeTrue(Files.getAttribute(file, "creationTime").equals(TIME), "it stays");

    assertThat(changeTime(file)).isGreaterThanOrEqualTo(moment);
  }

  @ContractTest
  @Needs(Feature.HARD_LINKS)
  void addingAndRemovingAHardLinkChangesIt() throws IOException {
    Path link = root().resolve("link");

    assertChanged(() -> Files.createLink(link, file), file);
    assertChanged(() -> Files.delete(link), file);
  }

  @ContractTest
  @Needs({Feature.HARD_LINKS, Feature.ATOMIC_MOVES})
  void replacingAHardLinkChangesIt() throws IOException {
    Path link = Files.createLink(root().resolve("link"), file);
    Path other = Files.createFile(root().resolve("other"));

    assertChanged(() -> Files.move(other, link, StandardCopyOption.ATOMIC_MOVE), file);
  }

  @ContractTest
  void aMoveChangesItForTheFileAndBothDirectories() throws IOException {
    Path source = Files.createDirectory(root().resolve("source"));
    Path target = Files.createDirectory(root().resolve("target"));
    Path directory = Files.createDirectory(source.resolve("directory"));

    assertChanged(() -> Files.move(file, target.resolve("file")), target.resolve("file"), target);
    assertChanged(
        () -> Files.move(directory, target.resolve("directory")),
        target.resolve("directory"),
        source,
        target);
  }

  @ContractTest
  void addingAndRemovingAnEntryChangesItForTheDirectory() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    Path child = directory.resolve("child");

    assertChanged(() -> Files.createDirectory(child), directory);
    assertChanged(() -> Files.delete(child), directory);
  }

  private interface Change {
    void make() throws IOException;
  }

  private void assertChanged(Change change, Path... files) throws IOException {
    FileTime moment = laterThanAllBefore();
    change.make();
    for (Path changed : files) {
      assertThat(changeTime(changed)).as("%s", changed).isGreaterThanOrEqualTo(moment);
    }
  }

  /** Writes until the change time advances, because clocks of file systems are coarse. */
  private FileTime laterThanAllBefore() throws IOException {
    Path clock = root().resolve("clock");
    Files.writeString(clock, "before");
    FileTime before = changeTime(clock);
    FileTime now = before;
    for (int tries = 0; now.equals(before); tries++) {
      assertThat(tries).as("writes that changed no time").isLessThan(MOST_WRITES);
      assertThat(Thread.currentThread().isInterrupted()).as("interrupted").isFalse();
      Files.writeString(clock, "now");
      now = changeTime(clock);
    }
    return now;
  }

  private static FileTime changeTime(Path path) throws IOException {
    return (FileTime) Files.getAttribute(path, "unix:ctime");
  }
}
