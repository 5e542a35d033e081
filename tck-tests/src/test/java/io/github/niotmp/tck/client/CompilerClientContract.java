package io.github.niotmp.tck.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** The Java compiler, reading sources from and writing classes to the file system under test. */
class CompilerClientContract extends FileSystemContract {

  @ContractTest
  void javacCompilesATreeAndTheClassesRun() throws Exception {
    Path sources = root().resolve("sources");
    Files.createDirectories(sources.resolve("a/b"));
    Path classes = Files.createDirectory(root().resolve("classes"));
    Files.writeString(
        sources.resolve("a/Base.java"),
        """
        package a;

        public abstract class Base implements java.util.concurrent.Callable<String> {
          protected static final String GREETING = "compiled in ";
        }
        """);
    Files.writeString(
        sources.resolve("a/b/Main.java"),
        """
        package a.b;

        public class Main extends a.Base {
          @Override
          public String call() {
            return new Object() {
              String text() {
                return GREETING + "memory";
              }
            }.text();
          }
        }
        """);
    compile(sources, classes, List.of("a/Base.java", "a/b/Main.java"));
    assertThat(classes.resolve("a/b/Main$1.class")).isRegularFile();
    Class<?> main = new PathClassLoader(classes).loadClass("a.b.Main");
    Callable<?> instance = (Callable<?>) main.getDeclaredConstructor().newInstance();
    assertThat(instance.call()).isEqualTo("compiled in memory");
  }

  @ContractTest
  void javacFindsClassesOnAClassPathInTheFileSystem() throws Exception {
    Path sources = Files.createDirectory(root().resolve("sources"));
    Path classes = Files.createDirectory(root().resolve("classes"));
    Files.writeString(sources.resolve("One.java"), "public class One { public int n = 42; }");
    compile(sources, classes, List.of("One.java"));
    Files.writeString(
        sources.resolve("Two.java"),
        "public class Two implements java.util.concurrent.Callable<Integer> {"
            + " public Integer call() { return new One().n; } }");
    compile(sources, classes, List.of("Two.java"));
    Class<?> two = new PathClassLoader(classes).loadClass("Two");
    assertThat(((Callable<?>) two.getDeclaredConstructor().newInstance()).call()).isEqualTo(42);
  }

  private static void compile(Path sources, Path classes, List<String> names) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(classes));
      // by default the class path, of which javac makes a class loader by way of java.io.File
      files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
      List<Path> units = names.stream().map(sources::resolve).toList();
      boolean compiled =
          compiler
              .getTask(
                  messages, files, null, List.of(), null, files.getJavaFileObjectsFromPaths(units))
              .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  /** Loads classes from a directory of any file system. */
  private static final class PathClassLoader extends ClassLoader {
    private final Path directory;

    PathClassLoader(Path directory) {
      super(ClassLoader.getPlatformClassLoader());
      this.directory = directory;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      try {
        byte[] bytes = Files.readAllBytes(directory.resolve(name.replace('.', '/') + ".class"));
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
