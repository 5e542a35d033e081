package io.github.niotmp.provider;

import io.github.niotmp.TmpUsage;
import org.jspecify.annotations.Nullable;

/** The numbers of one file system; named after what its text shows. */
record Usage(
    long files,
    long filesInMemory,
    long filesPacked,
    long filesOnDisk,
    long openHandles,
    long memoryBytes,
    long memoryPeak,
    long metadataBytes,
    long memoryBudget,
    long diskBytes,
    long size,
    long rollovers)
    implements TmpUsage {
  /** A record's own keeps the class loader of this class from being collected. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Usage that
        && files == that.files
        && filesInMemory == that.filesInMemory
        && filesPacked == that.filesPacked
        && filesOnDisk == that.filesOnDisk
        && openHandles == that.openHandles
        && memoryBytes == that.memoryBytes
        && memoryPeak == that.memoryPeak
        && metadataBytes == that.metadataBytes
        && memoryBudget == that.memoryBudget
        && diskBytes == that.diskBytes
        && size == that.size
        && rollovers == that.rollovers;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(files) + 31 * Long.hashCode(size);
  }
}
