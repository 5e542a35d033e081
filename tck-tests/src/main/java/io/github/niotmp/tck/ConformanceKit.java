package io.github.niotmp.tck;

import org.junit.platform.suite.api.IncludeClassNamePatterns;
import org.junit.platform.suite.api.SelectPackages;
import org.junit.platform.suite.api.Suite;

/**
 * A suite of all contracts. One subclass checks whether a file system fulfils them:
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
 * <p>It works with the versions of JUnit Jupiter and of the suite engine of the JUnit Platform that
 * your tests use. Without {@link #SUBJECTS} the subjects are the services on the class path.
 */
@Suite
@SelectPackages("io.github.niotmp.tck")
@IncludeClassNamePatterns(".*Contract")
public abstract class ConformanceKit {
  /** The configuration parameter that lists the subject classes, separated by commas. */
  public static final String SUBJECTS = "io.github.niotmp.tck.subjects";
}
