package io.github.niotmp.internal.trust;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UserNamespaceTest {
  private static final String OVERFLOW = "65534\n";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", // of a process in a namespace without a map, as unshare -U makes it
        "         0       1000          1\n", // unshare -U -r
        "0 1000 1\n1 100000 65536\n", // rootless containers
        "no map\n",
        "0 0\n"
      })
  void theOwnerOfTheRootStandsForRootIfNoNumberDoes(String map) {
    assertThat(UserNamespace.unmappedRoot(map, OVERFLOW, 65534)).hasValue(65534);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "         0          0 4294967295\n", // outside of all namespaces
        "0 0 1\n",
        "1000 0 1\n", // root has another number
        "0 1000 1\n1 0 1\n"
      })
  void rootHasItsOwnNumberWhereItIsMapped(String map) {
    assertThat(UserNamespace.unmappedRoot(map, OVERFLOW, 65534)).isEmpty();
  }

  @Test
  void onlyTheOverflowUidStandsForAnUnmappedRoot() {
    assertThat(UserNamespace.unmappedRoot("", OVERFLOW, 1000)).isEqualTo(OptionalInt.empty());
    assertThat(UserNamespace.unmappedRoot("", "1000", 1000)).hasValue(1000);
  }
}
