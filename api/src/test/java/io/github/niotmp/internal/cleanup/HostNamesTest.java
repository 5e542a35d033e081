package io.github.niotmp.internal.cleanup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook of the exit, and the steps that it takes with what a user holds. */
class HostNamesTest {
  @TempDir Path directory;

  @Test
  void theHookIsRegisteredWhileAFileHasAName() throws Exception {
    TempFile file = TempFile.create(TempOptions.defaults().directory(directory));
    HostNames.removeHookIfIdle();
    assertThat(hook()).isNotNull();

    file.close();
    HostNames.removeHookIfIdle();
    if (owners().isEmpty()) { // other tests may have left some to the collector
      assertThat(hook()).isNull();
    }
    assertThat(HostNames.isExiting()).isFalse();
    assertThat(HostNames.isEnding()).isFalse();
  }

  @Test
  void filesRegisteredByTheExitCanBeKeptOrRemoved() throws Exception {
    Set<HostNames.Owner> before = Set.copyOf(owners());
    TempOptions here = TempOptions.defaults().directory(directory);
    TempFile removed = TempFile.create(here);
    TempFile kept = TempFile.create(here);
    TempDirectory tree = TempDirectory.create(here);
    Files.createFile(tree.resolve("entry"));
    List<HostNames.Owner> ours =
        owners().stream().filter(owner -> !before.contains(owner)).toList();
    assertThat(ours).hasSize(3);

    for (HostNames.Owner owner : ours) {
      owner.exit();
      owner.exit();
      owner.exitLast();
      assertThat(owner.registerAbove(directory.resolve("other"))).isFalse();
    }
    Path stays = kept.keep();
    removed.close();
    tree.close();

    assertThat(owners()).doesNotContainAnyElementsOf(ours);
    for (HostNames.Owner owner : ours) {
      owner.exit();
      owner.exitLast(); // nothing is left to register
    }
    assertThat(stays).exists();
    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left.filter(path -> !isForTheJdk(path))).containsExactly(stays);
    }
  }

  /** The JDK deletes through a link in such a directory, and then the directory. */
  private static boolean isForTheJdk(Path path) {
    return String.valueOf(path.getFileName()).startsWith("nio-tmp-exit-")
        && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  @Test
  void aCreationIsCountedUntilItEnds() throws Exception {
    Field field = HostNames.class.getDeclaredField("CREATING");
    field.setAccessible(true);
    Number count = (Number) requireNonNull(field.get(null));
    int before = count.intValue();
    try (HostNames.Creation creation = HostNames.creating()) {
      assertThat(count.intValue()).isGreaterThan(before);
      assertThat(creation).isNotNull();
    }
    assertThat(count.intValue()).isEqualTo(before);
  }

  @SuppressWarnings("unchecked") // the field says what it holds
  private static Set<HostNames.Owner> owners() throws ReflectiveOperationException {
    Field owners = HostNames.class.getDeclaredField("OWNERS");
    owners.setAccessible(true);
    return (Set<HostNames.Owner>) requireNonNull(owners.get(null));
  }

  private static @Nullable Object hook() throws ReflectiveOperationException {
    Field hook = HostNames.class.getDeclaredField("HOOK");
    hook.setAccessible(true);
    return ((AtomicReference<?>) requireNonNull(hook.get(null))).get();
  }
}
