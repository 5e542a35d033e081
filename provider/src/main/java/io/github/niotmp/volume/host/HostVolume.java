package io.github.niotmp.volume.host;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.Descriptors;
import io.github.niotmp.host.DirectoryRules;
import io.github.niotmp.host.PrivateDirectory;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.usage.LargestFiles;
import io.github.niotmp.usage.Usage;
import io.github.niotmp.volume.DeviceNumber;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.Volume;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A volume that stores each file as a file in a private directory of another file system. */
public final class HostVolume implements Volume {
  private final long device = DeviceNumber.next();
  private final Path parent;
  private final PrivateDirectory directory;
  private final HostTree tree;
  private final OpenNames names;
  private final DirectoryHandle root;
  private final HostWatches watches = new HostWatches();
  private final Lifetime lifetime;
  private final FileSystemEvents events;
  private final AppendLocks appendLocks = new AppendLocks();

  /**
   * Creates the directory.
   *
   * @param setting the directory to create it in, on any file system; null for the temporary one
   * @param rules the checks of that directory
   * @param lifetime the lifetime of its files, unless a handle ends it earlier
   * @throws IOException if it cannot be created
   */
  public HostVolume(
      @Nullable Path setting, DirectoryRules rules, Lifetime lifetime, FileSystemEvents events)
      throws IOException {
    this.parent = setting != null ? setting : SystemTemp.directory();
    this.lifetime = lifetime;
    this.events = events;
    this.directory = PrivateDirectory.create(parent, rules);
    this.tree = treeIn(parent, directory);
    this.names = new OpenNames(tree);
    this.root = new CheckedDirectory(new HostDirectory(this, tree.root(), "/"), "/");
  }

  private static HostTree treeIn(Path parent, PrivateDirectory directory) throws IOException {
    try {
      return HostFailure.checked(
          parent,
          () -> {
            HostTree tree = new HostTree(realPath(directory.path()));
            HostAbilities.check(parent, tree.root());
            return tree;
          });
    } catch (IOException | Error e) {
      Closer.after(e, directory);
      throw e;
    }
  }

  private static Path realPath(Path path) throws IOException {
    try {
      return path.toRealPath();
    } catch (UnsupportedOperationException e) { // the provider has no links
      return path.toAbsolutePath().normalize();
    }
  }

  HostTree tree() {
    return tree;
  }

  OpenNames names() {
    return names;
  }

  HostWatches watches() {
    return watches;
  }

  Lifetime lifetime() {
    return lifetime;
  }

  FileSystemEvents events() {
    return events;
  }

  long device() {
    return device;
  }

  AppendLocks appendLocks() {
    return appendLocks;
  }

  /**
   * Returns a path for other programs.
   *
   * @throws UnsupportedOperationException if the volume is not on the default file system
   */
  Path onHost(Path real) {
    if (real.getFileSystem() != FileSystems.getDefault()) {
      throw new UnsupportedOperationException(
          "No path on the host: " + tree.root().toUri() + " is not on the default file system");
    }
    return real;
  }

  @Override
  public DirectoryHandle root() {
    return root;
  }

  @Override
  public Set<String> attributeViews() {
    Set<String> views = new HashSet<>(tree.attributeViews());
    views.add("tmp");
    return Set.copyOf(views);
  }

  @Override
  public Usage usage() {
    Count count = new Count(tree.root());
    try {
      HostFailure.checked("/", () -> Files.walkFileTree(tree.root(), count));
    } catch (IOException e) {
      throw new UncheckedIOException("The files cannot be counted", e);
    }
    return Usage.ofHost(count.files, count.names, count.bytes, Descriptors.held());
  }

  @Override
  public void addTo(LargestFiles files) throws IOException {
    try {
      HostFailure.checked(
          "/",
          () ->
              Files.walkFileTree(
                  tree.root(),
                  new RegularFiles() {
                    @Override
                    void visit(Path file, BasicFileAttributes attributes) {
                      Object key = attributes.fileKey();
                      files.add(
                          key == null ? file : key,
                          attributes.size(),
                          Storage.HOST,
                          () -> shown(file));
                    }
                  }));
    } catch (IOException e) {
      throw HostFailure.at("/", e);
    }
  }

  /** Returns the path of a file in this file system. */
  private String shown(Path file) {
    StringBuilder path = new StringBuilder();
    tree.root().relativize(file).forEach(name -> path.append('/').append(name));
    return path.toString();
  }

  @Override
  public long spillNow() {
    throw new UnsupportedOperationException(
        "A file system with storage=host has no content in memory");
  }

  /** Visits regular files; skips files that vanish during the walk. */
  private abstract static class RegularFiles extends SimpleFileVisitor<Path> {
    abstract void visit(Path file, BasicFileAttributes attributes);

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        visit(file, attributes);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) {
      return FileVisitResult.CONTINUE;
    }
  }

  /** Counts names, and files with their bytes. A file with several names counts once. */
  private static final class Count extends RegularFiles {
    private final Path root;
    private final Set<Object> seen = new HashSet<>();
    private long names;
    private long files;
    private long bytes;

    Count(Path root) {
      this.root = root;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      names += directory.equals(root) ? 0 : 1;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      names++;
      return super.visitFile(file, attributes);
    }

    @Override
    void visit(Path file, BasicFileAttributes attributes) {
      Object key = attributes.fileKey();
      if (key == null || seen.add(key)) {
        files++;
        bytes += attributes.size();
      }
    }
  }

  @Override
  public long totalSpace() throws IOException {
    return space(FileStore::getTotalSpace);
  }

  @Override
  public long usableSpace() throws IOException {
    return space(FileStore::getUsableSpace);
  }

  private interface Space {
    long of(FileStore store) throws IOException;
  }

  private long space(Space space) throws IOException {
    try {
      return HostFailure.checked("/", () -> space.of(Files.getFileStore(tree.root())));
    } catch (IOException e) {
      throw HostFailure.at("/", e);
    }
  }

  @Override
  public Path directory() {
    return parent;
  }

  @Override
  public Path hostDirectory() {
    return tree.root();
  }

  @Override
  public void close() throws IOException {
    HostFailure.checked( // the file system of the directory may be closed
        parent,
        () -> {
          Closer.closeAll(watches::close, directory);
          return parent;
        });
  }
}
