package io.github.niotmp.clients.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Program;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.logging.Log;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.loader.launch.JarLauncher;
import org.springframework.core.io.Resource;

/**
 * A jar that is built in {@code tmp:} through the JDK's zip file system, with the application, its
 * libraries and the loader that opens them. Libraries that the build has in directories are beside
 * the application.
 */
@Client(name = "Spring Boot jar", artifact = "org.springframework.boot:spring-boot-loader")
class SpringBootJarTest {
  private static final String MANIFEST =
      """
      Manifest-Version: 1.0
      Main-Class: org.springframework.boot.loader.launch.JarLauncher
      Start-Class: %s
      Spring-Boot-Classes: BOOT-INF/classes/
      Spring-Boot-Lib: BOOT-INF/lib/

      """;

  @Scenario("runs by java -jar from the host path of a jar, and uses tmp: inside")
  void runsFromItsHostPath(Path root) throws Exception {
    Path jar = build(root.resolve("application.jar"));

    String output =
        Program.run(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                hostPath(jar).toString(),
                "a text longer than the threshold"),
            "");

    assertThat(output.lines())
        .containsExactly("a text longer than the threshold", "a text longer than the threshold");
  }

  @Scenario("loads classes and a nested library from the URL of a jar")
  void loadsByUrl(Path root) throws Exception {
    Path jar = build(root.resolve("application.jar"));
    URL[] urls = {jar.toUri().toURL()};

    try (URLClassLoader loader = new URLClassLoader(urls, null)) {
      assertThat(loader.loadClass(JarLauncher.class.getName()).getClassLoader()).isSameAs(loader);
      URL library = loader.findResource("BOOT-INF/lib/spring-core.jar");
      try (InputStream in = library.openStream()) {
        assertThat(in.readAllBytes()).isEqualTo(Files.readAllBytes(origin(Resource.class)));
      }
    }
  }

  /** The recipe for programs that need a name on the disk: a path that others see. */
  private static Path hostPath(Path path) throws IOException {
    @Nullable TmpFileAttributeView view =
        Files.getFileAttributeView(path, TmpFileAttributeView.class);
    return view == null ? path : view.hostPath();
  }

  private static Path build(Path jar) throws Exception {
    // Boot's loader reads libraries in place, so they must not be compressed.
    Map<String, String> settings = Map.of("create", "true", "compressionMethod", "STORED");
    try (FileSystem zip = FileSystems.newFileSystem(jar, settings)) {
      Path root = zip.getPath("/");
      Files.createDirectory(root.resolve("META-INF"));
      Files.writeString(
          root.resolve("META-INF/MANIFEST.MF"),
          MANIFEST.formatted(BootApplication.class.getName()));
      try (FileSystem loader = FileSystems.newFileSystem(origin(JarLauncher.class))) {
        copyTree(loader.getPath("/org"), root.resolve("org"));
      }
      Path classes = Files.createDirectories(root.resolve("BOOT-INF/classes"));
      String name = BootApplication.class.getName().replace('.', '/') + ".class";
      Files.createDirectories(classes.resolve(name).getParent());
      Files.copy(origin(BootApplication.class).resolve(name), classes.resolve(name));
      Path libraries = Files.createDirectory(root.resolve("BOOT-INF/lib"));
      add(libraries.resolve("spring-core.jar"), classes, origin(Resource.class));
      add(libraries.resolve("commons-logging.jar"), classes, origin(Log.class));
      add(libraries.resolve("nio-tmp-api.jar"), classes, origin(TmpFileSystems.class));
      add(
          libraries.resolve("nio-tmp-provider.jar"),
          classes,
          origin(TmpFileSystems.getDefault().provider().getClass()));
    }
    return jar;
  }

  /** Adds a library, or the classes of a module whose jar is not built yet. */
  private static void add(Path library, Path classes, Path origin) throws IOException {
    if (Files.isDirectory(origin)) {
      copyTree(origin, classes);
    } else {
      Files.copy(origin, library);
    }
  }

  private static void copyTree(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        if (Files.notExists(target)) {
          Files.copy(file, target);
        }
      }
    }
  }

  private static Path origin(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
