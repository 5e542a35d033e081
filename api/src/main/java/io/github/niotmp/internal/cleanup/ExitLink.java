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
 * A revocable {@link java.io.File#deleteOnExit}: an entry is registered by a path through a
 * symbolic link. Once the link is removed, the path no longer exists, and the JDK's deletion fails
 * without effect.
 *
 * <p>The links are in a private directory, which the first link creates and the exit removes. Safe
 * for use by any number of threads.
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
   * @return null if the link cannot be created, or the JDK could not delete the entry through it
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

  /** Registers the entry; for a directory also its entries. */
  void register(boolean directory) throws IOException {
    ExitDeletion.register(link);
    ExitDeletion.register(alias);
    if (directory) {
      ExitDeletion.registerTree(target, alias);
    }
  }

  /** Removes the link, so that the JDK does not delete the entry. */
  void cut() throws IOException {
    Files.deleteIfExists(link);
  }
}
