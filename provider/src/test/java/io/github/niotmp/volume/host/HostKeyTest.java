package io.github.niotmp.volume.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostKeyTest {
  @Test
  void filesDifferByDeviceOrByKey() {
    HostKey key = new HostKey(1, "inode 1");

    assertThat(key)
        .isEqualTo(new HostKey(1, "inode 1"))
        .hasSameHashCodeAs(new HostKey(1, "inode 1"))
        .isNotEqualTo(new HostKey(2, "inode 1"))
        .isNotEqualTo(new HostKey(1, "inode 2"))
        .isNotEqualTo(new HostKey(1, null))
        .isNotEqualTo("inode 1");
  }
}
