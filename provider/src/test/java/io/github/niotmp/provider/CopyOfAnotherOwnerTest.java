package io.github.niotmp.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Copies of another user's file by root, who may give it to that user, or not. */
class CopyOfAnotherOwnerTest {
  private static final int ANOTHER = 4242;

  @Test
  void aCopyThatCannotGetTheOwnerGetsNoSetIdBits() throws Exception {
    TmpFileSystemProvider provider = new TmpFileSystemProvider();
    try (FileSystem opened = provider.newFileSystem(URI.create("tmp://another-owner"), Map.of())) {
      TmpFileSystem fileSystem = (TmpFileSystem) opened;
      Path source = Files.writeString(fileSystem.getPath("/source"), "text");
      assumeTrue(Files.getAttribute(source, "unix:uid").equals(0), "only root gives files away");
      Files.setAttribute(source, "unix:uid", ANOTHER);
      Files.setAttribute(source, "unix:mode", 06755);

      Path given = fileSystem.getPath("/given");
      copy(source, fileSystem.root(), given);
      Path kept = fileSystem.getPath("/kept");
      copy(source, withoutNewOwners(fileSystem.root()), kept);

      assertThat(Files.readAttributes(given, "unix:uid,mode"))
          .containsEntry("uid", ANOTHER)
          .containsEntry("mode", 0106755);
      assertThat(Files.readAttributes(kept, "unix:uid,mode"))
          .containsEntry("uid", 0)
          .containsEntry("mode", 0100755);
    }
  }

  @Test
  void aCopyGetsTheGroupEvenIfItHasTheOwner() throws Exception {
    TmpFileSystemProvider provider = new TmpFileSystemProvider();
    try (FileSystem opened = provider.newFileSystem(URI.create("tmp://another-group"), Map.of())) {
      TmpFileSystem fileSystem = (TmpFileSystem) opened;
      Path source = Files.writeString(fileSystem.getPath("/source"), "text");
      assumeTrue(Files.getAttribute(source, "unix:uid").equals(0), "only root gives files away");
      Files.setAttribute(source, "unix:gid", ANOTHER);

      Path given = fileSystem.getPath("/given");
      copy(source, fileSystem.root(), given);

      assertThat(Files.getAttribute(given, "unix:gid")).isEqualTo(ANOTHER);
    }
  }

  private static void copy(Path source, DirectoryHandle to, Path target) throws Exception {
    TmpFileSystem fileSystem = (TmpFileSystem) source.getFileSystem();
    new FileCopy(
            fileSystem.root(),
            TmpPath.cast(source),
            fileSystem.views(),
            to,
            TmpPath.cast(target),
            fileSystem.views(),
            () -> {})
        .copy(StandardCopyOption.COPY_ATTRIBUTES);
  }

  /** Returns a directory as one has it who lacks the capability to give files away. */
  private static DirectoryHandle withoutNewOwners(DirectoryHandle directory) {
    return (DirectoryHandle)
        Proxy.newProxyInstance(
            DirectoryHandle.class.getClassLoader(),
            new Class<?>[] {DirectoryHandle.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && Arrays.stream(arguments).anyMatch(AttributeChange.Owner.class::isInstance)) {
                throw new FileSystemException("/kept", null, "Operation not permitted");
              }
              try {
                return method.invoke(directory, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }
}
