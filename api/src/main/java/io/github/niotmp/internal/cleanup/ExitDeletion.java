package io.github.niotmp.internal.cleanup;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The registration with {@link File#deleteOnExit}: the JDK deletes the registered paths as the last
 * step of the exit, the last registered first. A path that is registered again keeps its place, so
 * that a directory registered before its entries is deleted after them.
 *
 * <p>All paths are of the default file system. Safe for use by any number of threads.
 */
public final class ExitDeletion {
  /** PATH_MAX of Linux, less the terminating zero. */
  private static final int MOST_BYTES = 4095;

  /** A path that never exists: its registration fails if the JDK no longer accepts paths. */
  private static final String NOTHING = "nio-tmp-nothing" + File.separator + "nothing";

  private ExitDeletion() {}

  /** Loads and initializes classes and their member classes. */
  static void load(Class<?>... classes) {
    for (Class<?> each : classes) {
      try {
        Class.forName(each.getName(), true, each.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new NoClassDefFoundError(e.getMessage());
      }
      load(each.getDeclaredClasses());
    }
  }

  /**
   * Throws if the JDK has begun to delete.
   *
   * @throws IOException if it has
   */
  static void ensurePossible() throws IOException {
    register(NOTHING);
  }

  /**
   * Registers a file, a link or a directory that will be empty.
   *
   * @return false if the JDK cannot delete it: its text is another path in this locale, or is too
   *     long
   * @throws IOException if the JDK has begun to delete
   */
  public static boolean register(Path path) throws IOException {
    if (!isPossible(path)) {
      return false;
    }
    register(path.toString());
    return true;
  }

  /** Registers a path as text; the system resolves {@code ..} in it when the JDK deletes it. */
  public static void register(String path) throws IOException {
    try {
      new File(path).deleteOnExit();
    } catch (IllegalStateException e) {
      throw new FileSystemException(path, null, "The JVM has exited too far to create files");
    }
  }

  /**
   * Says whether the JDK can delete a path by its text: a name that the locale cannot encode
   * (LC_ALL=C) has another text, and a path that is too long fails.
   */
  static boolean isPossible(Path path) {
    try {
      return path.equals(path.getFileSystem().getPath(path.toString())) && !isTooLong(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static boolean isTooLong(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length > MOST_BYTES;
  }

  private record Step(Path directory, Path alias) {}

  /**
   * Registers all entries of a directory. Sets mode 0700 on directories that their owner cannot
   * change or read. An entry that the JDK cannot delete stays, or is removed once the hooks of the
   * application have ended.
   *
   * @param root an absolute path of a directory, which is registered itself
   * @param alias another path of the same directory, by which its entries are registered
   * @throws IOException if the JDK has begun to delete, or an entry cannot be registered
   */
  public static void registerTree(Path root, Path alias) throws IOException {
    NamedFailures failures = new NamedFailures();
    OwnerAccess access = new OwnerAccess(root);
    Deque<Step> left = new ArrayDeque<>();
    left.push(new Step(root, alias));
    while (!left.isEmpty()) {
      Step step = left.pop();
      try {
        registerEntries(step, access, left);
      } catch (NoSuchFileException e) {
        // another thread has removed it
      } catch (IOException | RuntimeException e) {
        failures.add(e, step.directory());
      }
    }
    failures.throwFor(root);
  }

  private static void registerEntries(Step step, OwnerAccess access, Deque<Step> left)
      throws IOException {
    for (Path entry : entries(step.directory(), access)) {
      Path alias = step.alias().resolve(entry.getFileName());
      if (isTooLong(entry) || isTooLong(alias)) {
        removeAtLast(step.directory()); // the entry is not accessible by path
      } else if (!register(alias)) {
        removeAtLast(entry);
      } else if (isDirectory(entry)) {
        left.push(new Step(entry, alias));
      }
    }
  }

  private static void removeAtLast(Path entry) throws IOException {
    if (HostNames.isEnding()) {
      TreeRemoval.remove(entry);
    }
  }

  private static boolean isDirectory(Path entry) throws IOException {
    try {
      return Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
          .isDirectory();
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static List<Path> entries(Path directory, OwnerAccess access) throws IOException {
    if (!Files.isWritable(directory) || !Files.isExecutable(directory)) {
      access.grant(directory);
    }
    try {
      return list(directory);
    } catch (AccessDeniedException e) {
      access.grant(directory);
      return list(directory);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(entries::add);
      return entries;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }
}
