package io.github.niotmp.tck.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.session.FreshDirectory;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Providers that are neither the default one nor ours, and do less than they say. */
class ForeignProviderTest {
  private static final Set<PosixFilePermission> READABLE =
      PosixFilePermissions.fromString("rwxr-xr-x");

  private FaultyFileSystem faulty = open(Configuration.unix());

  @SuppressWarnings("NullAway.Init") // made before each test
  private Path host;

  private static FaultyFileSystem open(Configuration configuration) {
    return new FaultyFileSystem(
        Jimfs.newFileSystem(
            configuration.toBuilder().setAttributeViews("basic", "owner", "posix").build()));
  }

  @BeforeEach
  void makeDirectory() throws IOException {
    host = Files.createDirectory(faulty.getRootDirectories().iterator().next().resolve("host"));
  }

  @AfterEach
  void close() throws IOException {
    faulty.set(Fault.none());
    assertThat(host).isEmptyDirectory();
    assertThat(faulty.open().all()).isEmpty();
    faulty.close();
  }

  /** What makes a file or directory that its owner alone is to use. */
  enum Way {
    FILE {
      @Override
      Closeable make(TempOptions options, Path directory) throws IOException {
        return TempFile.create(options);
      }
    },
    FILE_WITHOUT_NAME {
      @Override
      Closeable make(TempOptions options, Path directory) throws IOException {
        return TempFile.createUnnamed(options);
      }
    },
    DIRECTORY {
      @Override
      Closeable make(TempOptions options, Path directory) throws IOException {
        return TempDirectory.create(options);
      }
    },
    HOST_VOLUME {
      @Override
      Closeable make(TempOptions options, Path directory) throws IOException {
        return TmpFileSystems.open(Map.of("storage", "host", "directory", directory));
      }
    },
    SPILL_FILE {
      @Override
      Closeable make(TempOptions options, Path directory) throws IOException {
        FileSystem tmp = TmpFileSystems.open(Map.of("spoolThreshold", 0, "directory", directory));
        try {
          Files.write(tmp.getPath("/file"), new byte[10]);
          return tmp;
        } catch (IOException e) {
          tmp.close();
          throw e;
        }
      }
    };

    abstract Closeable make(TempOptions options, Path directory) throws IOException;

    Closeable make(Path directory) throws IOException {
      return make(TempOptions.defaults().directory(directory), directory);
    }
  }

  /** Gives what is created permissions of its own choice, and perhaps keeps them. */
  private Fault ignoringPermissions(boolean keeping) {
    return new Fault() {
      @Override
      public void before(Call call) throws IOException {
        if (keeping && call.name().equals("setPermissions")) {
          throw new FileSystemException(call.path(), null, "Operation not supported");
        }
      }

      @Override
      public void after(Call call) throws IOException {
        if (call.name().equals("open") || call.name().equals("createDirectory")) {
          Files.setPosixFilePermissions(Decoration.unwrap(faulty.getPath(call.path())), READABLE);
        }
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void permissionsThatWereIgnoredAreSet(Way way) throws IOException {
    faulty.set(ignoringPermissions(false));

    try (Closeable made = way.make(host)) {
      faulty.set(Fault.none());
      assertThat(made).isNotNull();
      try (Stream<Path> entries = Files.list(host)) {
        assertThat(entries.map(ForeignProviderTest::permissionsOfOthers))
            .allSatisfy(each -> assertThat(each).isEqualTo("------"));
      }
    }
  }

  private static String permissionsOfOthers(Path path) {
    try {
      return PosixFilePermissions.toString(Files.getPosixFilePermissions(path)).substring(3);
    } catch (IOException e) {
      return e.toString();
    }
  }

  @ParameterizedTest
  @EnumSource
  void permissionsThatCannotBeSetAreRefused(Way way) {
    faulty.set(ignoringPermissions(true));

    assertThatThrownBy(() -> way.make(host).close())
        .isInstanceOf(IOException.class)
        .hasMessageContaining(
            ": Others can use it: it has the permissions rwxr-xr-x whatever is asked for; the"
                + " setting 'permissions' of a file system accepts that with 'ignore', and"
                + " TempOptions.permissions with these permissions")
        .hasMessageContaining(host.toString());
  }

  @Test
  void permissionsThatCannotBeSetAreAcceptedByTheSetting() throws IOException {
    TmpSettings any =
        TmpSettings.defaults().permissions(TmpSettings.Permissions.IGNORE).directory(host);
    for (TmpSettings settings :
        new TmpSettings[] {any.spoolThreshold(0), any.storage(TmpSettings.Storage.HOST)}) {
      faulty.set(ignoringPermissions(true));
      try (FileSystem tmp = TmpFileSystems.open(settings)) {
        Path file = Files.write(tmp.getPath("/file"), new byte[10]);
        assertThat(Files.readAllBytes(file)).hasSize(10);
      }
      faulty.set(Fault.none());
    }
  }

  @Test
  void permissionsThatCannotBeSetAreAcceptedByTheOptionThatNamesThem() throws IOException {
    faulty.set(ignoringPermissions(true));

    try (TempFile file =
        TempFile.create(TempOptions.defaults().directory(host).permissions(READABLE))) {
      assertThat(file.path()).exists();
    }
  }

  @Test
  void permissionsOfTheOwnerThatAreMissingAreRefused() {
    faulty.set(
        new Fault() {
          @Override
          public void before(Call call) {}

          @Override
          public void after(Call call) throws IOException {
            if (call.name().equals("createDirectory")) {
              Files.setPosixFilePermissions(
                  Decoration.unwrap(faulty.getPath(call.path())), Set.of());
            }
          }
        });

    assertThatThrownBy(() -> Way.DIRECTORY.make(host).close())
        .isInstanceOf(FileSystemException.class)
        .hasMessageEndingWith(
            ": Its provider takes [OWNER_READ, OWNER_WRITE, OWNER_EXECUTE] from its owner");
  }

  @ParameterizedTest
  @EnumSource
  void aProviderThatSaysOfEachNameThatItIsTakenIsGivenUp(Way way) {
    AtomicInteger tries = new AtomicInteger();
    faulty.set(
        call -> {
          if (call.name().equals("open") || call.name().equals("createDirectory")) {
            tries.incrementAndGet();
            throw new FileAlreadyExistsException(call.path());
          }
        });

    assertThatThrownBy(() -> way.make(host).close()).isInstanceOf(IOException.class);
    assertThat(tries).hasValueBetween(1, 100);
  }

  @Test
  void aDirectoryThatWasNotCreatedIsNoPlace() {
    FreshDirectory place = new FreshDirectory(host);
    faulty.set(lyingAbout("createDirectory"));

    assertThatThrownBy(place::enter)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("Is not there");
  }

  private static Fault lyingAbout(String name) {
    return new Fault() {
      private boolean isLie;

      @Override
      public void before(Call call) {
        isLie = call.name().startsWith(name);
      }

      @Override
      public boolean isLie() {
        return isLie;
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void aDeletionThatWasNotMadeIsTold(Way way) throws IOException {
    Closeable made = way.make(host);
    faulty.set(lyingAbout("delete"));

    if (way == Way.FILE_WITHOUT_NAME) {
      made.close(); // the name has gone before
      return;
    }
    assertThatThrownBy(made::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(host.toString())
        .hasMessageContaining("Still exists");

    faulty.set(Fault.none());
    made.close();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  @Timeout(60)
  void aStreamThatListsItsEntriesAgainAndAgainEndsTheRemoval(Configuration configuration)
      throws IOException {
    faulty.close();
    faulty = open(configuration);
    makeDirectory();
    TempDirectory tree = TempDirectory.create(TempOptions.defaults().directory(host));
    Files.createFile(tree.resolve("file"));
    AtomicInteger deletions = new AtomicInteger();
    faulty.set(
        new Fault() {
          @Override
          public void before(Call call) throws IOException {
            if (call.name().startsWith("delete")) {
              deletions.incrementAndGet();
            }
            if (call.name().equals("deleteFile")) {
              throw new NoSuchFileException(call.path()); // removed, says FUSE
            }
          }

          @Override
          public boolean isLie() {
            return true;
          }

          @Override
          public boolean isRepeating() {
            return true;
          }
        });

    assertThatThrownBy(tree::close)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(tree.path().resolve("file").toString())
        .satisfies(e -> assertThat(e.getSuppressed()).hasSizeLessThan(20));
    assertThat(deletions).as("of 50,000 in each pass").hasValueLessThan(50_000);

    faulty.set(Fault.none());
    tree.close();
  }

  static Stream<Configuration> configurations() {
    return Stream.of(Configuration.unix(), Configuration.windows());
  }

  @Test
  @Timeout(60)
  void aChannelThatTakesNoBytesIsGivenUp() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("spoolThreshold", 0, "directory", host))) {
      Path file = tmp.getPath("/file");
      faulty.set(
          new Fault() {
            @Override
            public void before(Call call) {}

            @Override
            public int most(int wanted) {
              return 0;
            }
          });

      assertThatThrownBy(() -> Files.write(file, new byte[10]))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("Its provider transfers no bytes");
    }
  }

  @Test
  void aMakerThatFailsLeavesNothing() {
    TempOptions options = TempOptions.defaults().directory(host);

    assertThatThrownBy(
            () ->
                TempResource.create(
                    options,
                    path -> {
                      FileChannel.open(path, CREATE_NEW, WRITE).close();
                      throw new IllegalStateException("no session");
                    }))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining(host.toString())
        .hasMessageContaining("no session");
  }

  @Test
  void aSearchPassesACandidateThatThrows() {
    faulty.set(
        call -> {
          throw new IllegalStateException("no session");
        });

    assertThatThrownBy(() -> SystemTemp.setDirectory(host))
        .isInstanceOf(FileSystemException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void anUploadAtTheCloseIsDeletedAfterIt() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    TempFile file = TempFile.createUnnamed(TempOptions.defaults().directory(host));
    file.channel().write(UTF_8.encode("secret"));
    faulty.set(
        call -> {
          if (call.name().equals("deleteIfExists") && closed.incrementAndGet() == 1) {
            Files.createFile(Decoration.unwrap(faulty.getPath(call.path())));
          }
        });

    file.close();

    assertThat(closed).hasValue(1);
  }
}
