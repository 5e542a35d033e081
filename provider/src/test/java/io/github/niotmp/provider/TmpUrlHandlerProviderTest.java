package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TmpUrlHandlerProviderTest {
  @Test
  void theProtocolIsTmpInAnyCaseAndNoOther() {
    TmpUrlHandlerProvider provider = new TmpUrlHandlerProvider();

    assertThat(provider.createURLStreamHandler("tmp"))
        .isNotNull()
        .isSameAs(provider.createURLStreamHandler("TMP"));
    assertThat(provider.createURLStreamHandler("file")).isNull();
  }
}
