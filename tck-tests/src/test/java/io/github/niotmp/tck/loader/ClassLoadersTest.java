package io.github.niotmp.tck.loader;

import static io.github.niotmp.tck.loader.ApplicationLoader.API;
import static io.github.niotmp.tck.loader.ApplicationLoader.PROVIDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.management.ManagementFactory;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassLoadersTest {
  private static final String SERVICE = "META-INF/services/java.nio.file.spi.FileSystemProvider";

  @TempDir Path directory;

  @Test
  void anApplicationServerHasThemBelowTheSystemLoader() throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of("server", API, PROVIDER);
        FileSystem tmp = loader.application(Opening.class).apply("isolated")) {
      assertThat(tmp.getClass().getClassLoader()).isSameAs(loader);
      assertThatExceptionOfType(FileSystemNotFoundException.class)
          .isThrownBy(() -> Path.of(URI.create("tmp://isolated/")));

      use(tmp);

      assertThat(loader.application(Counting.class).apply(tmp)).isEqualTo(2);
      assertThat(loader.application(Locating.class).apply(URI.create("tmp://isolated/f")))
          .isEqualTo(tmp.getPath("/f"));
      Path inDefault = loader.application(Locating.class).apply(URI.create("tmp:/f"));
      assertThat(Files.writeString(inDefault, "text")).hasContent("text");
      Files.delete(inDefault);
    }
  }

  /** As a library uses a path that it was handed. */
  private static void use(FileSystem tmp) throws Exception {
    Path file = Files.writeString(tmp.getPath("/f"), "text");
    Path copy = Files.copy(file, tmp.getPath("/copy"));
    try (FileChannel channel =
        FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(5000), 4);
      assertThat(channel.map(FileChannel.MapMode.READ_ONLY, 0, 4).get(0)).isEqualTo((byte) 't');
    }
    assertThat(file).hasContent("text");
    assertThat(Files.size(copy)).isEqualTo(5004);
    try (var found = Files.walk(tmp.getPath("/"))) {
      assertThat(found).hasSize(3);
    }
    assertThat(Files.readAttributes(copy, "tmp:*")).isNotEmpty();
  }

  @Test
  void aCopyOfItsOwnComesBeforeTheParents() throws Exception {
    try (ApplicationLoader loader =
            ApplicationLoader.of("own copy", getClass().getClassLoader(), API, PROVIDER);
        FileSystem tmp = loader.application(Opening.class).apply("own-copy")) {
      assertThat(tmp.getClass().getClassLoader()).isSameAs(loader);
      use(tmp);
      assertThat(loader.application(Counting.class).apply(tmp)).isEqualTo(2);
    }
  }

  @Test
  void twoCopiesHaveARegistryEach() throws Exception {
    try (ApplicationLoader one = ApplicationLoader.of("one", API, PROVIDER);
        ApplicationLoader other = ApplicationLoader.of("other", API, PROVIDER);
        FileSystem ofOne = one.application(Opening.class).apply("same");
        FileSystem ofOther = other.application(Opening.class).apply("same")) {
      Path file = Files.writeString(ofOne.getPath("/f"), "text");

      assertThat(ofOther.getPath("/f")).doesNotExist();
      assertThat(one.application(Locating.class).apply(URI.create("tmp://same/f"))).exists();
      assertThat(other.application(Locating.class).apply(URI.create("tmp://same/f")))
          .doesNotExist();
      assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
          .isThrownBy(() -> one.application(Opening.class).apply("same"));

      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> one.application(Counting.class).apply(ofOther))
          .withMessageContaining("'one'")
          .withMessageContaining("'other'");
      assertThatExceptionOfType(ProviderMismatchException.class)
          .isThrownBy(() -> ofOther.getPath("/").resolve(file));
      assertThat(Files.copy(file, ofOther.getPath("/copied"))).hasContent("text");

      assertThat(beans("same"))
          .containsExactlyInAnyOrder(
              new ObjectName("io.github.niotmp:type=FileSystem,name=same"),
              new ObjectName("io.github.niotmp:type=FileSystem,name=same,copy=2"));
    }
    assertThat(beans("same")).isEmpty();
  }

  private static Set<ObjectName> beans(String name) throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("io.github.niotmp:type=FileSystem,name=" + name + ",*"), null);
  }

  @Test
  void brokenProvidersOfOthersAreNotInTheWay() throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of("broken", broken(), API, PROVIDER);
        FileSystem tmp = loader.application(Opening.class).apply("broken")) {
      use(tmp);
    }
  }

  @Test
  void withoutAProviderTheExceptionTellsWhatWasInTheWay() throws Exception {
    try (ApplicationLoader loader = ApplicationLoader.of("no provider", broken(), API)) {
      assertThatExceptionOfType(ProviderNotFoundException.class)
          .isThrownBy(() -> loader.application(Opening.class).apply("none"))
          .withMessageContaining("'no provider'")
          .withMessageStartingWith("No provider of tmp: file systems beside io.github.niotmp in ")
          .withMessageEndingWith("; nio-tmp-provider belongs on the same class path or module path")
          .satisfies(
              missing ->
                  assertThat(missing.getSuppressed())
                      .hasSize(4)
                      .anySatisfy(e -> assertThat(e).hasMessageContaining("no.such.Provider"))
                      .anySatisfy(e -> assertThat(e).hasMessageContaining("not a subtype"))
                      .anySatisfy(e -> assertThat(e).hasMessageContaining(".Abstract"))
                      .anySatisfy(e -> assertThat(e).isInstanceOf(ClassFormatError.class)));
    }
  }

  /** Makes a class path entry with providers that fail in different ways. */
  private Path broken() throws Exception {
    Path services = directory.resolve(SERVICE);
    Files.createDirectories(services.getParent());
    Files.write(
        services,
        List.of("no.such.Provider", Opening.class.getName(), Abstract.class.getName(), "Garbage"));
    Files.writeString(directory.resolve("Garbage.class"), "no class at all");
    return directory;
  }

  @Test
  void theProviderOfAnotherCopyIsNotTaken() throws Exception {
    ClassLoader parent = getClass().getClassLoader(); // has both
    try (ApplicationLoader loader = ApplicationLoader.of("api alone", parent, API)) {
      assertThatExceptionOfType(ProviderNotFoundException.class)
          .isThrownBy(() -> loader.application(Opening.class).apply("api-alone"))
          .withMessageContaining("'api alone'");
    }
  }

  @Test
  void aProviderWithoutItsApiIsNotTaken() throws Exception {
    try (URLClassLoader parent =
            new URLClassLoader(
                new URL[] {PROVIDER.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        ApplicationLoader loader = ApplicationLoader.of("api below", parent, API)) {
      assertThatExceptionOfType(ProviderNotFoundException.class)
          .isThrownBy(() -> loader.application(Opening.class).apply("api-below"))
          .withMessageContaining("'api below'")
          .satisfies(missing -> assertThat(missing.getSuppressed()).isEmpty());
    }
  }

  @Test
  void aLoaderWithNothingButBrokenProvidersIsNotReadToItsEnd() throws Exception {
    Path services = directory.resolve(SERVICE);
    Files.createDirectories(services.getParent());
    Files.write(services, IntStream.range(0, 150).mapToObj(i -> "no.such.Provider" + i).toList());
    try (ApplicationLoader loader = ApplicationLoader.of("all broken", directory, API)) {
      assertThatExceptionOfType(ProviderNotFoundException.class)
          .isThrownBy(() -> loader.application(Opening.class).apply("all-broken"))
          .satisfies(missing -> assertThat(missing.getSuppressed()).hasSize(100));
    }
  }

  @Test
  void aModuleLayerHasThemToo() throws Exception {
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolveAndBind(
                ModuleFinder.of(API, PROVIDER), ModuleFinder.of(), Set.of("io.github.niotmp"));
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader());
    ClassLoader loader = layer.findLoader("io.github.niotmp");
    Class<?> entry = loader.loadClass("io.github.niotmp.TmpFileSystems");

    try (FileSystem tmp =
        (FileSystem) entry.getMethod("open", Map.class).invoke(null, Map.of("mxbean", true))) {
      assertThat(tmp.getClass().getModule().getLayer()).isSameAs(layer);
      use(tmp);
      Object usage = entry.getMethod("usage", FileSystem.class).invoke(null, tmp);
      Class<?> numbers = loader.loadClass("io.github.niotmp.TmpUsage");
      assertThat(numbers.getMethod("files").invoke(usage)).isEqualTo(2L);
    }
  }
}
