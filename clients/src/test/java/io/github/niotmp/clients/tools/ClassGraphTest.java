package io.github.niotmp.clients.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.classgraph.ClassGraph;
import io.github.classgraph.ScanResult;
import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.Scenario;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

@Client(name = "ClassGraph", artifact = "io.github.classgraph:classgraph")
class ClassGraphTest {
  private static final String RESOURCE = "io/github/niotmp/clients/Client.class";

  @Scenario("scans a directory given as a URI")
  void scansADirectoryByUri(Path root) throws Exception {
    scans(new ClassGraph().overrideClasspath(directory(root).toUri()));
  }

  @Limit(
      of = "ClassGraph",
      asks = "finds no class by a Path of another provider than the default, nor by one of zipfs",
      fails = AssertionError.class,
      says = "Expecting actual:\n  []\n")
  @Scenario("scans a directory given as a path")
  void scansADirectoryByPath(Path root) throws Exception {
    scans(new ClassGraph().overrideClasspath(directory(root)));
  }

  @Scenario("scans the directory of a URLClassLoader")
  void scansAClassLoader(Path root) throws Exception {
    URL url = directory(root).toUri().toURL();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {url}, null)) {
      scans(new ClassGraph().overrideClassLoaders(loader).ignoreParentClassLoaders());
    }
  }

  @Scenario("scans a jar given as a URI")
  void scansAJarByUri(Path root) throws Exception {
    Path jar = root.resolve("library.jar");
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(out);
        InputStream in = Client.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      entries.putNextEntry(new JarEntry(RESOURCE));
      in.transferTo(entries);
    }

    scans(new ClassGraph().overrideClasspath(jar.toUri()));
  }

  private static Path directory(Path root) throws Exception {
    Path file = root.resolve("classes").resolve(RESOURCE);
    Files.createDirectories(file.resolveSibling(""));
    try (InputStream in = Client.class.getClassLoader().getResourceAsStream(RESOURCE)) {
      Files.copy(in, file);
    }
    return root.resolve("classes");
  }

  private static void scans(ClassGraph graph) {
    try (ScanResult found =
        graph.enableURLScheme("tmp").enableClassInfo().enableAnnotationInfo().scan()) {
      assertThat(found.getAllAnnotations().getNames()).containsExactly(Client.class.getName());
      assertThat(found.getAllResources().getPaths()).containsExactly(RESOURCE);
    }
  }
}
