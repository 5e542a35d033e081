package io.github.niotmp.junit;

import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Lets JUnit 6 delete the directories of {@link TmpTempDirFactory} from which a test removed
 * permissions; JUnit 5 does not need it.
 *
 * <pre>{@code
 * @ExtendWith(TmpTempDirExtension.class)
 * class ReadOnlyTest {
 *   @Test
 *   void refusesToWrite(@TempDir(factory = TmpTempDirFactory.class) Path directory)
 *       throws IOException {
 *     Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-x------"));
 *     assertThrows(IOException.class, () -> Files.createFile(directory.resolve("report")));
 *   }
 * }
 * }</pre>
 *
 * <p>For all tests at once, set the configuration parameter {@code
 * junit.jupiter.extensions.autodetection.enabled} to {@code true}: the service loader finds it.
 *
 * <p>JUnit 6 deletes a tree before it closes any resource that the factory could store in the
 * test's context, so the factory alone cannot restore permissions. JUnit calls an extension before
 * that.
 *
 * <p>It gives the owner all permissions on the directories after the methods with
 * {@code @AfterEach} and {@code @AfterAll}. A kept tree gets its permissions back.
 *
 * <p>It holds no state; safe for parallel tests.
 *
 * <h2>Security</h2>
 *
 * <p>It adds only permissions of the owner, and follows no link out of the tree.
 */
public final class TmpTempDirExtension implements AfterEachCallback, AfterAllCallback {

  /** Creates the extension, for JUnit. */
  public TmpTempDirExtension() {}

  /**
   * Makes the directories of a test deletable.
   *
   * @param context the test's
   * @throws IOException if permissions cannot be set
   */
  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    OpenTrees.makeDeletable(context);
  }

  /**
   * Makes the directories of a class deletable.
   *
   * @param context the class's
   * @throws IOException if permissions cannot be set
   */
  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    OpenTrees.makeDeletable(context);
  }
}
