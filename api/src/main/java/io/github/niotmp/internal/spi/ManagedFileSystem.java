package io.github.niotmp.internal.spi;

import io.github.niotmp.TmpOpenHandle;
import io.github.niotmp.TmpStoredFile;
import java.io.IOException;
import java.util.List;

/** A file system that an operator can examine. The provider's file systems implement it. */
public interface ManagedFileSystem {
  /** Returns the open handles of this file system and its read-only views, the oldest first. */
  List<TmpOpenHandle> openHandleList();

  /**
   * Returns the largest regular files, the largest first.
   *
   * @param most the greatest number of files, at least 1
   */
  List<TmpStoredFile> largestFiles(int most) throws IOException;

  /**
   * Moves all files that no thread uses at the moment from memory to the disk.
   *
   * @return the bytes of memory that this freed
   */
  long spillNow() throws IOException;
}
