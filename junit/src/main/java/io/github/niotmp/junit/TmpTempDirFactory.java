package io.github.niotmp.junit;

import io.github.niotmp.TmpFileSystems;
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
 * small files never touch the disk, and all is gone when the test is over, whatever it left open or
 * read-only.
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
 * <p>The target is a {@link Path}: there is no {@link java.io.File} of a {@code tmp:} path, and
 * JUnit says so. Under {@code CleanupMode.NEVER} and {@code ON_SUCCESS} JUnit deletes nothing, but
 * the file system closes all the same, as nobody could reach it later.
 *
 * <p>JUnit makes an instance for each directory. Safe for parallel tests.
 */
public final class TmpTempDirFactory implements TempDirFactory {
  private @Nullable FileSystem fileSystem;

  /** Makes a factory, for JUnit. */
  public TmpTempDirFactory() {}

  /**
   * Makes an empty directory in a file system of its own.
   *
   * @throws java.nio.file.ProviderNotFoundException if nio-tmp-provider is not on the class path
   * @throws IllegalStateException if this instance has made one
   * @throws IOException if the file system cannot be opened
   */
  @Override
  public Path createTempDirectory(
      AnnotatedElementContext elementContext, ExtensionContext extensionContext)
      throws IOException {
    if (fileSystem != null) {
      throw new IllegalStateException("One instance makes one directory; this has made one");
    }
    FileSystem opened = TmpFileSystems.open(Map.of());
    fileSystem = opened;
    Path directory = Files.createDirectory(opened.getPath("/junit"));
    // JUnit closes in reverse order, so this comes before it deletes the tree.
    extensionContext
        .getStore(Namespace.create(TmpTempDirFactory.class, directory))
        .put(DeletableTree.class, new DeletableTree(directory));
    return directory;
  }

  /**
   * Closes the file system; memory and disk are free when this returns.
   *
   * @throws IOException if something could not be closed or freed
   */
  @Override
  public void close() throws IOException {
    FileSystem opened = fileSystem;
    if (opened != null) {
      opened.close();
    }
  }
}
