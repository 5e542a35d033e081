package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies and moves to and from a host on which one call after another fails. */
class CopyFaultsTest {
  private static final String REASON = "No space left on device";

  @SuppressWarnings("NullAway.Init") // opened before each test
  private FaultyFileSystem faulty;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Path onHost;

  @SuppressWarnings("NullAway.Init") // opened before each test
  private Path inMemory;

  private interface Transfer {
    void make(Path source, Path target) throws IOException;
  }

  @BeforeEach
  void open() throws IOException {
    faulty =
        new FaultyFileSystem(
            Jimfs.newFileSystem(
                Configuration.unix().toBuilder()
                    .setAttributeViews("basic", "owner", "posix", "unix", "user")
                    .build()));
    FileSystem host =
        TmpFileSystems.open(
            Map.of("storage", "host", "directory", Files.createDirectory(faulty.getPath("/host"))));
    onHost = host.getPath("/");
    inMemory = TmpFileSystems.open(Map.of()).getPath("/");
  }

  @AfterEach
  void close() throws IOException {
    onHost.getFileSystem().close();
    inMemory.getFileSystem().close();
    faulty.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "directory", "link"})
  void aCopyThatFailsIsNotThere(String kind) throws IOException {
    Transfer copy =
        (source, target) ->
            Files.copy(
                source, target, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    transfer(copy, kind, inMemory, onHost);
    transfer(copy, kind, onHost, inMemory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "directory", "link"})
  void aMoveThatFailsLeavesTheFileWhereItWasAndNowhereElse(String kind) throws IOException {
    transfer(Files::move, kind, inMemory, onHost);
    transfer(Files::move, kind, onHost, inMemory);
  }

  @Test
  void aCopyThatCannotBeRemovedIsToldBesideTheFailure() throws IOException {
    Path source = Files.writeString(inMemory.resolve("source"), "text");
    faulty.set(
        call -> {
          if (call.name().equals("write") || call.name().startsWith("delete")) {
            throw new FileSystemException(call.path(), null, REASON);
          }
        });

    FileSystemException failure =
        catchThrowableOfType(
            FileSystemException.class, () -> Files.copy(source, onHost.resolve("target")));

    faulty.set(Fault.none());
    assertThat(failure).hasMessageEndingWith(REASON);
    assertThat(failure.getSuppressed())
        .singleElement()
        .satisfies(left -> assertThat(left).hasMessage("/target: " + REASON));
    assertThat(source).hasContent("text");
  }

  private void transfer(Transfer transfer, String kind, Path from, Path to) throws IOException {
    Path target = to.resolve("target");
    boolean happened = true;
    for (int number = 1; happened; number++) {
      Path source = make(from.resolve("source"), kind);
      Fault.Nth fault = Fault.at(number, Fault.failing(REASON));
      faulty.set(fault);
      try {
        transfer.make(source, target);
        faulty.set(Fault.none());
        assertThat(is(target, kind)).as("%s after call %d", kind, number).isTrue();
      } catch (FileSystemException e) {
        faulty.set(Fault.none());
        assertThat(e).hasMessageEndingWith(REASON);
        assertThat(is(source, kind)).as("%s after call %d", kind, number).isTrue();
        assertThat(Files.exists(target, LinkOption.NOFOLLOW_LINKS)).as("%d", number).isFalse();
      }
      Files.deleteIfExists(source);
      Files.deleteIfExists(target);
      happened = fault.happened();
    }
  }

  private static Path make(Path path, String kind) throws IOException {
    return switch (kind) {
      case "file" -> {
        Files.writeString(path, "text");
        Files.setAttribute(path, "user:name", new byte[] {1});
        yield path;
      }
      case "directory" -> Files.createDirectory(path);
      default -> Files.createSymbolicLink(path, path.getFileSystem().getPath("nowhere"));
    };
  }

  private static boolean is(Path path, String kind) throws IOException {
    return switch (kind) {
      case "file" -> Files.isRegularFile(path) && Files.readString(path).equals("text");
      case "directory" -> Files.isDirectory(path);
      default -> Files.isSymbolicLink(path);
    };
  }
}
