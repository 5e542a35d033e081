package io.github.niotmp.tck.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.stream.StreamSource;

/** What reads files by the URLs of their paths: {@code java.net}, class loaders and XML parsers. */
class UrlClientContract extends FileSystemContract {

  private static URL url(Path path) throws IOException {
    return path.toUri().toURL();
  }

  private static String read(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @ContractTest
  void aUrlReadsAFileOfAnyName() throws IOException {
    for (String name : List.of("plain.txt", "a file with blanks", "50%", "a#b", "ä€", "a+b;c=d")) {
      assertThat(read(url(Files.writeString(root().resolve(name), name)))).isEqualTo(name);
    }
  }

  @ContractTest
  void aConnectionKnowsLengthTimeAndType() throws IOException {
    Path file = Files.write(root().resolve("file.html"), new byte[1234]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000_001_000L));
    URLConnection connection = url(file).openConnection();
    assertThat(connection.getContentLengthLong()).isEqualTo(1234);
    assertThat(connection.getContentLength()).isEqualTo(1234);
    assertThat(connection.getLastModified()).isEqualTo(1_000_000_001_000L);
    assertThat(connection.getContentType()).isEqualTo("text/html");
    assertThat(connection.getHeaderField("last-modified"))
        .isEqualTo("Sun, 09 Sep 2001 01:46:41 GMT");
    assertThat(connection.getHeaderField("Content-Length")).isEqualTo("1234");
    assertThat(connection.getHeaderFields()).containsEntry("content-length", List.of("1234"));
    assertThat(connection.getHeaderFieldKey(0)).isEqualTo("content-type");
    assertThat(connection.getHeaderField(0)).isEqualTo("text/html");
    assertThat(connection.getHeaderField(9)).isNull();
    assertThat(connection.getHeaderFieldKey(9)).isNull();
    assertThat(connection.getHeaderField("etag")).isNull();
    try (InputStream in = connection.getInputStream()) {
      assertThat(in.readAllBytes()).hasSize(1234);
      assertThat(connection.getInputStream()).isSameAs(in);
    }
  }

  @ContractTest
  void aTimeOfZeroIsNotInTheHeader() throws IOException {
    Path file = Files.write(root().resolve("file"), new byte[3]);
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    URLConnection connection = url(file).openConnection();

    assertThat(connection.getHeaderField("last-modified")).isNull();
    assertThat(connection.getHeaderFieldDate("last-modified", -1)).isEqualTo(-1);
    assertThat(connection.getLastModified()).isZero();
    assertThat(connection.getHeaderFields()).containsOnlyKeys("content-length");
  }

  @ContractTest
  void aConnectionForOutputKnowsAFileThatIsThere() throws IOException {
    URLConnection connection =
        url(Files.write(root().resolve("page.html"), new byte[1234])).openConnection();
    connection.setDoOutput(true);

    assertThat(connection.getContentLengthLong()).isEqualTo(1234);
    assertThat(connection.getContentType()).isEqualTo("text/html");
    URLConnection none = url(root().resolve("missing")).openConnection();
    none.setDoOutput(true);
    assertThat(none.getContentLengthLong()).isZero();
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(none::getInputStream)
        .withMessageEndingWith("missing (No such file or directory)");
  }

  @ContractTest
  void aLinkThatLeadsToItselfIsNotFound() throws IOException {
    Path link = root().resolve("link");
    URL url = url(link); // as long as it is none, because that of a link has another end
    Files.createSymbolicLink(link, link.getFileSystem().getPath("link"));

    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(url::openStream)
        .withMessageEndingWith("link (Too many levels of symbolic links)");
  }

  @ContractTest
  void theTypeIsThatOfTheFirstBytesIfTheNameHasNone() throws IOException {
    Path file = Files.writeString(root().resolve("file"), "<html>");
    Path other = Files.writeString(root().resolve("other"), "?");
    URLConnection connection = url(file).openConnection();
    assertThat(connection.getContentType()).isEqualTo("text/html");
    connection.getInputStream().close();
    connection = url(other).openConnection();
    assertThat(connection.getContentType()).isEqualTo("content/unknown");
    connection.getInputStream().close();
  }

  @ContractTest
  void aMissingFileIsNotFound() throws IOException {
    Path missing = root().resolve("missing");
    URLConnection connection = url(missing).openConnection();
    assertThat(connection.getLastModified()).isZero();
    assertThat(connection.getContentLengthLong()).isZero();
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(connection::connect)
        .withMessageContaining("missing");
    assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(connection::getInputStream);
    Files.writeString(missing, "made meanwhile");
    try (InputStream in = connection.getInputStream()) {
      assertThat(in.readAllBytes()).hasSize(14);
    }
    Path below = missing.resolve("below");
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> url(below).openStream());
  }

  @ContractTest
  void aDirectoryReadsAsTheListOfItsNames() throws IOException {
    Path directory = Files.createDirectory(root().resolve("directory"));
    for (String name : List.of("b", "C", "a")) {
      Files.createFile(directory.resolve(name));
    }
    URLConnection connection = url(directory).openConnection();
    assertThat(connection.getContentType()).isEqualTo("text/plain");
    assertThat(connection.getLastModified())
        .isEqualTo(Files.getLastModifiedTime(directory).toMillis());
    assertThat(read(url(directory))).isEqualTo("a\nb\nC\n");
  }

  @ContractTest
  void aRelativeUrlIsResolvedAgainstTheDirectory() throws IOException {
    Path directory = Files.createDirectories(root().resolve("a/b"));
    Files.writeString(root().resolve("a/other"), "text");
    assertThat(read(new URL(url(directory), "../other"))).isEqualTo("text");
  }

  @ContractTest
  void aClassLoaderFindsClassesAndResourcesInADirectory() throws Exception {
    Path classes = classes("one");
    try (URLClassLoader loader = loader(url(classes))) {
      assertThat(call(loader)).isEqualTo("one");
      assertThat(loader.findResource("missing")).isNull();
      assertThat(read(loader.findResource("resource.txt"))).isEqualTo("of one");
      ServiceLoader<Callable<?>> services = services(loader);
      assertThat(services.findFirst()).isPresent();
    }
  }

  @ContractTest
  void aClassLoaderFindsClassesAndResourcesInAJar() throws Exception {
    Path jar = jarOf(classes("two"), root().resolve("lib one.jar"));
    try (URLClassLoader loader = loader(url(jar))) {
      assertThat(call(loader)).isEqualTo("two");
      assertThat(loader.findResource("missing")).isNull();
      assertThat(read(loader.findResource("resource.txt"))).isEqualTo("of two");
      assertThat(services(loader).findFirst()).isPresent();
    }
  }

  @ContractTest
  void anEntryOfAJarHasAUrl() throws Exception {
    Path jar = jarOf(classes("three"), root().resolve("lib.jar"));
    String entry = "jar:" + url(jar) + "!/resource.txt";
    assertThat(uncached(new URL(entry))).isEqualTo("of the base");
    assertThat(uncached(new URL(entry + "#runtime"))).isEqualTo("of three");
  }

  private static String uncached(URL entry) throws IOException {
    JarURLConnection connection = (JarURLConnection) entry.openConnection();
    connection.setUseCaches(false);
    try (InputStream in = connection.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @ContractTest
  void anExplodedModuleFindsItsClassesAndResources() throws Exception {
    Path module = classes("four");
    compile(
        Files.writeString(
            Files.createDirectory(root().resolve("module")).resolve("module-info.java"),
            "module made { exports made; }"),
        module);
    ModuleLayer layer =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(
                Configuration.resolve(
                    ModuleFinder.of(module),
                    List.of(ModuleLayer.boot().configuration()),
                    ModuleFinder.of(),
                    Set.of("made")),
                null);
    Class<?> made = layer.findLoader("made").loadClass("made.Made");
    assertThat(((Callable<?>) made.getConstructor().newInstance()).call()).isEqualTo("four");
    assertThat(read(made.getResource("/resource.txt"))).isEqualTo("of four");
    assertThat(made.getProtectionDomain().getCodeSource().getLocation()).isEqualTo(url(module));
  }

  @ContractTest
  void xmlIsReadByItsSystemId() throws Exception {
    Path directory = Files.createDirectories(root().resolve("xml files/parts"));
    Files.writeString(directory.resolve("part.xml"), "<part>of a part</part>");
    Files.writeString(
        directory.resolveSibling("rules.dtd"), "<!ENTITY external SYSTEM 'parts/part.xml'>");
    Path file =
        Files.writeString(
            directory.resolveSibling("main.xml"),
            "<!DOCTYPE main SYSTEM 'rules.dtd'><main>&external;</main>");
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    assertThat(
            factory
                .newDocumentBuilder()
                .parse(file.toUri().toString())
                .getDocumentElement()
                .getTextContent())
        .isEqualTo("of a part");
  }

  @ContractTest
  void aStyleSheetIncludesAnother() throws Exception {
    String start =
        "<xsl:stylesheet version='1.0' xmlns:xsl='http://www.w3.org/1999/XSL/Transform'>";
    Files.writeString(
        root().resolve("other.xsl"),
        start + "<xsl:template match='/'>x</xsl:template></xsl:stylesheet>");
    Path main =
        Files.writeString(
            root().resolve("main.xsl"), start + "<xsl:include href='other.xsl'/></xsl:stylesheet>");
    assertThat(
            TransformerFactory.newInstance()
                .newTemplates(new StreamSource(main.toUri().toString())))
        .isNotNull();
  }

  private static URLClassLoader loader(URL url) {
    return new URLClassLoader(new URL[] {url}, null);
  }

  private static Object call(ClassLoader loader) throws Exception {
    Class<?> made = loader.loadClass("made.Made");
    return ((Callable<?>) made.getConstructor().newInstance()).call();
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // a service has no type arguments
  private static ServiceLoader<Callable<?>> services(ClassLoader loader) {
    return (ServiceLoader) ServiceLoader.load(Callable.class, loader);
  }

  /** Makes a directory with a class that returns {@code text}, a resource and a service. */
  private Path classes(String text) throws IOException {
    Path classes = Files.createDirectory(root().resolve("classes of " + text));
    Path source =
        Files.writeString(
            root().resolve("Made.java"),
            "package made; public class Made implements java.util.concurrent.Callable<String> {"
                + " public String call() { return \""
                + text
                + "\"; } }");
    compile(source, classes);
    Files.writeString(classes.resolve("resource.txt"), "of " + text);
    Path services = Files.createDirectories(classes.resolve("META-INF/services"));
    Files.writeString(services.resolve(Callable.class.getName()), "made.Made");
    return classes;
  }

  private static void compile(Path source, Path classes) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, List.of(classes));
      files.setLocationFromPaths(StandardLocation.ANNOTATION_PROCESSOR_PATH, List.of());
      assertThat(
              compiler
                  .getTask(null, files, null, null, null, files.getJavaFileObjects(source))
                  .call())
          .isTrue();
    }
  }

  /** Packs a directory into a jar with versions. */
  private static Path jarOf(Path classes, Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = classes.relativize(file).toString();
        boolean versioned = name.equals("resource.txt");
        out.putNextEntry(new ZipEntry(name));
        out.write(versioned ? "of the base".getBytes(UTF_8) : Files.readAllBytes(file));
        if (versioned) {
          out.putNextEntry(new ZipEntry("META-INF/versions/17/" + name));
          out.write(Files.readAllBytes(file));
        }
      }
    }
    return jar;
  }
}
