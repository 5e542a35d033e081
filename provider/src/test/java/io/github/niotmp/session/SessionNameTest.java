package io.github.niotmp.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionNameTest {
  @Test
  void aNameTellsItsProcess() {
    SessionName name = SessionName.fresh(ProcessIdentity.current());

    assertThat(SessionName.parse(name.toString())).isEqualTo(name);
    assertThat(name.owner()).isEqualTo(ProcessIdentity.current());
    assertThat(name.owner().pid()).isEqualTo(ProcessHandle.current().pid());
  }

  @Test
  void aProcessThatGotTheNumberOfAnotherIsNotTakenForIt() {
    ProcessIdentity one = new ProcessIdentity("boot", 1, 2, 3);

    assertThat(one)
        .isEqualTo(new ProcessIdentity("boot", 1, 2, 3))
        .isNotEqualTo(new ProcessIdentity("boot", 1, 2, 4))
        .isNotEqualTo(new ProcessIdentity("boot", 1, 4, 3))
        .isNotEqualTo(new ProcessIdentity("boot", 4, 2, 3))
        .isNotEqualTo(new ProcessIdentity("other", 1, 2, 3))
        .isNotEqualTo("boot");
  }

  @Test
  void noNameIsUsedTwice() {
    assertThat(SessionName.fresh(ProcessIdentity.current()))
        .isNotEqualTo(SessionName.fresh(ProcessIdentity.current()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s-",
        "s-0-0-1-2-short",
        "s-0-0-1-2-abcdefghijklmnopqrstuvwxy1",
        "s-0-0-99999999999999999999-2-abcdefghijklmnopqrstuvwxyz",
        "s-0-0--1-2-abcdefghijklmnopqrstuvwxyz",
        "s-0-0-1-2-abcdefghijklmnopqrstuvwxyz.lock",
        "x-0-0-1-2-abcdefghijklmnopqrstuvwxyz",
        "s-0-0-1-2-abcdefghijklmnopqrstuvwxyz/..",
      })
  void aMalformedNameIsNoSessionName(String text) {
    assertThat(SessionName.parse(text)).isNull();
  }

  @Test
  void aSystemThatTellsLittleHasNamesToo() {
    SessionName bare =
        new SessionName(new ProcessIdentity("", 0, 1, 2), "abcdefghijklmnopqrstuvwxyz");

    assertThat(SessionName.parse(bare.toString())).isEqualTo(bare);
  }

  @Test
  void aProcessLivesOnlyAsTheOneThatStartedThen() {
    ProcessIdentity me = ProcessIdentity.current();

    assertThat(me.isAlive()).isTrue();
    assertThat(new ProcessIdentity(me.bootId(), me.namespace(), me.pid(), me.start() + 1).isAlive())
        .isFalse();
    assertThat(new ProcessIdentity("0", me.namespace(), me.pid(), me.start()).isAlive()).isFalse();
    assertThat(new ProcessIdentity(me.bootId(), me.namespace() + 1, me.pid(), me.start()).isAlive())
        .isFalse();
  }

  @Test
  void noProcessLivesUnderANumberThatIsNotInUse() {
    ProcessIdentity me = ProcessIdentity.current();

    for (long start : new long[] {0, 1}) {
      assertThat(
              new ProcessIdentity(me.bootId(), me.namespace(), Integer.MAX_VALUE, start).isAlive())
          .isFalse();
    }
  }
}
