package io.github.niotmp.command;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where {@code java -jar} enters: finds the jar of the API, which lies beside this one, or where a
 * Maven repository has it. A {@code Class-Path} in the manifest would do the same, but for those
 * who compile against this jar, javac warns of each of its entries that is not there.
 */
public final class Main {
  private static final String PROVIDER = "nio-tmp-provider";
  private static final String API = "nio-tmp-api";

  private Main() {}

  /** Takes a command line, and ends the virtual machine with the status of the command. */
  public static void main(String[] arguments) throws Throwable {
    if (isApiVisible()) {
      NioTmp.main(arguments);
      return;
    }
    try {
      inLoaderOfBoth().invokeExact(arguments);
    } catch (IOException | URISyntaxException e) {
      System.err.println("nio-tmp: " + e.getMessage());
      System.exit(NioTmp.FAILED);
    }
  }

  private static boolean isApiVisible() {
    try {
      Class.forName("io.github.niotmp.SystemTemp", false, Main.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static MethodHandle inLoaderOfBoth()
      throws IOException, URISyntaxException, ReflectiveOperationException {
    URL ours = Main.class.getProtectionDomain().getCodeSource().getLocation();
    URL api = apiOf(Path.of(ours.toURI())).toUri().toURL();
    URLClassLoader open = // until the virtual machine ends
        new URLClassLoader(
            "nio-tmp-command", new URL[] {ours, api}, ClassLoader.getPlatformClassLoader());
    return MethodHandles.publicLookup()
        .findStatic(
            open.loadClass(NioTmp.class.getName()),
            "main",
            MethodType.methodType(void.class, String[].class));
  }

  private static Path apiOf(Path provider) throws IOException {
    String name = provider.getFileName().toString();
    if (!name.contains(PROVIDER)) {
      throw new NoSuchFileException(
          provider
              + " has another name than "
              + PROVIDER
              + "-<version>.jar, so that the jar of the API is not found: rename it, or put both on"
              + " the class path of "
              + Main.class.getName());
    }
    name = name.replace(PROVIDER, API);
    Path version = provider.resolveSibling("");
    Path beside = provider.resolveSibling(name);
    Path inRepository =
        version.resolve("../..").resolve(API).resolve(version.getFileName()).resolve(name);
    for (Path candidate : List.of(beside, inRepository.normalize())) {
      if (Files.exists(candidate)) {
        return candidate;
      }
    }
    throw new NoSuchFileException(
        "Put "
            + name
            + " beside "
            + provider
            + ", or both on the class path of "
            + Main.class.getName());
  }
}
