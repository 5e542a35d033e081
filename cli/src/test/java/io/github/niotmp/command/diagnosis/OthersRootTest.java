package io.github.niotmp.command.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.internal.trust.ProcessUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OthersRootTest {
  @TempDir Path temporary;

  @Test
  void onlyDirectoriesOfOtherUsersAreNamed() throws IOException {
    Path root = temporary.resolve("nio-tmp-1");
    Path other = Files.createDirectory(temporary.resolve("nio-tmp-2"));
    Files.createFile(temporary.resolve("nio-tmp-3"));
    Files.createDirectory(temporary.resolve("nio-tmp-clients"));
    Files.createSymbolicLink(temporary.resolve("nio-tmp-4"), other);
    int uid = ProcessUser.uid();

    assertThat(OthersRoot.beside(root, uid)).isEmpty();
    assertThat(OthersRoot.beside(root, uid + 1))
        .containsExactly(new OthersRoot(other, Files.getOwner(other).getName()));
  }

  @Test
  void aDirectoryThatCannotBeListedHasNone() {
    assertThat(OthersRoot.beside(temporary.resolve("missing").resolve("nio-tmp-1"), 1)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "1000, /tmp, '#1000' nio-tmp sweep /tmp",
        "a-b.c, /var/tmp, a-b.c nio-tmp sweep /var/tmp",
        "AD\\eve, /my dir, 'AD\\eve' nio-tmp sweep '/my dir'",
        "eve, /it's $HOME;, eve nio-tmp sweep '/it'\\''s $HOME;'"
      })
  void theCommandIsOneForAShell(String owner, Path parent, String command) {
    OthersRoot root = new OthersRoot(parent.resolve("nio-tmp-1"), owner);

    assertThat(OthersRoot.text(List.of(root))).endsWith(": sudo -u " + command);
  }

  @Test
  void aLineNamesTheFirstAndTheNumber() {
    OthersRoot alice = new OthersRoot(Path.of("/tmp/nio-tmp-1"), "alice");
    OthersRoot bob = new OthersRoot(Path.of("/tmp/nio-tmp-2"), "bob");

    assertThat(OthersRoot.text(List.of(alice, bob)))
        .isEqualTo(
            "other users (2): /tmp/nio-tmp-1 (alice), /tmp/nio-tmp-2 (bob); only its owner sweeps a"
                + " directory: sudo -u alice nio-tmp sweep /tmp");
    assertThat(OthersRoot.text(List.of(alice, bob, bob, bob)))
        .startsWith("other users (4): ")
        .contains("(bob), /tmp/nio-tmp-2 (bob), ...; only");
  }
}
