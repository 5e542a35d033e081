package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
  @Test
  void theLimitIsWhatTheSystemTellsJava() throws IOException {
    Object system = ManagementFactory.getOperatingSystemMXBean();
    assumeTrue(system instanceof UnixOperatingSystemMXBean);

    assertThat(Descriptors.limit())
        .hasValue(((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount());
  }

  @Test
  void halfOfThoseThatAreFreeAreOurs() {
    assertThat(Descriptors.share(100, 40)).isEqualTo(30);
    assertThat(Descriptors.share(100, 101)).isZero();
  }
}
