package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.internal.mapping.Mapping;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Channels of an open directory, and of files in it. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "looks into /proc/self/fd")
class OpenDirectoryTest {
  @TempDir Path directory;

  @Test
  void aDirectoryIsForcedUntilItIsClosed() throws IOException {
    BasicFileAttributes there = Files.readAttributes(directory, BasicFileAttributes.class);
    HostChannel channel =
        HostChannel.openDirectory(
            directory, there, () -> HostChannel.open(directory, Set.of(StandardOpenOption.READ)));
    channel.force(true);
    assertThat(OpenFiles.below(directory)).hasSize(1);

    channel.close();

    assertThat(OpenFiles.below(directory)).isEmpty();
    assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> channel.force(true));
  }

  @Test
  void aDirectoryThatCannotBeOpenedHasTheSizeOfItsAttributes() throws IOException {
    try (DirectoryChannel channel = new DirectoryChannel(null, 7)) {
      assertThat(channel.size()).isEqualTo(7);
    }
  }

  @Test
  void aFileInAnOpenDirectoryLeavesNoDescriptor() throws IOException {
    Path file = Files.write(directory.resolve("file"), new byte[] {1});
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      int before = OpenFiles.below(directory).size();
      HostChannel channel =
          HostChannel.open(
              (SecureDirectoryStream<Path>) stream,
              Path.of("file"),
              file,
              Set.of(StandardOpenOption.READ));
      assertThat(channel.map(Mapping.buffer(MapMode.READ_ONLY, 0, 1)).get(0)).isEqualTo((byte) 1);

      channel.close();

      assertThat(OpenFiles.below(directory)).hasSize(before);
    }
  }

  @Test
  void aChannelThatIsNoFileChannelIsClosedAndItsNewFileDeleted() throws IOException {
    Path old = Files.createFile(directory.resolve("old"));
    Path fresh = directory.resolve("fresh");
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      SecureDirectoryStream<Path> withoutFileChannels = withoutFileChannels(stream);
      int before = OpenFiles.below(directory).size();

      assertThatThrownBy(
              () ->
                  HostChannel.open(
                      withoutFileChannels, Path.of("old"), old, Set.of(StandardOpenOption.READ)))
          .isInstanceOf(FileSystemException.class)
          .hasMessage(old + ": Its provider opens no FileChannel in an open directory")
          .hasNoSuppressedExceptions();
      assertThatThrownBy(
              () ->
                  HostChannel.open(
                      withoutFileChannels,
                      Path.of("fresh"),
                      fresh,
                      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)))
          .isInstanceOf(FileSystemException.class)
          .hasNoSuppressedExceptions();

      assertThat(OpenFiles.below(directory)).hasSize(before);
    }
    assertThat(old).exists();
    assertThat(fresh).doesNotExist();
  }

  @SuppressWarnings("unchecked")
  private static SecureDirectoryStream<Path> withoutFileChannels(DirectoryStream<Path> stream) {
    return (SecureDirectoryStream<Path>)
        proxy(
            SecureDirectoryStream.class,
            (proxy, method, arguments) -> {
              Object result = call(stream, method, arguments);
              return result instanceof SeekableByteChannel channel
                  ? proxy(SeekableByteChannel.class, (same, of, with) -> call(channel, of, with))
                  : result;
            });
  }

  private static Object proxy(Class<?> type, InvocationHandler handler) {
    return Proxy.newProxyInstance(
        OpenDirectoryTest.class.getClassLoader(), new Class<?>[] {type}, handler);
  }

  private static Object call(Object target, java.lang.reflect.Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
