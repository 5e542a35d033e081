package io.github.niotmp.tck.exit;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.internal.cleanup.HostNames;
import java.lang.reflect.Field;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The steps that the exit takes with files on another provider, while this JVM goes on. */
class OwnersElsewhereTest {

  @Test
  void filesThatTheJdkCannotDeleteStayUntilAllHooksHaveEnded() throws Exception {
    try (FileSystem host = Jimfs.newFileSystem(Configuration.unix())) {
      Set<HostNames.Owner> before = Set.copyOf(owners());
      Path work = host.getPath("/work");
      TempFile file = TempFile.create(TempOptions.defaults().directory(work));
      TempFile kept = TempFile.create(TempOptions.defaults().directory(work));
      TempDirectory directory = TempDirectory.create(TempOptions.defaults().directory(work));
      List<HostNames.Owner> ours =
          owners().stream().filter(owner -> !before.contains(owner)).toList();

      for (HostNames.Owner owner : ours) {
        owner.exit();
        owner.exitLast();
      }
      assertThat(file.path()).exists();
      assertThat(directory.path()).exists();
      Path stays = kept.keep();
      for (HostNames.Owner owner : ours) {
        owner.exitLast();
      }
      file.close();
      directory.close();

      assertThat(work).isDirectoryContaining(path -> path.equals(stays));
      assertThat(work).isDirectoryNotContaining(path -> !path.equals(stays));
    }
  }

  @SuppressWarnings("unchecked") // the field says what it holds
  private static Set<HostNames.Owner> owners() throws ReflectiveOperationException {
    Field owners = HostNames.class.getDeclaredField("OWNERS");
    owners.setAccessible(true);
    return (Set<HostNames.Owner>) requireNonNull(owners.get(null));
  }
}
