package io.github.niotmp.clients;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** A kind of volume that scenarios run on. */
public enum Storage {
  /** Files move to the disk after seven bytes, in the middle of what most clients write. */
  SPOOLED_SEVEN("spooled, 7 bytes"),
  /** The defaults. */
  SPOOLED("spooled"),
  /** A tree on the disk behind {@code tmp:} paths. */
  HOST("host"),
  /** A directory of the default provider: the control. */
  DEFAULT_PROVIDER("default provider");

  private final String title;

  Storage(String title) {
    this.title = title;
  }

  /** An empty root directory, and its removal. */
  public interface Root extends Closeable {
    Path path();

    /** Closes the file system and throws if files remain on the host. */
    @Override
    void close() throws IOException;
  }

  /** Opens a fresh one. */
  public Root open() throws IOException {
    Path host = Files.createTempDirectory("nio-tmp-clients-");
    Map<String, Object> settings = new HashMap<>(Map.of(TmpSettings.DIRECTORY, host));
    switch (this) {
      case SPOOLED_SEVEN -> settings.put(TmpSettings.SPOOL_THRESHOLD, 7);
      case SPOOLED -> {}
      case HOST -> settings.put(TmpSettings.STORAGE, "host");
      case DEFAULT_PROVIDER -> {
        return new OnDisk(host);
      }
    }
    return new OnVolume(TmpFileSystems.open(settings).getPath("/"), host);
  }

  private record OnDisk(Path path) implements Root {
    @Override
    public void close() throws IOException {
      try (Stream<Path> tree = Files.walk(path)) {
        for (Path file : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
          Files.delete(file);
        }
      }
    }
  }

  private record OnVolume(Path path, Path host) implements Root {
    @Override
    public void close() throws IOException {
      path.getFileSystem().close();
      Files.delete(host); // throws DirectoryNotEmptyException if the volume left files
    }
  }

  @Override
  public String toString() {
    return title;
  }
}
