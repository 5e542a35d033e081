package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tree on another provider does where that lacks an ability, or answers wrongly. */
class ForeignTreeTest {
  private final FaultyFileSystem disk =
      new FaultyFileSystem(
          Jimfs.newFileSystem(
              Configuration.unix().toBuilder()
                  .setAttributeViews("basic", "owner", "posix", "dos")
                  .build()));

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path host;

  @BeforeEach
  void make() throws IOException {
    host = Files.createDirectory(disk.getPath("/host"));
  }

  @AfterEach
  void close() throws IOException {
    disk.set(Fault.none());
    assertThat(disk.open().all()).isEmpty();
    assertThat(host).isEmptyDirectory();
    disk.close();
  }

  private FileSystem open() throws IOException {
    return TmpFileSystems.open(Map.of("storage", "host", "directory", host));
  }

  private void failing(String name, Exception failure) {
    disk.set(
        call -> {
          if (call.name().equals(name) && call.path().endsWith("/d")) {
            if (failure instanceof RuntimeException unchecked) {
              throw unchecked;
            }
            throw (IOException) failure;
          }
        });
  }

  @Test
  void aDirectoryIsForcedThoughItsProviderOpensNone() throws IOException {
    try (FileSystem tmp = open()) {
      Path directory = Files.createDirectory(tmp.getPath("/d"));
      for (Exception failure :
          new Exception[] {new IOException("no"), new UnsupportedOperationException()}) {
        failing("open", failure);
        try (FileChannel channel = FileChannel.open(directory)) {
          channel.force(true);
          assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1)))
              .hasMessage("/d: Is a directory");
        }
      }
    }
  }

  @Test
  void aDirectoryThatMayNotBeReadIsNotOpened() throws IOException {
    try (FileSystem tmp = open()) {
      Path directory = Files.createDirectory(tmp.getPath("/d"));
      failing("open", new AccessDeniedException("host"));

      assertThatThrownBy(() -> FileChannel.open(directory))
          .isExactlyInstanceOf(AccessDeniedException.class)
          .hasMessage("/d");

      disk.set(Fault.none());
    }
  }

  @Test
  void aDirectoryThatGoesAsItIsOpenedIsMissing() throws IOException {
    try (FileSystem tmp = open()) {
      Path directory = Files.createDirectory(tmp.getPath("/d"));
      disk.set(
          call -> {
            if (call.name().equals("open") && call.path().endsWith("/d")) {
              disk.set(Fault.none());
              Files.delete(disk.getPath(call.path()));
              throw new NoSuchFileException(call.path());
            }
          });

      assertThatThrownBy(() -> FileChannel.open(directory))
          .isExactlyInstanceOf(NoSuchFileException.class)
          .hasMessage("/d");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "abcde", "\u0001\u0002\u0003"})
  void aProviderThatShowsOtherBytesThanWereWrittenIsRefused(String bytes) {
    AtomicInteger opens = new AtomicInteger();
    disk.set(
        call -> {
          if (call.name().equals("open")
              && call.path().contains("probe-")
              && opens.incrementAndGet() == 2) {
            disk.set(Fault.none());
            Files.writeString(disk.getPath(call.path()), bytes);
          }
        });

    assertThatThrownBy(this::open)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("show written bytes to the next channel on the file");
    assertThat(opens).hasValue(2);
  }

  @Test
  void theFlagsOfDosAreThoseOfTheProvider() throws IOException {
    try (FileSystem tmp = open()) {
      Path file = Files.createFile(tmp.getPath("/file"));
      for (String flag : new String[] {"readonly", "hidden", "system", "archive"}) {
        assertThat(Files.getAttribute(file, "dos:" + flag)).isEqualTo(false);
        Files.setAttribute(file, "dos:" + flag, true);
        assertThat(Files.getAttribute(file, "dos:" + flag)).isEqualTo(true);
      }
    }
  }

  @Test
  void aReadIntoNoSpaceReadsNothing() throws IOException {
    try (FileSystem tmp = open();
        FileChannel channel =
            FileChannel.open(
                Files.write(tmp.getPath("/file"), new byte[3]), StandardOpenOption.READ)) {
      assertThat(channel.read(ByteBuffer.allocate(0))).isZero();
      assertThat(channel.read(ByteBuffer.allocate(0), 1)).isZero();
    }
  }

  @Test
  void aListingShowsNoPermissionsWhereThereAreNone() throws IOException {
    try (FileSystem plain = Jimfs.newFileSystem(Configuration.unix())) {
      Path directory = Files.createDirectory(plain.getPath("/listed"));
      Files.write(directory.resolve("file"), new byte[3]);

      assertThat(TmpFileSystems.listing(directory)).contains("-?????????").contains("3 file");
    }
  }
}
