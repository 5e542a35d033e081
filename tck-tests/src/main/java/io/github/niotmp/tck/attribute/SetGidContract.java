package io.github.niotmp.tck.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;

/**
 * The contract of the set-gid bit: new entries of such a directory inherit its group.
 *
 * @see Files#createDirectory
 * @see Files#createFile
 */
@AsOnLinux
public class SetGidContract extends FileSystemContract {
  private static final int SET_GID = 02000;
  private static final int GROUP = 60_999;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path shared;

  @BeforeEach
  void create() throws IOException {
    needsView("unix");
    shared = Files.createDirectory(root().resolve("shared"));
    Files.setAttribute(shared, "unix:mode", SET_GID | 0770);
  }

  @ContractTest
  void aNewDirectoryInheritsTheBitAndAFileDoesNot() throws IOException {
    Path directory = Files.createDirectory(shared.resolve("directory"));
    Path given =
        Files.createDirectory(
            shared.resolve("given"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path below = Files.createDirectory(directory.resolve("below"));
    Path file = Files.createFile(shared.resolve("file"));

    assertThat(mode(directory) & SET_GID).isEqualTo(SET_GID);
    assertThat(mode(given) & 07777).isEqualTo(SET_GID | 0700);
    assertThat(mode(below) & SET_GID).isEqualTo(SET_GID);
    assertThat(mode(file) & SET_GID).isZero();
  }

  @ContractTest
  @Needs(Feature.SYMBOLIC_LINKS)
  void newEntriesInheritTheGroup() throws IOException {
    needsRoot();
    Files.setAttribute(shared, "unix:gid", GROUP);
    Files.setAttribute(shared, "unix:mode", SET_GID | 0770);
    Path directory = Files.createDirectory(shared.resolve("directory"));
    Path below = Files.createFile(directory.resolve("file"));
    Path link = Files.createSymbolicLink(shared.resolve("link"), directory.getFileName());

    assertThat(group(directory)).isEqualTo(GROUP);
    assertThat(group(below)).isEqualTo(GROUP);
    assertThat(group(link)).isEqualTo(GROUP);
  }

  @ContractTest
  void newEntriesInheritNoGroupWithoutTheBit() throws IOException {
    needsRoot();
    int own = group(shared);
    Files.setAttribute(shared, "unix:gid", GROUP);
    Files.setAttribute(shared, "unix:mode", 0770);
    Path directory = Files.createDirectory(shared.resolve("directory"));

    assertThat(mode(directory) & SET_GID).isZero();
    assertThat(group(directory)).isEqualTo(own);
  }

  @ContractTest
  void aMoveChangesNeitherGroupNorBit() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    int before = mode(directory);

    int group = group(directory);

    Path moved = Files.move(directory, shared.resolve("moved"));

    assertThat(mode(moved)).isEqualTo(before);
    assertThat(group(moved)).isEqualTo(group);
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode");
  }

  private static int group(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:gid", LinkOption.NOFOLLOW_LINKS);
  }
}
