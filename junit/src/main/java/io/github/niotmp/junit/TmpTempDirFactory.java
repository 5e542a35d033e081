package io.github.niotmp.junit;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes the directories of {@code @TempDir} in {@code tmp:} file systems, a fresh one for each:
 * small files never touch the disk, and all is gone when the test is over, whatever it left behind.
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
 * <p>For all tests at once, give JUnit the configuration parameter {@code
 * junit.jupiter.tempdir.factory.default} with the name of this class.
 *
 * <p>A test that leaves a channel, a stream or a watch service open passes, unless the
 * configuration parameter {@code io.github.niotmp.junit.openAtClose} is {@code fail}, see {@link
 * TmpSettings#OPEN_AT_CLOSE}: then it fails, and the exception has for each a suppressed one that
 * tells where it was opened.
 *
 * <p>JUnit deletes the directory before the file system closes. What the owner may not delete, in
 * directories without the permission to write, it can't: JUnit 5 is helped here, while for JUnit 6
 * such a test says {@code deletionStrategy = TempDirDeletionStrategy.IgnoreFailures.class}.
 *
 * <p>The target is a {@link Path}: there is no {@link java.io.File} of a {@code tmp:} path, and
 * JUnit says so. Under {@code CleanupMode.NEVER} and {@code ON_SUCCESS} JUnit deletes nothing, but
 * the file system closes all the same, as nobody could reach it later.
 *
 * <p>JUnit makes an instance for each directory. Safe for parallel tests.
 */
public final class TmpTempDirFactory implements TempDirFactory {
  private static final String OPEN_AT_CLOSE = "io.github.niotmp.junit.openAtClose";

  private @Nullable FileSystem fileSystem;

  /** Makes a factory, for JUnit. */
  public TmpTempDirFactory() {}

  /**
   * Makes an empty directory in a file system of its own.
   *
   * @throws java.nio.file.ProviderNotFoundException if nio-tmp-provider is not on the class path
   * @throws IllegalStateException if this instance has made one
   * @throws IllegalArgumentException if the configuration parameter has a value that is not allowed
   * @throws IOException if the file system cannot be opened
   */
  @Override
  public Path createTempDirectory(
      AnnotatedElementContext elementContext, ExtensionContext extensionContext)
      throws IOException {
    if (fileSystem != null) {
      throw new IllegalStateException("One instance makes one directory; this has made one");
    }
    FileSystem opened =
        TmpFileSystems.open(
            extensionContext
                .getConfigurationParameter(OPEN_AT_CLOSE)
                .map(value -> Map.of(TmpSettings.OPEN_AT_CLOSE, value))
                .orElse(Map.of()));
    fileSystem = opened;
    Path directory = Files.createDirectory(opened.getPath("/junit"));
    // JUnit 5 closes this before it deletes the tree; JUnit 6 after, when there is nothing to do.
    extensionContext
        .getStore(Namespace.create(TmpTempDirFactory.class, directory))
        .put(DeletableTree.class, new DeletableTree(directory));
    return directory;
  }

  /**
   * Closes the file system; memory and disk are free when this returns.
   *
   * @throws IOException if something could not be closed or freed, or was open and should not be
   */
  @Override
  public void close() throws IOException {
    FileSystem opened = fileSystem;
    if (opened != null) {
      opened.close();
    }
  }
}
