package io.github.niotmp.volume.spooled;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.content.ContentState;
import io.github.niotmp.content.ContentStore;
import io.github.niotmp.content.FileContent;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.internal.cleanup.Collector;
import io.github.niotmp.internal.closing.Closer;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Directory;
import io.github.niotmp.tree.Node;
import io.github.niotmp.tree.Tree;
import io.github.niotmp.usage.Figure;
import io.github.niotmp.usage.LargestFiles;
import io.github.niotmp.usage.Usage;
import io.github.niotmp.volume.DeviceNumber;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.Volume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A volume with all names in memory, and the bytes in memory or, beyond a threshold, in spill
 * files.
 */
public final class SpooledVolume implements Volume {
  private static final Set<String> VIEWS =
      Set.of("basic", "owner", "posix", "unix", "user", "dos", "tmp");

  static {
    Collector.atEnd(ContentStore::releaseUnusedMemory);
  }

  private final long device = DeviceNumber.next();
  private final Set<DirectoryWatch> watches = ConcurrentHashMap.newKeySet();
  private final ContentSettings settings;
  private final Lifetime lifetime;
  private final SpillDirectory spills;
  private final ContentStore store;
  private final Tree tree;
  private final SpooledDirectory root;
  private final ContentState emptyFile;
  private final ContentState anyDirectory;

  /**
   * Creates an empty volume, without access to the host.
   *
   * @param spills where its files spill; closed with the volume
   * @param maxFiles names of files, directories and links that it may have
   * @param longPaths whether paths of more than 4,095 bytes are looked up
   * @param clock the source of all times that the volume stamps; null for the system's clock
   * @param lifetime when its files go, unless they are deleted before
   */
  public SpooledVolume(
      ContentSettings settings,
      SpillDirectory spills,
      long maxFiles,
      boolean longPaths,
      @Nullable InstantSource clock,
      Lifetime lifetime,
      FileSystemEvents events) {
    this.settings = settings;
    this.spills = spills;
    this.lifetime = lifetime;
    store = new ContentStore(settings, spills, events);
    tree = new Tree(store, maxFiles, longPaths, clock);
    root = new SpooledDirectory(this, tree.root(), "/");
    emptyFile = inMemory(0);
    anyDirectory = inMemory(Directory.SIZE);
  }

  Tree tree() {
    return tree;
  }

  /** Says whether a path leads to a node; does not follow a link at its end. */
  boolean leadsTo(TmpPath path, Node node) {
    Node found = tree.find(tree.root(), path, false);
    if (found == null) { // for instance, ".." needs a walk
      found = tree.walk(tree.root(), path, false).node();
    }
    return found == node;
  }

  long device() {
    return device;
  }

  Lifetime lifetime() {
    return lifetime;
  }

  /** Returns the state of a file without content. */
  ContentState emptyFile() {
    return emptyFile;
  }

  /** Returns the state of a directory. */
  ContentState anyDirectory() {
    return anyDirectory;
  }

  /** Returns the state of a node with a size but no content. */
  ContentState inMemory(long size) {
    return ContentState.of(
        size, Storage.MEMORY, 0, settings.spoolThreshold(), settings.maxFileSize());
  }

  long maxFileSize() {
    return settings.maxFileSize();
  }

  Set<DirectoryWatch> watches() {
    return watches;
  }

  @Override
  public DirectoryHandle root() {
    return root;
  }

  @Override
  public Set<String> attributeViews() {
    return VIEWS;
  }

  @Override
  public Usage usage() {
    return store.usage().withFiles(tree.files()).with(Figure.NAMES, tree.names());
  }

  @Override
  public void addTo(LargestFiles files) throws IOException {
    tree.forEachFile(
        (file, path) -> {
          FileContent content = file.content();
          ContentState state = content == null ? emptyFile : content.state();
          files.add(file, state.size(), state.storage(), path);
        });
  }

  @Override
  public long spillNow() throws IOException {
    return store.spillNow();
  }

  @Override
  public long totalSpace() throws IOException {
    return settings.maxSize() < Long.MAX_VALUE
        ? settings.maxSize()
        : sum(store.memoryLimit(), spills.store().getTotalSpace());
  }

  @Override
  public long usableSpace() throws IOException {
    long memory = Math.max(0, store.memoryLimit() - store.memoryBytes());
    long room = sum(memory, spills.store().getUsableSpace());
    return Math.min(room, Math.max(0, settings.maxSize() - store.size()));
  }

  @Override
  public Path directory() throws IOException {
    return spills.parent();
  }

  @Override
  public Path hostDirectory() {
    throw new UnsupportedOperationException(
        "Only a file system with storage=host has a directory with all its files");
  }

  private static long sum(long memory, long disk) {
    return memory > Long.MAX_VALUE - disk ? Long.MAX_VALUE : memory + disk;
  }

  @Override
  public void close() throws IOException {
    Closer closer = new Closer();
    closer.close(tree::clear);
    for (DirectoryWatch watch : watches) {
      closer.close(watch::gone);
    }
    closer.close(store);
    if (!Collector.isRunning()) { // otherwise it does so at its end
      closer.close(ContentStore::releaseUnusedMemory);
    }
    closer.finish();
  }
}
