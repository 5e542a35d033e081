package io.github.niotmp.junit;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpSettings;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Parameter;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Creates the directories of {@code @TempDir} in {@code tmp:} file systems, a fresh one for each:
 * small files never reach the disk, and the file system closes at the end of the test.
 *
 * <pre>{@code
 * class ReportTest {
 *   @TempDir(factory = TmpTempDirFactory.class)
 *   Path directory;
 *
 *   @Test
 *   void isWritten() throws IOException {
 *     Files.writeString(directory.resolve("report"), "text");
 *   }
 * }
 * }</pre>
 *
 * <p>For all tests at once, set JUnit's configuration parameter {@code
 * junit.jupiter.tempdir.factory.default} to the name of this class. It works with JUnit Jupiter
 * 5.10 and later, for fields and parameters. JUnit creates an instance for each directory; tests
 * may run in parallel.
 *
 * <h2>A File</h2>
 *
 * <p>A target of type {@link File} gets a real directory, in a file system with {@link
 * TmpSettings#STORAGE} {@code host}. It is private, and it is removed with the test, or by a later
 * process after {@code kill -9}:
 *
 * <pre>{@code
 * @Test
 * void isMade(@TempDir(factory = TmpTempDirFactory.class) File directory)
 *     throws IOException, InterruptedException {
 *   new ProcessBuilder("touch", "report").directory(directory).start().waitFor();
 *   assertTrue(new File(directory, "report").exists());
 * }
 * }</pre>
 *
 * <h2>Keeping a directory</h2>
 *
 * <p>JUnit keeps a directory under {@link CleanupMode#NEVER}, and under {@link
 * CleanupMode#ON_SUCCESS} if a test failed. This factory moves it to a fresh private directory
 * under {@link io.github.niotmp.SystemTemp#directory()}, or copies it if it is in memory. It prints
 * the path on {@link System#out}, because build tools show that, and publishes it as the report
 * entry {@code io.github.niotmp.junit.kept}, for IDEs and reports:
 *
 * <pre>{@code
 * @Test
 * void isRendered(
 *     @TempDir(factory = TmpTempDirFactory.class, cleanup = CleanupMode.ON_SUCCESS)
 *         Path directory) {
 *   fail("look at the files");
 *   // prints: io.github.niotmp.junit.kept = /tmp/niotmp-junit-8675309/junit
 * }
 * }</pre>
 *
 * <p>A copy keeps links, permissions and times. An absolute link into the directory becomes a
 * relative one. An entry that the host cannot store is left out, and printed with the reason. No
 * process removes a kept directory.
 *
 * <h2>Configuration parameters</h2>
 *
 * <p>They have the keys and values of {@link TmpSettings} after {@code io.github.niotmp.junit.}:
 *
 * <table>
 * <caption>Parameters</caption>
 * <tr><th>key<th>meaning
 * <tr><td>{@code storage}<td>{@code spooled}, the default, or {@code host}
 * <tr><td>{@code spoolThreshold}<td>the bytes a file may hold in memory; no effect on a {@link File}
 * <tr><td>{@code directory}<td>the directory for spill files and trees on the host; for a {@link
 *     File} one of the default file system
 * <tr><td>{@code openAtClose}<td>with {@code fail}, a test that leaves a channel, a stream or a watch service of a {@code tmp:} path open fails; the exception has a suppressed one for each, with the stack that opened it
 * </table>
 *
 * <h2>Directories without permissions</h2>
 *
 * <p>JUnit deletes the directory before the file system closes. It cannot delete the entries of
 * {@code tmp:} directories that their owner may not read or write. With JUnit 5 this factory
 * restores the permissions first; with JUnit 6 such a test needs {@link TmpTempDirExtension}. For a
 * {@link File}, JUnit restores them itself.
 *
 * <h2>Security</h2>
 *
 * <p>Directories on the host, also kept ones, have mode 0700 and unguessable names. A kept link may
 * lead to a file outside the directory.
 *
 * <h2>When it is not closed</h2>
 *
 * <p>JUnit closes it. If the process ends before, the system frees memory and spill files, and a
 * later process removes directories on the host.
 */
public final class TmpTempDirFactory implements TempDirFactory {
  private static final String KEPT = "io.github.niotmp.junit.kept";
  private static final String LEFT_OUT = "io.github.niotmp.junit.leftOut";

  private @Nullable MadeDirectory made;

  /** The directory of an instance, with the objects that its close needs. */
  private record MadeDirectory(
      FileSystem fileSystem, DeletableTree tree, CleanupMode mode, ExtensionContext context) {}

  /** Creates a factory, for JUnit. */
  public TmpTempDirFactory() {}

  /**
   * Creates an empty directory in a new file system.
   *
   * @return a {@code tmp:} path, or for a {@link File} a path of the default file system
   * @throws java.nio.file.ProviderNotFoundException if nio-tmp-provider is not on the class path
   * @throws IllegalStateException if this instance has created one
   * @throws IllegalArgumentException if a configuration parameter has a value that is not allowed
   * @throws IOException if the file system cannot be opened, or the directory not be created
   */
  @Override
  public Path createTempDirectory(
      AnnotatedElementContext elementContext, ExtensionContext extensionContext)
      throws IOException {
    if (made != null) {
      throw new IllegalStateException(
          "One instance creates one directory, and this one has created " + made.tree().root());
    }
    boolean asFile = isFile(elementContext.getAnnotatedElement());
    FileSystem opened = Parameters.open(extensionContext, asFile);
    try {
      Path directory = Files.createDirectory(opened.getPath("/junit"));
      if (asFile) {
        directory = onDefaultFileSystem(directory);
      }
      DeletableTree tree = new DeletableTree(directory, extensionContext);
      OpenTrees.add(tree, extensionContext);
      made =
          new MadeDirectory(
              opened,
              tree,
              Parameters.cleanupMode(elementContext, extensionContext),
              extensionContext);
      return directory;
    } catch (Throwable e) {
      // JUnit closes no factory that has failed.
      try {
        opened.close();
      } catch (IOException | RuntimeException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /**
   * Keeps the directory if JUnit has kept it, and closes the file system; memory and disk are free
   * when this returns.
   *
   * @throws IOException if the directory cannot be kept, a resource cannot be closed or freed, or a
   *     handle was open with {@code openAtClose=fail}
   */
  @Override
  public void close() throws IOException {
    MadeDirectory ended = made;
    if (ended == null) {
      return;
    }
    OpenTrees.remove(ended.tree());
    try (FileSystem closed = ended.fileSystem()) {
      if (closed.isOpen() && isKept(ended)) {
        report(KeptTree.keep(ended.tree()), ended.context());
      }
    }
  }

  private static boolean isFile(AnnotatedElement element) {
    return (element instanceof Field field && field.getType() == File.class)
        || (element instanceof Parameter parameter && parameter.getType() == File.class);
  }

  private static Path onDefaultFileSystem(Path directory) throws IOException {
    try {
      return Files.getFileAttributeView(directory, TmpFileAttributeView.class).hostPath();
    } catch (UnsupportedOperationException e) {
      FileSystemException refusal =
          new FileSystemException(
              directory.toUri().toString(),
              null,
              "A File needs a directory on the default file system; see the configuration"
                  + " parameter io.github.niotmp.junit.directory");
      refusal.initCause(e);
      throw refusal;
    }
  }

  /**
   * Says whether JUnit has kept the directory. For the directory of a class only JUnit knows
   * whether a test failed, so a directory that still exists was kept. For a test this method checks
   * the failure itself, because a deletion strategy may leave the directory of a test that passed.
   */
  private static boolean isKept(MadeDirectory directory) {
    if (!directory.tree().exists()) {
      return false;
    }
    ExtensionContext context = directory.context();
    return switch (directory.mode()) {
      case NEVER -> true;
      case ON_SUCCESS ->
          context.getTestMethod().isEmpty() || context.getExecutionException().isPresent();
      case ALWAYS, DEFAULT -> false;
    };
  }

  private static void report(KeptTree kept, ExtensionContext context) {
    report(KEPT, kept.place().toString(), context);
    for (String entry : kept.leftOut()) {
      report(LEFT_OUT, entry, context);
    }
  }

  // not all build tools show JUnit's report entries
  private static void report(String key, String value, ExtensionContext context) {
    System.out.println(key + " = " + value);
    context.publishReportEntry(key, value);
  }
}
