package io.github.niotmp.tck.forked;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs main classes of the tests as a user whom permissions bind. */
public final class UnprivilegedJvm {
  private static final String NOBODY = "65534";
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
  private static final String MOUNT_POINT = "/mnt";
  private static final Path UNSHARE = Path.of("/usr/bin/unshare");

  private final Path directory;
  private final String classPath;
  private final Path work;
  private final Measurement measurement;

  /**
   * Copies what it needs to where anybody may read it; skips the test where there is no such user.
   *
   * @param directory an empty one, which is opened to all
   */
  public UnprivilegedJvm(Path directory) throws IOException {
    assumeTrue(!isRoot(directory) || Files.exists(SETPRIV), "root needs setpriv to be another");
    this.directory = directory;
    classPath = readableClassPath();
    work = Files.createDirectory(directory.resolve("work"));
    Files.setAttribute(work, "unix:mode", 01777); // as the system's temporary directory
    measurement = new Measurement(directory);
  }

  /** Says whether this process may do everything. */
  public static boolean isRoot(Path directory) throws IOException {
    return Files.getAttribute(directory, "unix:uid").equals(0);
  }

  /** Returns a directory that the user may write to. */
  public Path work() {
    return work;
  }

  /**
   * Runs a main class.
   *
   * @param first shell commands before it, such as {@code umask 077}
   * @param arguments what it gets after the directory to work in
   * @return the lines that it prints
   */
  public List<String> outputOf(String first, Class<?> main, String... arguments)
      throws IOException {
    return outputOf(List.of(), NOBODY, List.of(), first, main, arguments);
  }

  /**
   * Runs a main class as a user whom the host may not list, if this process is root and can.
   *
   * @param options of the virtual machine
   */
  public List<String> outputAs(int uid, List<String> options, Class<?> main, String... arguments)
      throws IOException {
    return outputOf(List.of(), Integer.toString(uid), options, ":", main, arguments);
  }

  /**
   * Runs a main class as in a container: as a user whom the host does not list, where the root file
   * system is read-only and {@code /tmp} is an empty directory with a mode. Skips the test where
   * mounts are not permitted.
   *
   * @param mode of {@code /tmp}, octal
   * @param options of the virtual machine
   */
  public List<String> outputInContainer(
      int uid, String mode, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(isRoot(directory) && Files.exists(UNSHARE), "only root can mount");
    assumeTrue(Files.isDirectory(Path.of(MOUNT_POINT)), "no " + MOUNT_POINT);
    List<String> around =
        List.of(
            UNSHARE.toString(),
            "-m",
            "sh",
            "-c",
            "mount --bind "
                + directory
                + " "
                + MOUNT_POINT
                + " && mount -t tmpfs -o mode="
                + mode
                + " none /tmp && mount -o remount,bind,ro / && cd / && exec \"$@\"",
            "sh");
    List<String> tried = new ArrayList<>(around);
    tried.add("true");
    assumeTrue(new ProcessBuilder(tried).start().waitFor() == 0, "no right to mount");
    List<String> command = new ArrayList<>(around);
    command.addAll(as(Integer.toString(uid)));
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(options);
    command.addAll(
        List.of(
            "-cp", classPath.replace(directory.toString(), MOUNT_POINT), main.getName(), "/tmp"));
    command.addAll(List.of(arguments));
    return outputOf(command);
  }

  /**
   * Runs a main class in a user namespace that does not map root. Skips the test where it cannot be
   * made.
   *
   * @param options of unshare
   */
  public List<String> outputInUserNamespace(
      int uid, List<String> options, Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(Files.exists(UNSHARE), "no unshare");
    List<String> command = new ArrayList<>();
    if (isRoot(directory)) {
      command.addAll(as(Integer.toString(uid)));
    }
    command.add(UNSHARE.toString());
    command.addAll(options);
    List<String> tried = new ArrayList<>(command);
    tried.add("true");
    assumeTrue(new ProcessBuilder(tried).start().waitFor() == 0, "no right to make a namespace");
    command.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-Xmx64m",
            "-cp",
            classPath,
            main.getName(),
            work.toString()));
    command.addAll(List.of(arguments));
    return outputOf(command);
  }

  private static List<String> as(String uid) {
    return List.of(SETPRIV.toString(), "--reuid", uid, "--regid", uid, "--clear-groups", "--");
  }

  /** Runs a main class where there is no /proc; skips the test where it cannot be taken away. */
  public List<String> outputWithoutProc(Class<?> main, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(isRoot(directory) && Files.exists(UNSHARE), "only root can take /proc away");
    assumeTrue(new ProcessBuilder(withoutProc("true")).start().waitFor() == 0, "no right to mount");
    // the launcher finds its libraries through /proc
    String libraries = "export LD_LIBRARY_PATH=" + System.getProperty("java.home") + "/lib";
    return outputOf(withoutProc("exec \"$@\""), NOBODY, List.of(), libraries, main, arguments);
  }

  private static List<String> withoutProc(String script) {
    return List.of(
        UNSHARE.toString(), "-m", "sh", "-c", "mount -t tmpfs none /proc && " + script, "sh");
  }

  private List<String> outputOf(
      List<String> around,
      String uid,
      List<String> options,
      String first,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(around);
    if (isRoot(directory)) {
      command.addAll(as(uid));
    }
    command.addAll(List.of("sh", "-c", first + "; exec \"$@\"", "sh"));
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(measurement.optionsForAnother());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName(), work.toString()));
    command.addAll(List.of(arguments));
    List<String> output = outputOf(command);
    measurement.collect();
    return output;
  }

  private static List<String> outputOf(List<String> command) throws IOException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
  }

  private String readableClassPath() throws IOException {
    open(directory, "rwxr-xr-x");
    List<String> copies = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (path.startsWith(projectDirectory())) {
        copies.add(copy(path, directory.resolve("entry" + copies.size())).toString());
      }
    }
    return String.join(File.pathSeparator, copies);
  }

  private static Path projectDirectory() {
    return Path.of("").toAbsolutePath().resolve("..").normalize();
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> walk = Files.walk(from)) {
      for (Path source : (Iterable<Path>) walk::iterator) {
        Path target = to.resolve(from.relativize(source).toString());
        open(Files.copy(source, target), "rwxr-xr-x");
      }
    }
    return to;
  }

  private static Path open(Path path, String permissions) throws IOException {
    return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }
}
