package io.github.niotmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TmpSettingsTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);
  private static final TmpSettings ALL =
      TmpSettings.defaults()
          .storage(TmpSettings.Storage.SPOOLED)
          .spoolThreshold(1)
          .memoryBudget(2)
          .maxSize(3)
          .maxFileSize(4)
          .maxFiles(5)
          .maxDescriptors(TmpSettings.UNLIMITED)
          .longPaths(true)
          .directory(Path.of("d"))
          .trust(TmpSettings.Trust.ANY)
          .permissions(TmpSettings.Permissions.IGNORE)
          .mxbean(false)
          .trackOpeners(true)
          .openAtClose(TmpSettings.OpenAtClose.FAIL)
          .clock(CLOCK);

  @Test
  void theDefaultsAreEmpty() {
    assertThat(TmpSettings.defaults()).isEmpty();
    assertThat(TmpSettings.defaults()).hasToString("TmpSettings[]");
  }

  @Test
  void eachSettingHasItsKeyInTheMap() {
    assertThat(ALL)
        .containsOnly(
            Map.entry(TmpSettings.STORAGE, "spooled"),
            Map.entry(TmpSettings.SPOOL_THRESHOLD, 1L),
            Map.entry(TmpSettings.MEMORY_BUDGET, 2L),
            Map.entry(TmpSettings.MAX_SIZE, 3L),
            Map.entry(TmpSettings.MAX_FILE_SIZE, 4L),
            Map.entry(TmpSettings.MAX_FILES, 5L),
            Map.entry(TmpSettings.MAX_DESCRIPTORS, Long.MAX_VALUE),
            Map.entry(TmpSettings.LONG_PATHS, true),
            Map.entry(TmpSettings.DIRECTORY, Path.of("d")),
            Map.entry(TmpSettings.TRUST, "any"),
            Map.entry(TmpSettings.PERMISSIONS, "ignore"),
            Map.entry(TmpSettings.MXBEAN, false),
            Map.entry(TmpSettings.TRACK_OPENERS, true),
            Map.entry(TmpSettings.OPEN_AT_CLOSE, "fail"),
            Map.entry(TmpSettings.CLOCK, CLOCK));
  }

  @Test
  void aSettingLeavesTheValueItStartsFromAsItIs() {
    TmpSettings small = TmpSettings.defaults().maxSize(1);

    assertThat(small.maxSize(2).maxFiles(3)).isNotEqualTo(small);
    assertThat(small).containsOnly(Map.entry(TmpSettings.MAX_SIZE, 1L));
    assertThat(TmpSettings.defaults()).isEmpty();
  }

  @Test
  void equalSettingsAreEqualInAnyOrder() {
    TmpSettings one = TmpSettings.defaults().maxSize(1).maxFiles(2);
    TmpSettings other = TmpSettings.defaults().maxFiles(3).maxFiles(2).maxSize(1);

    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).hasToString(other.toString());
    assertThat(one).isNotEqualTo(one.maxFiles(3));
    assertThat(one).isEqualTo(Map.of(TmpSettings.MAX_SIZE, 1L, TmpSettings.MAX_FILES, 2L));
    assertThat(one).isNotEqualTo(TmpSettings.defaults());
  }

  @Test
  void asAMapTheyCannotBeModified() {
    assertThatThrownBy(() -> ALL.put(TmpSettings.MAX_SIZE, 1L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(ALL::clear).isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void theTextShowsTheSettingsThatWereSet() {
    assertThat(TmpSettings.defaults().storage(TmpSettings.Storage.HOST).directory(Path.of("d")))
        .hasToString("TmpSettings[directory=d, storage=host]");
    assertThat(TmpSettings.defaults().maxSize(TmpSettings.UNLIMITED).maxFiles(0))
        .hasToString("TmpSettings[maxFiles=0, maxSize=unlimited]");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE})
  void aNegativeLimitIsRefused(long limit) {
    Map<String, UnaryOperator<TmpSettings>> limits =
        Map.of(
            "spoolThreshold", from -> from.spoolThreshold(limit),
            "memoryBudget", from -> from.memoryBudget(limit),
            "maxSize", from -> from.maxSize(limit),
            "maxFileSize", from -> from.maxFileSize(limit),
            "maxFiles", from -> from.maxFiles(limit),
            "maxDescriptors", from -> from.maxDescriptors(limit));
    limits.forEach(
        (name, setter) ->
            assertThatIllegalArgumentException()
                .isThrownBy(() -> setter.apply(TmpSettings.defaults()))
                .withMessage(
                    name + " is " + limit + "; allowed: 0 or more, or TmpSettings.UNLIMITED"));
  }

  @Test
  @SuppressWarnings("NullAway") // what callers without annotations may do
  void aNullIsRefusedByName() {
    TmpSettings from = TmpSettings.defaults();
    assertThatNullPointerException().isThrownBy(() -> from.storage(null)).withMessage("storage");
    assertThatNullPointerException()
        .isThrownBy(() -> from.directory(null))
        .withMessage("directory");
    assertThatNullPointerException().isThrownBy(() -> from.trust(null)).withMessage("trust");
    assertThatNullPointerException()
        .isThrownBy(() -> from.permissions(null))
        .withMessage("permissions");
    assertThatNullPointerException()
        .isThrownBy(() -> from.openAtClose(null))
        .withMessage("openAtClose");
    assertThatNullPointerException().isThrownBy(() -> from.clock(null)).withMessage("clock");
  }
}
