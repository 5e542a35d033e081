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
 * A part of what a file system must do; each test gets an empty one, of every subject in turn.
 *
 * <p>{@code -Dniotmp.tck.subjects='host.*'} runs those subjects only whose names match.
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
   * Opens one more file system of the subject, closed after the test. Skips the test on a subject
   * that is one file system whatever is opened.
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
   * @param feature what the test needs
   */
  protected final void needs(Feature feature) {
    assumeTrue(has(feature), () -> subject + " lacks " + feature);
  }

  /**
   * Skips the test on subjects whose files have no such attribute view.
   *
   * @param view its name
   */
  protected final void needsView(String view) {
    assumeTrue(
        fileSystem().supportedFileAttributeViews().contains(view),
        () -> subject + " has no view " + view);
  }

  /**
   * Skips the test unless this process is root's, and may give files of the host away.
   *
   * @throws IOException if the host does not let it try
   */
  protected final void needsRoot() throws IOException {
    assumeTrue(HostRights.givesFilesAway(), "only root gives files away");
  }

  /**
   * Says whether the subject has a feature.
   *
   * @param feature what is asked for
   * @return whether it has it
   */
  protected final boolean has(Feature feature) {
    return subject().features().contains(feature);
  }

  final Subject subject() {
    return Objects.requireNonNull(subject);
  }
}
