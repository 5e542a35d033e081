package io.github.niotmp.internal.cleanup;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.SystemTemp;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A way to take back {@link java.io.File#deleteOnExit}, which cannot be cancelled: an entry is
 * registered by a path that leads through a symbolic link of ours. Once the link is removed, the
 * path leads nowhere, and the JDK's deletion fails without effect.
 *
 * <p>The links lie in a private directory, which is created for the first one and goes with the
 * exit. Safe for use by any number of threads.
 */
final class ExitLink {
  private static final AtomicReference<@Nullable Path> DIRECTORY = new AtomicReference<>();

  private final Path target;
  private final Path link;
  private final Path alias;

  private ExitLink(Path target, Path link) {
    this.target = target;
    this.link = link;
    alias = link.resolve(requireNonNull(target.getFileName()));
  }

  /**
   * Creates a link to the directory of an entry.
   *
   * @param target absolute, on the default file system
   * @return null if there can be no link, or the JDK could not delete the entry through it
   * @throws IOException if the JDK has begun to delete
   */
  static @Nullable ExitLink to(Path target) throws IOException {
    ExitDeletion.ensurePossible();
    try {
      Path parent = requireNonNull(target.getParent()).toRealPath();
      Path link = directory().resolve(Names.random(Names.LENGTH));
      ExitLink created = new ExitLink(target, link);
      if (!ExitDeletion.isPossible(created.alias)) {
        return null;
      }
      Files.createSymbolicLink(link, parent);
      return created;
    } catch (IOException | UnsupportedOperationException e) {
      return null; // on Windows few users may create links
    }
  }

  private static Path directory() throws IOException {
    Path there = DIRECTORY.get();
    if (there != null) {
      return there;
    }
    Path temporary = SystemTemp.directory();
    if (temporary.getFileSystem() != FileSystems.getDefault()) {
      throw new UnsupportedOperationException("The temporary directory is on another provider");
    }
    Path created = OwnerOnly.createDirectory(temporary.resolve(Names.random("nio-tmp-exit-")));
    ExitDeletion.register(created);
    if (DIRECTORY.compareAndSet(null, created)) {
      return created;
    }
    Files.delete(created); // another thread was faster
    return requireNonNull(DIRECTORY.get());
  }

  /** Registers the entry, and all that is in it if it is a directory. */
  void register(boolean directory) throws IOException {
    ExitDeletion.register(link);
    ExitDeletion.register(alias);
    if (directory) {
      ExitDeletion.registerTree(target, alias);
    }
  }

  /** Leaves the entry alone from now on. */
  void cut() throws IOException {
    Files.deleteIfExists(link);
  }
}
