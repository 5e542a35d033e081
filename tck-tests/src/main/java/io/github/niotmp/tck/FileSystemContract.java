package io.github.niotmp.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The base class of the contracts. Each {@link ContractTest} runs on every subject that {@link
 * FileSystemsUnderTest} names, in an empty directory of a fresh fixture.
 */
@ExtendWith(ContractTests.class)
public abstract class FileSystemContract {
  private static final String DIRECTORY = "tck";

  private final List<FileSystemFixture> opened = new ArrayList<>();

  private @Nullable Subject subject;
  private @Nullable FileSystemFixture fixture;
  private @Nullable Path root;
  private @Nullable Duration timeLimit;

  final void openFixture(Subject tested, Duration limit) throws IOException {
    subject = tested;
    timeLimit = limit;
    fixture = open();
    root = emptyDirectory(fixture);
  }

  private FileSystemFixture open() throws IOException {
    FileSystemFixture fresh = subject().open();
    opened.add(fresh);
    return fresh;
  }

  /**
   * Creates the directory of the test, so that a test never removes or moves the fixture's root.
   */
  private Path emptyDirectory(FileSystemFixture fresh) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(fresh.root())) {
      for (Path entry : entries) {
        throw new IllegalStateException(
            "The root "
                + fresh.root()
                + " of "
                + subject
                + " is not empty: "
                + entry.getFileName()
                + " is in it. Subject.open() returns an empty directory");
      }
    }
    return Files.createDirectory(fresh.root().resolve(DIRECTORY));
  }

  /**
   * Closes all fixtures, the last one first, and throws the first failure with the others
   * suppressed.
   */
  final void closeFixtures() throws Throwable {
    Throwable first = null;
    for (int i = opened.size() - 1; i >= 0; i--) {
      try {
        opened.get(i).close();
      } catch (Throwable e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** {@return the empty directory that the test may use} */
  protected final Path root() {
    return Objects.requireNonNull(root);
  }

  /**
   * Opens one more file system of the subject, and closes it after the test. Skips the test if the
   * subject always opens the same file system.
   *
   * @return an empty directory in it
   * @throws IOException if it cannot be opened
   */
  protected final Path rootOfAnother() throws IOException {
    FileSystemFixture another = open();
    assumeTrue(another.fileSystem() != fileSystem(), () -> subject + " has but one file system");
    return emptyDirectory(another);
  }

  /** {@return the file system under test} */
  protected final FileSystem fileSystem() {
    return Objects.requireNonNull(fixture).fileSystem();
  }

  /** {@return the time after which each step of the test is interrupted} */
  protected final Duration timeLimit() {
    return Objects.requireNonNull(timeLimit);
  }

  /**
   * Skips the test on subjects without an attribute view.
   *
   * @param view its name
   */
  protected final void needsView(String view) {
    assumeTrue(
        fileSystem().supportedFileAttributeViews().contains(view),
        () -> subject + " has no view " + view);
  }

  /**
   * Returns a view that the file system lists as supported. The test fails if there is none.
   *
   * @param <V> the type of the view
   * @param path the file
   * @param type the type of the view
   * @param options how links are handled
   * @return the view
   */
  protected static <V extends FileAttributeView> V view(
      Path path, Class<V> type, LinkOption... options) {
    V view = Files.getFileAttributeView(path, type, options);
    if (view == null) {
      throw new AssertionError(
          "Files.getFileAttributeView returns null for "
              + type.getSimpleName()
              + ", although the file system has "
              + path.getFileSystem().supportedFileAttributeViews());
    }
    return view;
  }

  /**
   * Skips the test unless this process runs as root and may change owners on the host.
   *
   * @throws IOException if the probe of the host fails
   */
  protected final void needsRoot() throws IOException {
    assumeTrue(HostRights.givesFilesAway(), "only root gives files away");
  }

  /**
   * Says whether the subject has a feature.
   *
   * @param feature the feature
   * @return whether the subject has it
   */
  protected final boolean has(Feature feature) {
    return subject().features().contains(feature);
  }

  /** {@return the subject of the test} */
  protected final Subject subject() {
    return Objects.requireNonNull(subject);
  }
}
