package io.github.niotmp.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserPrincipal;
import java.nio.file.attribute.UserPrincipalLookupService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTest {
  private final UserPrincipalLookupService lookup = Accounts.lookup();

  @BeforeEach
  void needsNumbers() {
    assumeTrue(Accounts.uid() >= 0, "users have no numbers here");
  }

  @Test
  void newFilesBelongToTheUserAndGroupOfThisProcess(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    PosixFileAttributes created = Files.readAttributes(file, PosixFileAttributes.class);
    assertThat(Accounts.user()).isEqualTo(created.owner());
    assertThat(Accounts.group()).isEqualTo(created.group());
    assertThat(Accounts.uid()).isEqualTo(Files.getAttribute(file, "unix:uid"));
    assertThat(Accounts.gid()).isEqualTo(Files.getAttribute(file, "unix:gid"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "daemon"})
  void anAccountThatTheHostListsHasItsNumber(String name) throws IOException {
    assumeTrue(lists("/etc/passwd", name) && lists("/etc/group", name), "not listed here");
    UserPrincipal user = lookup.lookupPrincipalByName(name);
    GroupPrincipal group = lookup.lookupPrincipalByGroupName(name);

    assertThat(Accounts.uidOf(user) == 0).isEqualTo(name.equals("root"));
    assertThat(Accounts.uidOf(user)).isNotNegative();
    assertThat(Accounts.gidOf(group)).isNotNegative();
    assertThat(Accounts.ofUid(Accounts.uidOf(user))).isEqualTo(user);
    assertThat(Accounts.ofGid(Accounts.gidOf(group))).isEqualTo(group);
  }

  private static boolean lists(String list, String name) throws IOException {
    return Files.readAllLines(Path.of(list)).stream().anyMatch(line -> line.startsWith(name + ":"));
  }

  /** The second is above half of the range; the default file system names it by a negative one. */
  @ParameterizedTest
  @ValueSource(ints = {60_999, -2})
  void anAccountThatTheHostDoesNotListIsNamedByItsNumber(int number) throws IOException {
    UserPrincipal user = Accounts.ofUid(number);
    GroupPrincipal group = Accounts.ofGid(number);

    assertThat(user.getName()).isEqualTo(String.valueOf(number));
    assertThat(user).isEqualTo(lookup.lookupPrincipalByName(String.valueOf(number)));
    assertThat(group).isEqualTo(lookup.lookupPrincipalByGroupName(String.valueOf(number)));
    assertThat(Accounts.uidOf(user)).isEqualTo(number);
    assertThat(Accounts.gidOf(group)).isEqualTo(number);
  }

  @ParameterizedTest
  @ValueSource(strings = {"root", "there is no such account"})
  void aPrincipalOfAnotherFileSystemHasNone(String name) {
    GroupPrincipal foreign = () -> name;

    assertThatThrownBy(() -> Accounts.uidOf(foreign))
        .isInstanceOf(ProviderMismatchException.class)
        .hasMessage("Not a user of the default file system: " + foreign);
    assertThatThrownBy(() -> Accounts.gidOf(foreign))
        .isInstanceOf(ProviderMismatchException.class)
        .hasMessage("Not a group of the default file system: " + foreign);
  }
}
