package io.github.niotmp.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The base class of the contracts. Each test runs on every subject, in an empty directory.
 *
 * <p>{@code -Dniotmp.tck.subjects='host.*'} selects the subjects with matching names.
 */
@ParameterizedClass
@ArgumentsSource(Subjects.class)
@ExtendWith(Deviations.class)
public abstract class FileSystemContract {
  @Parameter @Nullable Subject subject;
  private @Nullable FileSystemFixture fixture;
  private @Nullable FileSystemFixture another;

  @BeforeEach
  final void openFixture() throws IOException {
    fixture = subject().open();
  }

  @AfterEach
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
    return Objects.requireNonNull(fixture).root();
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
    return another.root();
  }

  /** {@return the file system under test} */
  protected final FileSystem fileSystem() {
    return Objects.requireNonNull(fixture).fileSystem();
  }

  /**
   * Skips the test on subjects without a feature.
   *
   * @param feature the feature that the test needs
   */
  protected final void needs(Feature feature) {
    assumeTrue(has(feature), () -> subject + " lacks " + feature);
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

  final Subject subject() {
    return Objects.requireNonNull(subject);
  }
}
