package io.github.niotmp.clients.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.InitCommand;
import org.eclipse.jgit.revwalk.RevCommit;
import org.junit.jupiter.api.Test;

@Client(name = "JGit", artifact = "org.eclipse.jgit:org.eclipse.jgit")
class JGitTest {
  /** Fails once there is a method to use instead of {@code toFile()}. */
  @Test
  void takesNoPath() {
    assertThat(InitCommand.class.getMethods())
        .noneMatch(method -> List.of(method.getParameterTypes()).contains(Path.class));
  }

  @Limit(of = "JGit", asks = "InitCommand.setDirectory takes nothing but java.io.File")
  @Scenario("commits to a repository")
  void commits(Path root) throws Exception {
    Files.writeString(root.resolve("file"), "text");
    try (Git git = Git.init().setDirectory(root.toFile()).call()) {
      git.add().addFilepattern("file").call();
      RevCommit commit =
          git.commit()
              .setSign(false)
              .setAuthor("a", "a@b")
              .setCommitter("a", "a@b")
              .setMessage("first")
              .call();

      assertThat(git.log().call()).containsExactly(commit);
    }
  }
}
