package io.github.niotmp.tck.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.Newline;
import io.github.niotmp.PersistMode;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.PersistProgress;
import io.github.niotmp.TargetLink;
import io.github.niotmp.TempOptions;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Options are equal if all their settings are. */
class OptionValuesTest {
  private static final PersistProgress PROGRESS = (copied, total) -> {};

  static List<UnaryOperator<TempOptions>> settings() {
    return List.of(
        options -> options.prefix("other"),
        options -> options.suffix(".other"),
        options -> options.randomLength(3),
        options -> options.directory(Path.of("other")),
        options -> options.permissions(Set.of(PosixFilePermission.OWNER_READ)),
        options -> options.spoolThreshold(3),
        options -> options.maxFileSize(3),
        options -> options.charset(StandardCharsets.ISO_8859_1),
        options -> options.codingErrors(CodingErrorAction.REPLACE),
        options -> options.newline(Newline.CR),
        options -> options.bufferSize(3),
        options -> options.cleanup(false),
        options -> options.ignoreCleanupErrors(true));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void eachSettingOfATemporaryFileCounts(UnaryOperator<TempOptions> setting) {
    TempOptions set = setting.apply(TempOptions.defaults());

    assertThat(set)
        .isEqualTo(setting.apply(TempOptions.defaults()))
        .hasSameHashCodeAs(setting.apply(TempOptions.defaults()))
        .isNotEqualTo(TempOptions.defaults())
        .isNotEqualTo(set.toString());
    assertThat(TempOptions.defaults()).isNotEqualTo(set);
    assertThat(set.toString()).isNotEqualTo(TempOptions.defaults().toString());
  }

  static List<UnaryOperator<PersistOptions>> ways() {
    return List.of(
        options -> options.replaceExisting(true),
        options -> options.targetLink(TargetLink.REFUSE),
        options -> options.mode(PersistMode.UMASK),
        options -> options.permissions(Set.of(PosixFilePermission.OWNER_READ)),
        options -> options.sync(true),
        options -> options.progress(PROGRESS));
  }

  @ParameterizedTest
  @MethodSource("ways")
  void eachWayToPersistCounts(UnaryOperator<PersistOptions> way) {
    PersistOptions set = way.apply(PersistOptions.defaults());

    assertThat(set)
        .isEqualTo(way.apply(PersistOptions.defaults()))
        .hasSameHashCodeAs(way.apply(PersistOptions.defaults()))
        .isNotEqualTo(PersistOptions.defaults())
        .isNotEqualTo(set.toString());
    assertThat(PersistOptions.defaults()).isNotEqualTo(set);
    assertThat(set.toString()).isNotEqualTo(PersistOptions.defaults().toString());
  }

  static List<LongFunction<TempOptions>> numbers() {
    return List.of(
        bytes -> TempOptions.defaults().maxFileSize(bytes),
        bytes -> TempOptions.defaults().spoolThreshold(bytes),
        bytes -> TempOptions.defaults().bufferSize((int) bytes),
        characters -> TempOptions.defaults().randomLength((int) characters));
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void negativeNumbersAreRefusedAndNamed(LongFunction<TempOptions> number) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> number.apply(-7))
        .withMessageContaining("is -7; allowed: 0 ");
  }

  @ParameterizedTest
  @ValueSource(ints = {201, Integer.MAX_VALUE})
  void aRandomPartOfMoreThan200CharactersIsRefused(int characters) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TempOptions.defaults().randomLength(characters))
        .withMessage("randomLength is " + characters + "; allowed: 0 to 200");
  }

  @Test
  void aModeReplacesPermissionsThatWereGiven() {
    PersistOptions given =
        PersistOptions.defaults().permissions(Set.of(PosixFilePermission.OWNER_READ));

    assertThat(given.mode(PersistMode.UMASK))
        .isEqualTo(PersistOptions.defaults().mode(PersistMode.UMASK));
  }
}
