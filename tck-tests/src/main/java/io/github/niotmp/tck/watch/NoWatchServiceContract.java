package io.github.niotmp.tck.watch;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.Feature;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Required;
import io.github.niotmp.tck.Without;
import java.nio.file.FileSystem;

/**
 * The contract of file systems without a watch service.
 *
 * @see FileSystem#newWatchService
 */
@Without(Feature.WATCH_SERVICE)
public class NoWatchServiceContract extends FileSystemContract {

  @ContractTest
  @Required(
      by = FileSystem.class,
      member = "newWatchService()",
      sentence =
          "If this FileSystem does not support watching file system objects for changes and"
              + " events.")
  void theServiceIsNotSupported() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> fileSystem().newWatchService());
  }
}
