package io.github.niotmp.tck.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.tck.forked.ForkedJvm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * T9: names are 128 bits and more of a {@code SecureRandom}.
 *
 * <p>CVE-2008-5360 (JRE), CVE-2013-2035 (HawtJNI).
 */
class T9NamesTest {
  /** 26 letters and digits of 5 bits each. */
  private static final Pattern RANDOM = Pattern.compile("[a-z2-7]{26}");

  /** The one directory that has to be found again; what is in it has random names. */
  private static final Pattern ROOT = Pattern.compile("/nio-tmp-[0-9]+\"");

  private static final int SAMPLES = 4_000;
  private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

  @TempDir Path host;
  @TempDir Path logs;

  @Test
  void theyComeFromSecureRandomAndNothingElse() throws Exception {
    Process process =
        ForkedJvm.start(NamesOfOurRandom.class, logs.resolve("errors"), List.of(), host.toString());
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();

    assertThat(process.waitFor()).as("%s", logs.resolve("errors")).isZero();
    assertThat(lines).hasSize(2).allSatisfy(T9NamesTest::isOfTheKnownSource);
  }

  private static void isOfTheKnownSource(String line) {
    String[] nameAndBytes = line.split(" ", -1);
    String random = nameAndBytes[0].substring("tmp".length());
    assertThat(RANDOM.matcher(random).matches()).isTrue();
    int[] bytes = bytes(random);
    for (int i = 0; i < bytes.length; i++) {
      assertThat(bytes[i]).isEqualTo((bytes[0] + i) % NamesOfOurRandom.CYCLE);
    }
    assertThat(Long.parseLong(nameAndBytes[1])).isGreaterThanOrEqualTo(16);
  }

  /** Returns the whole bytes that the letters hold, 5 bits each. */
  private static int[] bytes(String random) {
    StringBuilder bits = new StringBuilder();
    for (int i = 0; i < random.length(); i++) {
      int digit = DIGITS.indexOf(random.charAt(i));
      bits.append(String.format("%5s", Integer.toBinaryString(digit)).replace(' ', '0'));
    }
    int[] bytes = new int[bits.length() / 8];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = Integer.parseInt(bits.substring(8 * i, 8 * i + 8), 2);
    }
    return bytes;
  }

  @Test
  void eachOfTheirBitsIsSetAsOftenAsNot() throws IOException {
    int[] set = new int[26 * 5];
    Set<String> names = new HashSet<>();
    for (int i = 0; i < SAMPLES; i++) {
      try (TempFile file = TempFile.create(TempOptions.defaults().prefix(""))) {
        String name = String.valueOf(file.path().getFileName());
        assertThat(RANDOM.matcher(name).matches()).isTrue();
        assertThat(names.add(name)).isTrue();
        count(name, set);
      }
    }

    // six standard deviations: once in more runs than there will be
    double deviation = 6 * Math.sqrt(SAMPLES / 4.0);
    assertThat(Arrays.stream(set).boxed())
        .allMatch(count -> Math.abs(count - SAMPLES / 2.0) < deviation)
        .hasSizeGreaterThanOrEqualTo(128);
  }

  private static void count(String name, int[] set) {
    for (int i = 0; i < name.length(); i++) {
      int digit = DIGITS.indexOf(name.charAt(i));
      for (int bit = 0; bit < 5; bit++) {
        set[i * 5 + bit] += digit >> bit & 1;
      }
    }
  }

  @Test
  void whatTheLibraryMakesItselfHasSuchNames() throws Exception {
    SystemCalls calls = SystemCalls.ofMakingAll("022", host, logs.resolve("calls"));

    assertThat(calls.creatingFiles())
        .allMatch(call -> RANDOM.matcher(call.substring(0, call.indexOf("\", "))).find());
    assertThat(calls.creatingDirectories())
        .filteredOn(call -> !ROOT.matcher(call).find())
        .isNotEmpty()
        .allMatch(call -> RANDOM.matcher(call.substring(0, call.indexOf("\", "))).find());
  }
}
