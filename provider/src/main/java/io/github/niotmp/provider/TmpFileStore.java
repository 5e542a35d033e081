package io.github.niotmp.provider;

import io.github.niotmp.usage.Figure;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileStoreAttributeView;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The file store of a file system. Its view {@code tmp} has an attribute for each {@link Figure},
 * {@code tmp:usage} for all of them at one moment, {@code tmp:directory}, {@code tmp:hostDirectory}
 * and {@code tmp:settings}.
 */
final class TmpFileStore extends FileStore {
  /** The block size of tmpfs on most machines. A spooled volume has no blocks. */
  private static final long BLOCK_SIZE = 4096;

  private final TmpFileSystem fileSystem;

  TmpFileStore(TmpFileSystem fileSystem) {
    this.fileSystem = fileSystem;
    fileSystem.volume(); // throws if the file system is closed
  }

  @Override
  public String name() {
    return fileSystem.toString();
  }

  @Override
  public String type() {
    return TmpUris.SCHEME;
  }

  @Override
  public boolean isReadOnly() {
    return fileSystem.isReadOnlyView();
  }

  @Override
  public long getTotalSpace() throws IOException {
    return fileSystem.answer(() -> fileSystem.volume().totalSpace());
  }

  @Override
  public long getUsableSpace() throws IOException {
    return fileSystem.answer(() -> fileSystem.volume().usableSpace());
  }

  @Override
  public long getUnallocatedSpace() throws IOException {
    return fileSystem.answer(() -> fileSystem.volume().usableSpace());
  }

  @Override
  public long getBlockSize() {
    return BLOCK_SIZE;
  }

  @Override
  public boolean supportsFileAttributeView(Class<? extends FileAttributeView> type) {
    return fileSystem.views().supports(type);
  }

  @Override
  public boolean supportsFileAttributeView(String name) {
    return fileSystem.views().supports(name);
  }

  @Override
  public <V extends FileStoreAttributeView> @Nullable V getFileStoreAttributeView(Class<V> type) {
    Objects.requireNonNull(type);
    return null;
  }

  @Override
  public Object getAttribute(String attribute) throws IOException {
    return switch (attribute) {
      case "totalSpace" -> getTotalSpace();
      case "usableSpace" -> getUsableSpace();
      case "unallocatedSpace" -> getUnallocatedSpace();
      case "tmp:usage" -> fileSystem.usage();
      case "tmp:settings" -> fileSystem.effectiveSettings();
      case "tmp:directory" -> fileSystem.answer(() -> fileSystem.volume().directory());
      case "tmp:hostDirectory" -> hostDirectory();
      default -> number(attribute);
    };
  }

  /** Returns the host directory, which a read-only view hides: its files could be written there. */
  private Path hostDirectory() throws IOException {
    fileSystem.checkChanging(fileSystem.getPath("/"));
    return fileSystem.answer(() -> fileSystem.volume().hostDirectory());
  }

  private long number(String attribute) {
    for (Figure figure : Figure.values()) {
      if (attribute.equals("tmp:" + figure.key())) {
        return fileSystem.usage().get(figure);
      }
    }
    throw new UnsupportedOperationException("'" + attribute + "' not recognized");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TmpFileStore that && fileSystem == that.fileSystem;
  }

  @Override
  public int hashCode() {
    return fileSystem.hashCode();
  }

  @Override
  public String toString() {
    return name() + " (" + type() + ")";
  }
}
