package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another program, such as a tmp cleaner, takes the directory of the whole tree. */
class TakenTreeTest {
  @TempDir Path host;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private FileSystem tmp;

  @SuppressWarnings("NullAway.Init") // by @BeforeEach
  private Path real;

  @BeforeEach
  void open() throws IOException {
    tmp = TmpFileSystems.open(Map.of("storage", "host", "directory", host));
    Files.writeString(tmp.getPath("/file"), "text");
    real = Files.getFileAttributeView(tmp.getPath("/"), TmpFileAttributeView.class).hostPath();
  }

  @AfterEach
  void close() throws IOException {
    tmp.close();
  }

  private void assertSays(String what, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("The directory of this file system, " + real + ", was " + what);
  }

  @SuppressWarnings("StreamResourceLeak") // it is refused
  private void assertAllSay(String what) {
    Path file = tmp.getPath("/file");
    assertSays(what, () -> Files.readString(file));
    assertSays(what, () -> Files.writeString(tmp.getPath("/new"), "text"));
    assertSays(what, () -> Files.createDirectory(tmp.getPath("/new")));
    assertSays(what, () -> Files.newDirectoryStream(tmp.getPath("/")).close());
    assertSays(what, () -> Files.size(file));
    assertSays(what, () -> Files.delete(file));
    assertSays(what, () -> Files.move(file, tmp.getPath("/new")));
    assertSays(what, () -> Files.getFileStore(tmp.getPath("/")));
    assertThat(Files.exists(file)).isFalse();
  }

  @Test
  void eachCallSaysThatItIsGone() throws IOException {
    try (FileChannel channel = FileChannel.open(tmp.getPath("/file"))) {
      MoreFiles.deleteRecursively(real, RecursiveDeleteOption.ALLOW_INSECURE);

      assertAllSay("removed by another program");
      assertThatThrownBy(() -> Files.readString(tmp.getPath("/file")))
          .isInstanceOf(NoSuchFileException.class);
      assertThat(channel.size()).isEqualTo(4); // what is open stays
    }
  }

  @Test
  void eachCallSaysThatAnotherHasItsPlace() throws IOException {
    Path aside = Files.move(real, host.resolve("aside"));
    Files.createDirectory(real);
    Files.writeString(real.resolve("file"), "of another program");

    assertAllSay("replaced by another program");

    assertThat(real.resolve("file")).hasContent("of another program");
    MoreFiles.deleteRecursively(real, RecursiveDeleteOption.ALLOW_INSECURE);
    Files.move(aside, real);
    assertThat(tmp.getPath("/file")).hasContent("text");
  }
}
