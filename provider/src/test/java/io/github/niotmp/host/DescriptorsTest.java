package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
  @Test
  void theLimitIsWhatTheSystemTellsJava() throws IOException, JMException {
    Object limit =
        ManagementFactory.getPlatformMBeanServer()
            .getAttribute(
                new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME),
                "MaxFileDescriptorCount");

    assertThat(Descriptors.limit()).hasValue((Long) limit);
  }

  @Test
  void halfOfThoseThatAreFreeAreOurs() {
    assertThat(Descriptors.share(100, 40)).isEqualTo(30);
    assertThat(Descriptors.share(100, 101)).isZero();
  }
}
