package io.github.niotmp.clients.table;

import io.github.niotmp.clients.Client;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The test classes of this module and the jars they run with. */
final class ClassPath {
  private static final String CLASS = ".class";

  private ClassPath() {}

  /** Returns the classes with {@link Client}, in the order of the clients' names. */
  static List<Class<?>> clients() {
    Path classes = testClasses();
    try (Stream<Path> tree = Files.walk(classes)) {
      return tree.map(classes::relativize)
          .map(Path::toString)
          .filter(name -> name.endsWith(CLASS))
          .map(
              name ->
                  name.substring(0, name.length() - CLASS.length()).replace(File.separator, "."))
          .<Class<?>>map(ClassPath::load)
          .filter(type -> type.isAnnotationPresent(Client.class))
          .sorted(
              Comparator.<Class<?>, String>comparing(
                      type -> type.getAnnotation(Client.class).name(),
                      String.CASE_INSENSITIVE_ORDER)
                  .thenComparing(Class::getName))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the version of a jar on the class path, which a Maven repository has in {@code
   * group/artifact/version/artifact-version.jar}.
   */
  static String version(Client client) {
    if (client.artifact().isEmpty()) {
      return "";
    }
    String[] coordinates = client.artifact().split(":", -1);
    String folder = Path.of(coordinates[0].replace(".", File.separator), coordinates[1]).toString();
    Pattern pattern = Pattern.compile(Pattern.quote(folder + File.separator) + "([^/\\\\]+)");
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Matcher jar = pattern.matcher(entry);
      if (jar.find()) {
        return jar.group(1);
      }
    }
    throw new IllegalStateException("Not on the class path: " + client.artifact());
  }

  private static Path testClasses() {
    try {
      return Path.of(Client.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name, false, Client.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
