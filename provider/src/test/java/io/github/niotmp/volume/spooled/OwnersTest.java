package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.account.Accounts;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Owners that are set on files in memory. */
@DisabledOnOs(OS.WINDOWS) // accounts have no numbers
class OwnersTest {
  private final TestVolume volume = new TestVolume();

  @BeforeEach
  void create() throws IOException {
    volume.create("/file");
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void anOwnerThatTheHostDoesNotListIsRefused() throws IOException {
    UserPrincipal before = volume.root.readAttributes(path("/file"), true).owner();
    // -1 stands for an account of a directory service, which /etc/passwd does not list
    UserPrincipal user = Accounts.lookup().lookupPrincipalByName("-1");
    GroupPrincipal group = Accounts.lookup().lookupPrincipalByGroupName("-1");

    assertThatThrownBy(() -> setOwner("/file", user, null))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/file: Unknown user -1");
    assertThatThrownBy(() -> setOwner("/file", null, group))
        .isInstanceOf(FileSystemException.class)
        .hasMessage("/file: Unknown group -1");

    assertThat(volume.root.readAttributes(path("/file"), true).owner()).isEqualTo(before);
  }

  @Test
  void aLinkCanBeGivenTheOwnerThatItHas() throws IOException {
    volume.root.createSymbolicLink(path("/link"), path("file"), List.of());

    setOwner("/link", Accounts.user(), Accounts.group());

    assertThat(volume.root.readAttributes(path("/link"), false).owner()).isEqualTo(Accounts.user());
  }

  private void setOwner(String path, @Nullable UserPrincipal owner, @Nullable GroupPrincipal group)
      throws IOException {
    volume.root.change(path(path), false, new AttributeChange.Owner(owner, group));
  }
}
