package io.github.niotmp.tck;

import org.junit.jupiter.api.Test;
import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * A suite of all contracts. One subclass checks whether a file system fulfils them:
 *
 * <pre>{@code
 * @FileSystemsUnderTest(MyFileSystemTest.Mine.class)
 * class MyFileSystemTest extends ConformanceKit {
 *   public static final class Mine implements Subject {
 *     public FileSystemFixture open() throws IOException {
 *       FileSystem fresh = MyFileSystem.create();
 *       return FileSystemFixture.of(Files.createDirectory(fresh.getPath("/fixture")), fresh);
 *     }
 *
 *     public Set<Feature> features() {
 *       return EnumSet.noneOf(Feature.class);
 *     }
 *
 *     public String toString() {
 *       return "mine";
 *     }
 *   }
 * }
 * }</pre>
 *
 * <p>It works with the versions of JUnit Jupiter and of the suite engine of the JUnit Platform that
 * your tests use. The constants are names of JUnit's configuration parameters.
 */
@Suite
@SelectPackages("io.github.niotmp.tck")
@IncludeClassNamePatterns(".*Contract")
public abstract class ConformanceKit {
  /**
   * The subject classes of contracts that are run without a suite and without {@link
   * FileSystemsUnderTest}, separated by commas.
   */
  public static final String SUBJECTS = "io.github.niotmp.tck.subjects";

  /** A regular expression: subjects with other names are left out. */
  public static final String SELECT = "io.github.niotmp.tck.select";

  /** The seconds after which a test that has not ended fails: 15 by default. */
  public static final String TIME_LIMIT = "io.github.niotmp.tck.timeLimit";

  /** A file that receives the closing summary and a table of all failures, as Markdown. */
  public static final String REPORT = "io.github.niotmp.tck.report";

  private static final String ENGINE = "org.junit.platform.suite.engine.SuiteTestEngine";

  /** Fails where the suite would run no contract: JUnit ignores a suite without its engine. */
  @Test
  void theSuiteEngineRunsTheContracts() {
    try {
      Class.forName(ENGINE, false, getClass().getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(
          "No contract runs, as the suite engine is not on the class path: add"
              + " org.junit.platform:junit-platform-suite to the tests",
          e);
    }
  }
}
