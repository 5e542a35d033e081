package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.volume.AttributeChange.Times;
import io.github.niotmp.volume.FileAttributes;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times beyond those of a volume, which are others than the disk's. */
class FarTimesTest {
  private final TestVolume volume = new TestVolume();

  @BeforeEach
  void create() throws IOException {
    volume.create("/f");
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @ParameterizedTest
  @CsvSource({"-1000000000-01-01T00:00:00Z, 1677", "+1000000000-12-31T23:59:59Z, 2262"})
  void eachTimeBecomesTheNearestThereIs(Instant far, int year) throws IOException {
    FileTime time = FileTime.from(far);
    volume.root.change(path("/f"), true, new Times(time, time, time));

    FileAttributes attributes = volume.root.readAttributes(path("/f"), true);
    assertThat(attributes.lastModifiedTime()).satisfies(of -> isIn(year, of));
    assertThat(attributes.lastAccessTime()).satisfies(of -> isIn(year, of));
    assertThat(attributes.creationTime()).satisfies(of -> isIn(year, of));
  }

  @ParameterizedTest
  @CsvSource({"-1000000000-01-01T00:00:00Z, 1677", "+1000000000-12-31T23:59:59Z, 2262"})
  void aFarAccessTimeStaysSet(Instant far, int year) throws IOException {
    volume.root.change(path("/f"), true, new Times(null, FileTime.from(far), null));
    volume.root.change(path("/f"), true, new Times(null, null, FileTime.fromMillis(0)));

    assertThat(volume.root.readAttributes(path("/f"), true).lastAccessTime())
        .satisfies(of -> isIn(year, of));
  }

  private static void isIn(int year, FileTime time) {
    assertThat(time.toInstant().atOffset(ZoneOffset.UTC).getYear()).isEqualTo(year);
  }
}
