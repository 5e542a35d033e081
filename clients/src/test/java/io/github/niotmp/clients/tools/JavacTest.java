package io.github.niotmp.clients.tools;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.Scenario;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

@Client(name = "javac and class loaders")
class JavacTest {
  private static final String GREETING =
      """
      package greeting;

      public class Greeting implements Runnable {
        public void run() {}

        public String toString() {
          try (var in = Greeting.class.getResource("text").openStream()) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
          } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        }
      }
      """;
  private static final String MODULE =
      "module greeting { exports greeting; provides java.lang.Runnable with greeting.Greeting; }";

  @Scenario("compiles sources, and URLClassLoader and ServiceLoader load from the directory")
  void loadsFromADirectory(Path root) throws Exception {
    Path classes = compile(root);

    loads(classes.toUri().toURL());
  }

  @Scenario("URLClassLoader and ServiceLoader load from a jar")
  void loadsFromAJar(Path root) throws Exception {
    loads(jar(compile(root), root.resolve("greeting.jar")).toUri().toURL());
  }

  @Limit(of = "javac", asks = "com.sun.tools.javac.file.FSInfo.getJarClassPath")
  @Scenario("compiles against a jar on the class path")
  void compilesAgainstAJar(Path root) throws Exception {
    Path jar = jar(compile(root), root.resolve("greeting.jar"));

    compilesUser(root, StandardLocation.CLASS_PATH, jar);
  }

  @Scenario("compiles against a jar on the class path that is opened as a file system")
  void compilesAgainstAnOpenedJar(Path root) throws Exception {
    Path jar = jar(compile(root), root.resolve("greeting.jar"));

    try (FileSystem opened = FileSystems.newFileSystem(jar)) {
      compilesUser(root, StandardLocation.CLASS_PATH, opened.getPath("/"));
    }
  }

  @Limit(of = "javac", asks = "com.sun.tools.javac.file.JavacFileManager.getClassLoader")
  @Scenario("looks for plug-ins on a class path of paths")
  void looksForPlugIns(Path root) throws Exception {
    Path classes = Files.createDirectory(root.resolve("classes"));
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(classes));

      ClassLoader loader = files.getClassLoader(StandardLocation.CLASS_PATH);

      assertThat(((URLClassLoader) loader).getURLs()).contains(classes.toUri().toURL());
    }
  }

  @Scenario("compiles against a directory on the class path and against an exploded module")
  void compilesAgainstADirectory(Path root) throws Exception {
    Path classes = compile(root);

    compilesUser(root, StandardLocation.CLASS_PATH, classes);
    Path module = Files.createDirectory(root.resolve("user"));
    Path descriptor =
        Files.writeString(module.resolve("module-info.java"), "module user { requires greeting; }");
    compile(List.of(descriptor), StandardLocation.MODULE_PATH, classes, module);
    assertThat(module.resolve("module-info.class")).isNotEmptyFile();
  }

  @Scenario("runs an exploded module in a layer, and its class finds its resource")
  void runsAnExplodedModule(Path root) throws Exception {
    Path classes = compile(root);
    ModuleReference module = ModuleFinder.of(classes).find("greeting").orElseThrow();

    assertThat(module.location()).contains(classes.toUri());
    runs(ModuleFinder.of(classes));
  }

  @Scenario("runs a packaged module, which the JDK copies into a temporary directory")
  void runsAPackagedModule(Path root) throws Exception {
    Path jar = jar(compile(root), root.resolve("greeting.jar"));
    ModuleFinder finder = ModuleFinder.of(jar);
    ModuleReference module = finder.find("greeting").orElseThrow();

    runs(finder);

    Path used = Path.of(module.location().orElseThrow());
    if (!used.equals(jar)) { // the JDK leaves it
      Files.delete(used);
      Files.delete(requireNonNull(used.getParent()));
    }
  }

  private static void runs(ModuleFinder finder) {
    ModuleLayer boot = ModuleLayer.boot();
    Configuration configuration =
        boot.configuration().resolveAndBind(finder, ModuleFinder.of(), Set.of("greeting"));
    ModuleLayer layer =
        boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());

    assertThat(ServiceLoader.load(layer, Runnable.class))
        .filteredOn(service -> service.getClass().getModule().getLayer() == layer)
        .singleElement()
        .hasToString("a greeting");
  }

  private static void compilesUser(Path root, StandardLocation location, Path library)
      throws IOException {
    Path user =
        Files.writeString(
            root.resolve("User.java"), "class User { Object greeting = new greeting.Greeting(); }");
    Path out = Files.createDirectory(root.resolve("out"));

    compile(List.of(user), location, library, out);

    assertThat(out.resolve("User.class")).isNotEmptyFile();
  }

  /** Compiles {@link #GREETING}, a module, into a directory, with its resource and its service. */
  private static Path compile(Path root) throws IOException {
    Path sources = Files.createDirectories(root.resolve("src").resolve("greeting"));
    Path greeting = Files.writeString(sources.resolve("Greeting.java"), GREETING);
    Path module = Files.writeString(root.resolve("src").resolve("module-info.java"), MODULE);
    Path classes = Files.createDirectory(root.resolve("classes"));
    compile(List.of(greeting, module), StandardLocation.CLASS_PATH, classes, classes);
    Files.writeString(classes.resolve("greeting").resolve("text"), "a greeting");
    Path services = Files.createDirectories(classes.resolve("META-INF").resolve("services"));
    Files.writeString(services.resolve(Runnable.class.getName()), "greeting.Greeting\n");
    return classes;
  }

  private static void compile(
      List<Path> sources, StandardLocation location, Path library, Path classes)
      throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = javac.getStandardFileManager(problems, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(location, List.of(library));
      // By default javac looks for plug-ins on the class path, as java.io.File.
      files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
      boolean compiled =
          javac
              .getTask(
                  Writer.nullWriter(),
                  files,
                  problems,
                  List.of("-proc:none"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(problems.getDiagnostics()).isEmpty();
      assertThat(compiled).isTrue();
    }
  }

  private static Path jar(Path classes, Path jar) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> tree = Files.walk(classes)) {
      tree.filter(Files::isRegularFile).forEach(files::add);
    }
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out)) {
      for (Path file : files) {
        entries.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, entries);
      }
    }
    return jar;
  }

  private static void loads(URL url) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, null)) {
      Class<?> greeting = loader.loadClass("greeting.Greeting");
      assertThat(greeting.getClassLoader()).isSameAs(loader);
      assertThat(greeting.getProtectionDomain().getCodeSource().getLocation()).isEqualTo(url);
      assertThat(ServiceLoader.load(Runnable.class, loader))
          .filteredOn(service -> service.getClass() == greeting)
          .singleElement()
          .hasToString("a greeting");
      try (InputStream in = loader.getResourceAsStream("greeting/text")) {
        assertThat(in).hasContent("a greeting");
      }
    }
  }
}
