package io.github.niotmp.tck.hostvolume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.TmpFileHandle;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A file of the host that is open, and has no name there any more. */
class NamelessFileTest {
  private static final FileTime TIME = FileTime.fromMillis(1_000_000);

  @Test
  @EnabledOnOs(OS.LINUX) // where a path leads to what is open
  void hasItsAttributesOnTheDisk(@TempDir Path host) throws IOException {
    try (FileSystem tmp = open(host);
        FileChannel channel = openAndDelete(tmp)) {
      TmpFileAttributeView view = ((TmpFileHandle) channel).view();

      view.setTimes(TIME, null, null);

      assertThat(view.readAttributes().lastModifiedTime()).isEqualTo(TIME);
      assertThat(view.readAttributes().size()).isEqualTo(3);
      assertThatIsMissing(view::hostPath);
    }
  }

  @Test
  void hasNoneWhereNothingLeadsToIt() throws IOException {
    try (FileSystem jimfs = Jimfs.newFileSystem(Configuration.unix());
        FileSystem tmp = open(Files.createDirectory(jimfs.getPath("/host")));
        FileChannel channel = openAndDelete(tmp)) {
      TmpFileAttributeView view = ((TmpFileHandle) channel).view();

      assertThatIsMissing(view::readAttributes);
      assertThatIsMissing(() -> view.setTimes(TIME, null, null));
      assertThat(channel.size()).isEqualTo(3);
    }
  }

  @Test
  void hadOneThatItsHandleLedTo(@TempDir Path host) throws IOException {
    try (FileSystem tmp = open(host)) {
      Path file = Files.writeString(tmp.getPath("/file"), "abc");
      Path real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
      try (FileChannel channel = FileChannel.open(file);
          FileChannel goes = FileChannel.open(file, StandardOpenOption.DELETE_ON_CLOSE)) {
        TmpFileAttributeView view = ((TmpFileHandle) channel).view();
        TmpFileAttributeView viewOfGoing = ((TmpFileHandle) goes).view();

        assertThat(view.hostPath()).isEqualTo(real);
        assertThat(view.readAttributes().lifetime()).isEqualTo(Lifetime.FILE_SYSTEM);
        assertThat(viewOfGoing.readAttributes().lifetime()).isEqualTo(Lifetime.HANDLE);
      }
      assertThat(real).doesNotExist();
    }
  }

  @Test
  void isNotTheOneThatTookItsName(@TempDir Path host) throws IOException {
    try (FileSystem tmp = open(host)) {
      Path file = Files.writeString(tmp.getPath("/file"), "abc");
      try (FileChannel channel = FileChannel.open(file)) {
        Path other = Files.writeString(tmp.getPath("/other"), "longer");
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(channel.size()).isEqualTo(3);
        assertThatIsMissing(((TmpFileHandle) channel).view()::hostPath);
      }
    }
  }

  private static FileSystem open(Path host) throws IOException {
    return TmpFileSystems.open(Map.of("storage", "host", "directory", host));
  }

  private static FileChannel openAndDelete(FileSystem tmp) throws IOException {
    Path file = Files.writeString(tmp.getPath("/file"), "abc");
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(file);
    return channel;
  }

  private static void assertThatIsMissing(ThrowingCallable call) {
    assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(call).withMessage("/file");
  }
}
