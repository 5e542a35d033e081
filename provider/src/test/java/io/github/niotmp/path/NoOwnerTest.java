package io.github.niotmp.path;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileSystems;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class NoOwnerTest {
  @Test
  void aStoredPathRefusesEachCallThatNeedsItsFileSystem() throws Exception {
    TmpPath stored = TmpPath.of(NoOwner.INSTANCE, "/target");
    try (WatchService watcher = FileSystems.getDefault().newWatchService()) {
      Map<String, ThrowingCallable> calls =
          Map.of(
              "has no file system",
              stored::getFileSystem,
              "has no URI",
              stored::toUri,
              "has no real path",
              () -> stored.toRealPath(),
              "cannot be watched",
              () -> stored.register(watcher, StandardWatchEventKinds.ENTRY_CREATE));
      calls.forEach(
          (reason, call) ->
              assertThatThrownBy(call)
                  .isExactlyInstanceOf(UnsupportedOperationException.class)
                  .hasMessage("A stored path " + reason));
    }
  }
}
