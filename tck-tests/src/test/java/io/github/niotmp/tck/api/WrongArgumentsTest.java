package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.TmpFileSystems;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.CopyOption;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused at the call, with the argument and what is allowed. */
class WrongArgumentsTest {
  private static final TempOptions DEFAULTS = TempOptions.defaults();

  @SuppressWarnings("NullAway.Init")
  private static TempFile file;

  @SuppressWarnings("NullAway.Init")
  private static TempDirectory directory;

  @BeforeAll
  static void create() throws IOException {
    file = TempFile.create();
    directory = TempDirectory.create();
  }

  @AfterAll
  static void close() throws IOException {
    file.close();
    directory.close();
  }

  static Stream<Arguments> negative() {
    return Stream.of(
        refused("randomLength is -1", () -> DEFAULTS.randomLength(-1)),
        refused("randomLength is 201", () -> DEFAULTS.randomLength(201)),
        refused("spoolThreshold is -1", () -> DEFAULTS.spoolThreshold(-1)),
        refused("bufferSize is -1", () -> DEFAULTS.bufferSize(-1)),
        refused("size is -1", () -> file.setSize(-1)));
  }

  private static Arguments refused(String message, ThrowingCallable call) {
    return Arguments.of(message, call);
  }

  @ParameterizedTest
  @MethodSource("negative")
  void aNumberOutOfRangeIsRefused(String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageContaining("allowed: 0 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "a/b", "../x", "x/.."})
  void aSeparatorInPrefixOrSuffixIsRefused(String part) {
    assertThatThrownBy(() -> DEFAULTS.prefix(part))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix is '" + part + "'; allowed: ");
    assertThatThrownBy(() -> DEFAULTS.suffix(part))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("suffix is '" + part + "'; allowed: ");
  }

  @Test
  void aSeparatorOfTheDirectorysFileSystemIsRefused() throws IOException {
    try (FileSystem windows = Jimfs.newFileSystem(Configuration.windows())) {
      TempOptions options = DEFAULTS.directory(windows.getPath("C:\\work"));

      assertThatThrownBy(() -> TempFile.create(options.prefix("a\\b")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("prefix 'a\\b'")
          .hasMessageContaining("no separator \\");
    }
    try (TempFile file = TempFile.create(DEFAULTS.prefix("a\\b"))) {
      assertThat(file.path().getFileName().toString()).startsWith("a\\b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", ".."})
  void whatIsNoNameIsRefused(String name) {
    TempOptions options = DEFAULTS.prefix(name).randomLength(0);

    assertThatThrownBy(() -> TempFile.create(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prefix '" + name + "'");
    assertThatThrownBy(() -> TempDirectory.create(options))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theRootOfAFileSystemIsNoNameForAFileInIt() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      TempOptions options = DEFAULTS.directory(tmp.getPath("/")).prefix("").randomLength(0);

      assertThatThrownBy(() -> TempFile.create(options))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("prefix '' and suffix '' make no name in /");
    }
  }

  @Test
  void aNulInANameIsRefused() {
    assertThatThrownBy(() -> TempFile.create(DEFAULTS.prefix("a\0")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aThresholdOutsideTmpIsRefused(@TempDir Path disk) {
    assertThatThrownBy(() -> TempFile.create(DEFAULTS.directory(disk).spoolThreshold(7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("spoolThreshold is 7")
        .hasMessageContaining(disk.toUri().toString());
    assertThat(disk).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource
  void aMissingDirectoryIsNamed(Place place) throws IOException {
    try (Place.Opened opened = place.open()) {
      TempOptions options = DEFAULTS.directory(opened.directory().resolve("missing"));

      assertThatThrownBy(() -> TempFile.create(options))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("missing");
      assertThatThrownBy(() -> TempFile.createUnnamed(options))
          .isInstanceOf(NoSuchFileException.class);
      assertThatThrownBy(() -> TempDirectory.create(options))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("missing");
    }
  }

  @ParameterizedTest
  @EnumSource
  void aFileIsNoDirectory(Place place) throws IOException {
    try (Place.Opened opened = place.open()) {
      Path file = Files.createFile(opened.directory().resolve("file"));
      TempOptions options = DEFAULTS.directory(file);

      assertThatThrownBy(() -> TempFile.create(options))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("file");
      assertThatThrownBy(() -> TempDirectory.create(options)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsClosedSaysSo() throws IOException {
    TempFile closed = TempFile.create();
    TempDirectory closedDirectory = TempDirectory.create();
    TempResource<Closeable> closedResource = TempResource.create(DEFAULTS, path -> () -> {});
    TmpFileAttributeView view = ((TmpFileHandle) closed.channel()).view();
    FileChannel channel = closed.channel();
    closed.close();
    closedDirectory.close();
    closedResource.close();

    for (ThrowingCallable call :
        Set.<ThrowingCallable>of(
            closed::channel,
            closed::newInputStream,
            closed::newOutputStream,
            closed::newReader,
            closed::newWriter,
            closed::reopen,
            closed::size,
            () -> closed.setSize(0),
            closed::isRolledOver,
            closed::rollOver,
            closed::hostPath,
            closed::keep,
            () -> closed.persist(Path.of("anywhere")))) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(closed.path().toUri() + " is closed");
    }
    assertThatThrownBy(closedDirectory::keep)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    for (ThrowingCallable call :
        Set.<ThrowingCallable>of(closedResource::resource, closedResource::keep)) {
      assertThatThrownBy(call)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("TempResource " + closedResource.path().toUri() + " is closed");
    }
    assertThatThrownBy(channel::size).isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(view::readAttributes).isInstanceOf(ClosedChannelException.class);
  }

  /** Each public method, with each of its parameters that could be null. */
  static Stream<Arguments> nullable() {
    return Stream.of(
            DEFAULTS,
            PersistOptions.defaults(),
            TempFile.class,
            TempDirectory.class,
            TempResource.class,
            TmpFileSystems.class,
            file,
            directory)
        .flatMap(WrongArgumentsTest::references);
  }

  /** Returns those of an object, or the static ones of a class. */
  private static Stream<Arguments> references(Object target) {
    boolean ofClass = target instanceof Class<?>;
    Class<?> type = target instanceof Class<?> c ? c : target.getClass();
    return Stream.of(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(method -> Modifier.isStatic(method.getModifiers()) == ofClass)
        .filter(method -> !method.getName().equals("equals")) // null is unequal
        .flatMap(
            method ->
                IntStream.range(0, method.getParameterCount())
                    .filter(i -> !method.getParameterTypes()[i].isPrimitive())
                    .mapToObj(i -> Arguments.of(method, i, target)));
  }

  @ParameterizedTest(autoCloseArguments = false)
  @MethodSource("nullable")
  void aNullIsRefused(Method method, int index, Object target) {
    Parameter[] parameters = method.getParameters();
    @Nullable Object[] arguments = new @Nullable Object[parameters.length];
    for (int i = 0; i < parameters.length; i++) {
      arguments[i] = i == index ? null : some(parameters[i]);
    }

    assertThatThrownBy(() -> method.invoke(target, arguments))
        .hasCauseInstanceOf(NullPointerException.class);
  }

  private static Object some(Parameter parameter) {
    Class<?> type = parameter.getType();
    if (type == TempOptions.class) {
      return DEFAULTS;
    }
    if (type == PersistOptions.class) {
      return PersistOptions.defaults();
    }
    if (type == Path.class) {
      return Path.of("anywhere");
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type == String.class) {
      return "text";
    }
    if (type == CopyOption[].class) {
      return new CopyOption[0];
    }
    if (type == OpenOption[].class) {
      return new OpenOption[0];
    }
    if (type == InputStream.class) {
      return InputStream.nullInputStream();
    }
    if (type == int.class) {
      return 1;
    }
    TempResource.Maker<Closeable> maker = path -> () -> {};
    return maker;
  }

  @Test
  void aFileSystemThatIsNotTmpHasNoUsage() {
    assertThatThrownBy(() -> TmpFileSystems.usage(FileSystems.getDefault()))
        .hasMessageContaining("file");
    assertThatThrownBy(() -> SystemTemp.setDirectory(TmpFileSystems.getDefault().getPath("/")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tmp:///");
  }
}
