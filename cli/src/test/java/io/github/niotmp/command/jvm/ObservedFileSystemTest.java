package io.github.niotmp.command.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObservedFileSystemTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "null",
      value = {
        "FileChannel on /a b, open for 3 s | FileChannel | /a b | 3 | null",
        "WatchService, open for 0 s | WatchService | '' | 0 | null",
        "InputStream on /a, open for 1 s, opened at A.b(C.java:4) | InputStream | /a | 1 | A.b(C.java:4)",
        "FileChannel on /a on b, open for 1 s, opened at x, open for 2 s | FileChannel"
            + " | /a on b, open for 1 s, opened at x | 2 | null",
      })
  void theLineOfAHandleIsSplit(String line, String kind, String path, long age, String opener) {
    ObservedFileSystem observed = new ObservedFileSystem(Map.of(), List.of(), List.of(line));

    assertThat((List<?>) observed.values().get("handles"))
        .singleElement()
        .asInstanceOf(MAP)
        .containsEntry("kind", kind)
        .containsEntry("path", path)
        .containsEntry("ageSeconds", age)
        .containsEntry("opener", opener);
  }
}
