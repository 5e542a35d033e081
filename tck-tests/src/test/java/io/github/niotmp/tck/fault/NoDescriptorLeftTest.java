package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.internal.search.DirectorySearch;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NoDescriptorLeftTest {
  @Test
  void theSearchForADirectoryEndsWithTheReasonAndTakesNoLaterCandidate() throws IOException {
    try (FaultyFileSystem faulty =
        new FaultyFileSystem(Jimfs.newFileSystem(Configuration.unix()))) {
      Path first = Files.createDirectory(faulty.getPath("/first"));
      Path second = Files.createDirectory(faulty.getPath("/second"));
      Set<Path> both = new LinkedHashSet<>(List.of(first, second));
      faulty.set(Fault.at(1, Fault.failing("Too many open files")));

      assertThatExceptionOfType(FileSystemException.class)
          .isThrownBy(() -> DirectorySearch.firstUsable(both, (candidate, reason) -> {}))
          .withMessage("/first: Too many open files");
    }
  }
}
