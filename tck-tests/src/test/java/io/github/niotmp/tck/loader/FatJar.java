package io.github.niotmp.tck.loader;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.Attributes.Name;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Builds what Spring Boot's plugins build: a jar with jars in it, and the loader that opens them.
 */
final class FatJar {
  private static final String LAUNCHER = "org.springframework.boot.loader.launch.JarLauncher";

  private FatJar() {}

  /**
   * Writes a jar for {@code java -jar}.
   *
   * @param main whose main method runs
   * @param loader the jar of spring-boot-loader
   * @param libraries jars, or directories of classes
   */
  static void write(Path target, Class<?> main, Path loader, Path... libraries) throws IOException {
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Name.MANIFEST_VERSION, "1.0");
    attributes.put(Name.MAIN_CLASS, LAUNCHER);
    attributes.putValue("Start-Class", main.getName());
    attributes.putValue("Spring-Boot-Classes", "BOOT-INF/classes/");
    attributes.putValue("Spring-Boot-Lib", "BOOT-INF/lib/");
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(target), manifest)) {
      try (FileSystem exploded = FileSystems.newFileSystem(loader)) {
        addTree(jar, exploded.getPath("/org"), "org/");
      }
      addDirectory(jar, "BOOT-INF/");
      addDirectory(jar, "BOOT-INF/classes/");
      String name = main.getName().replace('.', '/') + ".class";
      try (InputStream bytes = main.getResourceAsStream("/" + name)) {
        add(jar, "BOOT-INF/classes/" + name, bytes.readAllBytes());
      }
      addDirectory(jar, "BOOT-INF/lib/");
      for (int i = 0; i < libraries.length; i++) {
        addStored(jar, "BOOT-INF/lib/library" + i + ".jar", jar(libraries[i]));
      }
    }
  }

  private static byte[] jar(Path library) throws IOException {
    if (Files.isRegularFile(library)) {
      return Files.readAllBytes(library);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream jar = new JarOutputStream(bytes)) {
      addTree(jar, library, "");
    }
    return bytes.toByteArray();
  }

  private static void addTree(ZipOutputStream jar, Path tree, String prefix) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path file : (Iterable<Path>) walk.filter(Files::isRegularFile)::iterator) {
        add(jar, prefix + tree.relativize(file), Files.readAllBytes(file));
      }
    }
  }

  private static void addDirectory(ZipOutputStream jar, String name) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.closeEntry();
  }

  private static void add(ZipOutputStream jar, String name, byte[] bytes) throws IOException {
    jar.putNextEntry(new ZipEntry(name));
    jar.write(bytes);
    jar.closeEntry();
  }

  /** The loader reads jars in place, so they may not be compressed. */
  private static void addStored(ZipOutputStream jar, String name, byte[] bytes) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(bytes.length);
    entry.setCrc(crc.getValue());
    jar.putNextEntry(entry);
    jar.write(bytes);
    jar.closeEntry();
  }
}
