package io.github.niotmp.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
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

  private @Nullable Subject subject;
  private @Nullable FileSystemFixture fixture;
  private @Nullable FileSystemFixture another;
  private @Nullable Path root;

  final void openFixture(Subject opened) throws IOException {
    subject = opened;
    fixture = opened.open();
    root = emptyDirectory(fixture);
  }

  /**
   * Creates the directory of the test, so that a test never removes or moves the fixture's root.
   */
  private Path emptyDirectory(FileSystemFixture opened) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(opened.root())) {
      for (Path entry : entries) {
        throw new IllegalStateException(
            "The root "
                + opened.root()
                + " of "
                + subject
                + " is not empty: "
                + entry.getFileName()
                + " is in it. Subject.open() returns an empty directory");
      }
    }
    return Files.createDirectory(opened.root().resolve(DIRECTORY));
  }

  final void closeFixtures() throws IOException {
    try {
      if (another != null) {
        another.close();
      }
    } finally {
      if (fixture != null) {
        fixture.close();
      }
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
    another = subject().open();
    assumeTrue(another.fileSystem() != fileSystem(), () -> subject + " has but one file system");
    return emptyDirectory(another);
  }

  /** {@return the file system under test} */
  protected final FileSystem fileSystem() {
    return Objects.requireNonNull(fixture).fileSystem();
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
