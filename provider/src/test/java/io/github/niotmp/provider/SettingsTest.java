package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpSettings.Trust;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.host.DirectoryRules;
import io.github.niotmp.memory.HeapBudget;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final URI PLAIN = URI.create("tmp://name");

  private static ContentSettings spooled(FileSystemSettings settings) {
    return settings.content();
  }

  @Test
  void anEmptyMapGivesTheDefaults() {
    assertThat(Settings.of(PLAIN, Map.of()))
        .isEqualTo(Settings.defaults())
        .isEqualTo(
            new FileSystemSettings(
                TmpSettings.Storage.SPOOLED,
                new ContentSettings(
                    Math.min(128 << 20, Runtime.getRuntime().maxMemory() / 16),
                    1 << 20,
                    Runtime.getRuntime().maxMemory() / 4,
                    Long.MAX_VALUE,
                    Long.MAX_VALUE),
                Runtime.getRuntime().maxMemory() / 1024,
                null,
                false,
                null,
                DirectoryRules.STRICT,
                null,
                false,
                false,
                TmpSettings.OpenAtClose.CLOSE));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "123, 123",
    "007, 7",
    "1KiB, 1024",
    "64KiB, 65536",
    "1MiB, 1048576",
    "2GiB, 2147483648",
    "3TiB, 3298534883328",
    "8388607TiB, 9223370937343148032",
    "9223372036854775806, 9223372036854775806",
    "unlimited, 9223372036854775807"
  })
  void aSizeIsTextWithOrWithoutAUnit(String text, long bytes) {
    FileSystemSettings inMap = Settings.of(PLAIN, Map.of(TmpSettings.SPOOL_THRESHOLD, text));
    FileSystemSettings inQuery =
        Settings.of(URI.create("tmp://name?spoolThreshold=" + text), Map.of());

    assertThat(spooled(inMap).spoolThreshold()).isEqualTo(bytes);
    assertThat(inQuery).isEqualTo(inMap);
  }

  @Test
  void aSizeIsANumber() {
    ContentSettings settings =
        spooled(
            Settings.of(
                PLAIN,
                Map.of(TmpSettings.SPOOL_THRESHOLD, 7, TmpSettings.MEMORY_BUDGET, 1L << 40)));

    assertThat(settings.spoolThreshold()).isEqualTo(7);
    assertThat(settings.memoryBudget()).isEqualTo(1L << 40);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "-1",
        "+1",
        "1.5MiB",
        "1KB",
        "1kib",
        "1K",
        "0x10",
        "1_000",
        "KiB",
        "Unlimited",
        "\u0661",
        "8388608TiB",
        "9223372036854775808",
        "99999999999999999999"
      })
  void anotherSizeIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.MAX_SIZE, text)))
        .withMessageStartingWith("Setting 'maxSize' is '" + text + "'; allowed: bytes, such as 0");
  }

  @Test
  void theMemoryBudgetCanBeAShareOfTheBudgetOfTheJvm() {
    long whole = HeapBudget.ofJvm().limit();
    FileSystemSettings half = Settings.of(PLAIN, Map.of(TmpSettings.MEMORY_BUDGET, "50%"));

    assertThat(spooled(half).memoryBudget()).isEqualTo(whole / 2);
    assertThat(Settings.of(URI.create("tmp://name?memoryBudget=50%25"), Map.of())).isEqualTo(half);
    assertThat(spooled(Settings.of(PLAIN, Map.of("memoryBudget", "100%"))).memoryBudget())
        .isEqualTo(whole);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0%", "101%", "-1%", "x%", "12.5%", "%", "5 %"})
  void anotherShareIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.MEMORY_BUDGET, text)))
        .withMessage(
            "Setting 'memoryBudget' is '"
                + text
                + "'; allowed: bytes, such as 0, 4096, 64KiB, 1MiB, 2GiB, 1TiB, or unlimited; or a"
                + " share, from 1% to 100% of the budget of the JVM");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spoolThreshold", "maxSize", "maxFileSize", "maxFiles", "maxDescriptors"})
  void onlyTheMemoryBudgetCanBeAShare(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(key, "50%")))
        .withMessageStartingWith("Setting '" + key + "' is '50%'; allowed: ");
  }

  @Test
  void anotherTypeIsRefused() {
    for (Object value : new Object[] {-1, -1L, 1.5, true, (short) 1}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.MEMORY_BUDGET, value)))
          .withMessageStartingWith("Setting 'memoryBudget' is '" + value + "'; allowed: ");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Collections.singletonMap(TmpSettings.MAX_SIZE, null)))
        .withMessage("Setting 'maxSize' is null");
  }

  @Test
  void aCountIsANumberOrTextOrUnlimited() {
    for (Object given : new Object[] {7, 7L, "7", "007"}) {
      assertThat(Settings.of(PLAIN, Map.of(TmpSettings.MAX_FILES, given)).maxFiles()).isEqualTo(7);
    }
    assertThat(Settings.of(PLAIN, Map.of(TmpSettings.MAX_FILES, "unlimited")).maxFiles())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anotherCountIsRefused() {
    for (Object given :
        new Object[] {-1, -1L, 1.5, true, "", "-1", "1KiB", "1000000000000000000"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.MAX_DESCRIPTORS, given)))
          .withMessage(
              "Setting 'maxDescriptors' is '"
                  + given
                  + "'; allowed: a number, such as 0 or 100000, or unlimited");
    }
  }

  @Test
  void theDirectoryIsAPathOrAUriOrTextOfEither(@TempDir Path directory) {
    for (Object given :
        new Object[] {
          directory, directory.toUri(), directory.toString(), directory.toUri().toString()
        }) {
      assertThat(Settings.of(PLAIN, Map.of(TmpSettings.DIRECTORY, given)).directory())
          .as("%s", given)
          .isEqualTo(directory);
    }
    URI uri = URI.create("tmp://name?directory=%2Fa%20b%26c%3D%C3%A9");
    assertThat(Settings.of(uri, Map.of()).directory()).isEqualTo(Path.of("/a b&c=\u00e9"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nosuchprovider:/a", "file:a", "file://host/a", "file:/%", "a\0b"})
  void anotherDirectoryIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.DIRECTORY, text)))
        .withMessageStartingWith("Setting 'directory' is '" + text + "'; allowed: a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"spoolthreshold=1", "size=1", "=1", "maxSize%20=1"})
  void anUnknownKeyIsRefused(String query) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(URI.create("tmp://name?" + query), Map.of()))
        .withMessageStartingWith("Unknown setting '")
        .withMessageContaining(
            "[storage, spoolThreshold, memoryBudget, maxSize, maxFileSize, maxFiles, maxDescriptors,"
                + " longPaths, directory, ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "maxSize", "maxSize=1&", "&maxSize=1", "maxSize=1&&memoryBudget=1"})
  void aQueryIsPairs(String query) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(URI.create("tmp://name?" + query), Map.of()))
        .withMessageContaining("allowed is key=value");
  }

  @Test
  void aKeyIsOnceInAQuery() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(URI.create("tmp://name?maxSize=1&maxSize=1"), Map.of()))
        .withMessageContaining("'maxSize' is twice");
  }

  @Test
  void queryAndMapMayAgreeAndNotDiffer() {
    URI uri = URI.create("tmp://name?maxSize=1KiB&spoolThreshold=5");

    assertThat(Settings.of(uri, Map.of(TmpSettings.MAX_SIZE, 1024L)))
        .isEqualTo(Settings.of(uri, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(uri, Map.of(TmpSettings.MAX_SIZE, 1025)))
        .withMessageContaining("'maxSize' is '1025'")
        .withMessageContaining(uri.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void anMxbeanIsAFlag(String text) {
    boolean asked = Boolean.parseBoolean(text);

    assertThat(Settings.of(PLAIN, Map.of(TmpSettings.MXBEAN, text)).mxbean()).isEqualTo(asked);
    assertThat(Settings.of(PLAIN, Map.of(TmpSettings.MXBEAN, asked)).mxbean()).isEqualTo(asked);
    assertThat(Settings.of(URI.create("tmp://name?mxbean=" + text), Map.of()).mxbean())
        .isEqualTo(asked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "TRUE", "1", "yes"})
  void anotherFlagIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.MXBEAN, text)))
        .withMessage("Setting 'mxbean' is '" + text + "'; allowed: true, false");
  }

  @Test
  void storageIsSpooledOrHost() {
    assertThat(Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, "spooled")))
        .isEqualTo(Settings.defaults());
    assertThat(Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, "host")))
        .extracting(
            FileSystemSettings::storage, FileSystemSettings::directory, FileSystemSettings::rules)
        .containsExactly(TmpSettings.Storage.HOST, null, DirectoryRules.STRICT);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, "disk")))
        .withMessage("Setting 'storage' is 'disk'; allowed: spooled, host");
  }

  @Test
  void aChoiceIsTextOrItsConstant() {
    for (TmpSettings.Storage storage : TmpSettings.Storage.values()) {
      String text = storage == TmpSettings.Storage.HOST ? "host" : "spooled";
      assertThat(Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, storage)))
          .isEqualTo(Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, text)))
          .isEqualTo(Settings.of(PLAIN, TmpSettings.defaults().storage(storage)));
    }
    for (TmpSettings.OpenAtClose choice : TmpSettings.OpenAtClose.values()) {
      String text = choice == TmpSettings.OpenAtClose.FAIL ? "fail" : "close";
      assertThat(Settings.of(PLAIN, Map.of(TmpSettings.OPEN_AT_CLOSE, choice)).openAtClose())
          .isEqualTo(choice);
      assertThat(Settings.of(PLAIN, Map.of(TmpSettings.OPEN_AT_CLOSE, text)).openAtClose())
          .isEqualTo(choice);
    }
    for (Trust trust : Trust.values()) {
      String text = trust == Trust.ANY ? "any" : "strict";
      for (String storage : new String[] {"spooled", "host"}) {
        Map<String, ?> settings = Map.of("storage", storage, TmpSettings.TRUST, trust);
        assertThat(Settings.of(PLAIN, settings))
            .isEqualTo(Settings.of(PLAIN, Map.of("storage", storage, "trust", text)))
            .isEqualTo(
                Settings.of(URI.create("tmp://n?trust=" + text + "&storage=" + storage), Map.of()));
      }
    }
    for (Object given : new Object[] {"ANY", "", true, TmpSettings.Storage.HOST}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.TRUST, given)))
          .withMessage("Setting 'trust' is '" + given + "'; allowed: strict, any");
    }
    for (TmpSettings.Permissions choice : TmpSettings.Permissions.values()) {
      boolean ownersOnly = choice == TmpSettings.Permissions.REQUIRE;
      for (Object given : new Object[] {choice, ownersOnly ? "require" : "ignore"}) {
        assertThat(
                Settings.of(
                        PLAIN, Map.of(TmpSettings.STORAGE, "host", TmpSettings.PERMISSIONS, given))
                    .rules())
            .isEqualTo(new DirectoryRules(Trust.STRICT, ownersOnly));
      }
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.PERMISSIONS, "0644")))
        .withMessage("Setting 'permissions' is '0644'; allowed: require, ignore");
    for (Object given : new Object[] {"HOST", "Host", TmpSettings.OpenAtClose.CLOSE}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, given)))
          .withMessage("Setting 'storage' is '" + given + "'; allowed: spooled, host");
    }
  }

  @Test
  void aValueOfTheBuilderMeansTheSameAsItsKey() {
    TmpSettings built =
        TmpSettings.defaults()
            .spoolThreshold(64 << 10)
            .memoryBudget(TmpSettings.UNLIMITED)
            .maxSize(2L << 30)
            .maxFiles(TmpSettings.UNLIMITED)
            .maxDescriptors(Long.MAX_VALUE - 1)
            .longPaths(true)
            .directory(Path.of("/d"))
            .trackOpeners(true);
    FileSystemSettings settings = Settings.of(PLAIN, built);

    assertThat(settings)
        .isEqualTo(
            new FileSystemSettings(
                TmpSettings.Storage.SPOOLED,
                new ContentSettings(64 << 10, 64 << 10, Long.MAX_VALUE, 2L << 30, Long.MAX_VALUE),
                Long.MAX_VALUE,
                Long.MAX_VALUE - 1,
                true,
                Path.of("/d"),
                DirectoryRules.STRICT,
                null,
                false,
                true,
                TmpSettings.OpenAtClose.CLOSE));
  }

  @Test
  void theClockIsAnInstantSourceInTheMap() {
    InstantSource clock = InstantSource.fixed(Instant.EPOCH);

    assertThat(Settings.of(PLAIN, TmpSettings.defaults().clock(clock)).clock()).isSameAs(clock);
    assertThat(Settings.of(PLAIN, Map.of(TmpSettings.CLOCK, Clock.systemUTC())).clock())
        .isEqualTo(Clock.systemUTC());
    for (Object given : new Object[] {"system", Instant.EPOCH}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.CLOCK, given)))
          .withMessageStartingWith(
              "Setting 'clock' is '" + given + "'; allowed: a java.time.InstantSource");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(URI.create("tmp://name?clock=system"), Map.of()))
        .withMessageContaining("which a URI cannot hold");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, "host", TmpSettings.CLOCK, clock)))
        .withMessageEndingWith("; allowed: no value if 'storage' is 'host'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spoolThreshold",
        "memoryBudget",
        "maxSize",
        "maxFileSize",
        "maxFiles",
        "maxDescriptors"
      })
  void aSettingOfSpooledVolumesIsRefusedWithStorageHost(String key) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Settings.of(PLAIN, Map.of(TmpSettings.STORAGE, "host", key, 1)))
        .withMessage("Setting '" + key + "' is '1'; allowed: no value if 'storage' is 'host'");
  }
}
