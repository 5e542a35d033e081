package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class HeldWeaklyTest {

  @Test
  void aFileSystemThatIsClosedMeanwhileKeepsNoName() throws IOException {
    TmpFileSystem closed = OpenFileSystems.open("held-weakly", Settings.defaults());
    closed.close();

    OpenFileSystems.holdWeakly("held-weakly", closed);

    assertThat(OpenFileSystems.find("held-weakly")).isNull();
    try (TmpFileSystem again = OpenFileSystems.open("held-weakly", Settings.defaults())) {
      assertThat(OpenFileSystems.find("held-weakly")).isSameAs(again);
      OpenFileSystems.holdWeakly("held-weakly", again);
      assertThat(OpenFileSystems.find("held-weakly")).isSameAs(again);
    }
    assertThat(OpenFileSystems.find("held-weakly")).isNull();
  }
}
