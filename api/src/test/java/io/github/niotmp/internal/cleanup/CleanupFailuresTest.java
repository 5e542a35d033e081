package io.github.niotmp.internal.cleanup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class CleanupFailuresTest {
  @TempDir Path directory;

  private record Attribute(String name, Object value) implements FileAttribute<Object> {}

  @Test
  void aClosedFileSystemEndsTheRemoval() {
    NamedFailures failures = new NamedFailures();
    ClosedFileSystemException closed = new ClosedFileSystemException();

    assertThatThrownBy(() -> failures.add(closed, directory)).isSameAs(closed);
    assertThat(failures.count()).isZero();
  }

  @Test
  void aListingThatFailsHasTheReasonOfTheHost() {
    NamedFailures failures = new NamedFailures();
    failures.add(
        new DirectoryIteratorException(
            new FileSystemException("random", null, "Input/output error")),
        directory);

    assertThatThrownBy(() -> failures.throwFor(directory))
        .cause()
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(directory + ": Input/output error");
  }

  @Test
  void anEntryIsRemovedOnceThoughItsRemovalIsEnabledAgain() throws IOException {
    AtomicInteger removals = new AtomicInteger();
    Cleanup cleanup = Cleanup.of(this, directory.resolve("file"), removals::incrementAndGet);
    cleanup.close(false);

    cleanup.enable(true);
    cleanup.close(false);

    assertThat(removals).hasValue(1);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void onlyPermissionsThatWereAskedForAreComparedWithTheUmask() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Files.setPosixFilePermissions(file, Set.of());

    OwnerOnly.require(
        file, new Attribute("acl:permissions", PosixFilePermissions.fromString("rw-------")));
    OwnerOnly.require(file, new Attribute("posix:permissions", "rw-------"));
    assertThat(file).exists();

    assertThatThrownBy(
            () ->
                OwnerOnly.require(
                    file,
                    PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------"))))
        .isInstanceOf(FileSystemException.class)
        .hasMessage(
            file
                + ": The umask of this process takes [OWNER_READ, OWNER_WRITE] from its owner;"
                + " allowed: such as 077");
    assertThat(file).doesNotExist();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void permissionsThatWereAddedAreTaken() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr--r-x"));

    OwnerOnly.require(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----")));

    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void oneFailureNamesTheCountAndTheFirstOfSeveralEntries() throws IOException {
    Path left = Files.createFile(directory.resolve("left"));
    NamedFailures failures = new NamedFailures();
    failures.add(new AccessDeniedException("x", null, "not yours"), directory.resolve("denied"));
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      failures.addLeft(entries, path -> path);
    }

    FileSystemException denied =
        new AccessDeniedException(directory.resolve("denied").toString(), null, "not yours");
    assertThatThrownBy(() -> failures.throwFor(directory))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage(directory + ": 2 entries cannot be removed, such as " + denied)
        .satisfies(
            e ->
                assertThat(e.getSuppressed())
                    .singleElement()
                    .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                    .hasMessage(left + ": Still exists after its removal"));
  }

  @Test
  void theLastLineOfAStatusNeedsNoEnd() {
    assertThat(Umask.in("Name:\tjava\nUmask:\t0022")).hasValue(0022);
  }
}
