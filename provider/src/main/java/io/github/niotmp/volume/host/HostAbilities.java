package io.github.niotmp.volume.host;

import io.github.niotmp.host.HostChannel;
import io.github.niotmp.internal.cleanup.Names;
import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.internal.foreign.ForeignProvider;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * The probe of a provider when a volume opens. A provider that lacks an ability that the volume
 * needs (of zip files, of an object store) is refused at once, and not at the first file.
 */
final class HostAbilities {
  private static final Set<OpenOption> CREATE =
      Set.of(
          StandardOpenOption.CREATE_NEW,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private HostAbilities() {}

  /**
   * Creates, writes, reads and removes a file in a directory.
   *
   * @param parent the directory of the setting, for the exception
   * @throws FileSystemException if the provider cannot serve a volume; it names the ability
   */
  static void check(Path parent, Path directory) throws IOException {
    if (directory.getFileSystem() == FileSystems.getDefault()) {
      return; // the default provider has all abilities
    }
    Path file = directory.resolve(Names.random("probe-"));
    HostChannel channel =
        step(
            parent,
            "create a file, open for reading and writing, without following a link",
            () -> HostChannel.open(file, CREATE, OwnerOnly.file(file)));
    Closer closer = new Closer();
    closer.close(() -> use(parent, file, channel));
    closer.close(channel);
    closer.close(() -> step(parent, "remove a file", () -> ForeignProvider.deleteIfExists(file)));
    closer.finish();
  }

  private static void use(Path parent, Path file, HostChannel channel) throws IOException {
    step(
        parent,
        "write at a position",
        () -> {
          ByteBuffer bytes = ByteBuffer.wrap(new byte[] {1, 2, 3});
          while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
          }
          channel.truncate(2);
          return channel;
        });
    step(
        parent,
        "show written bytes to the next channel on the file",
        () -> {
          try (HostChannel second = HostChannel.open(file, READ)) {
            ByteBuffer bytes = ByteBuffer.allocate(2);
            while (bytes.hasRemaining() && second.read(bytes, bytes.position()) > 0) {
              // one read may return less
            }
            if (bytes.hasRemaining() || bytes.get(1) != 2 || second.size() != 2) {
              throw new IOException("It does not");
            }
            return bytes;
          }
        });
  }

  private static <T> T step(Path parent, String ability, HostFailure.Step<T> step)
      throws IOException {
    try {
      return HostFailure.checked(parent, step);
    } catch (IOException e) {
      FileSystemException refusal =
          new FileSystemException(
              parent.toString(),
              null,
              "storage=host needs a provider that can "
                  + ability
                  + ": "
                  + HostFailure.words(e)
                  + "; choose another 'directory'");
      refusal.initCause(e);
      throw refusal;
    }
  }
}
