package io.github.niotmp.tck;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * Every contract over the file systems of a suite. One class tells whether a file system is one:
 *
 * <pre>{@code
 * @ConfigurationParameter(key = ConformanceKit.SUBJECTS, value = "org.example.MyFileSystemTest$Mine")
 * class MyFileSystemTest extends ConformanceKit {
 *   public static final class Mine implements Subject {
 *     public FileSystemFixture open() {
 *       FileSystem fresh = MyFileSystem.create();
 *       return FileSystemFixture.of(fresh.getPath("/"), fresh);
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
 * <p>It takes JUnit Jupiter and the suite engine of the JUnit Platform, of whatever version the
 * tests have. Without {@link #SUBJECTS} the subjects are the services on the class path.
 */
@Suite
@SelectPackages("io.github.niotmp.tck")
@IncludeClassNamePatterns(".*Contract")
public abstract class ConformanceKit {
  /** The configuration parameter that names the classes of the subjects, with commas. */
  public static final String SUBJECTS = "io.github.niotmp.tck.subjects";
}
