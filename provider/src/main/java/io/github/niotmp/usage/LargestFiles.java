package io.github.niotmp.usage;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpStoredFile;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Collects the largest of many files in a heap, so that its memory is bounded by the number asked
 * for. For use by one thread.
 */
public final class LargestFiles {
  private final int most;
  private final PriorityQueue<Candidate> smallestFirst =
      new PriorityQueue<>(Comparator.comparingLong(candidate -> candidate.file.size()));

  /** The keys of the candidates. */
  private final Set<Object> keys = new HashSet<>();

  private record Candidate(Object key, StoredFile file) {}

  /**
   * Creates an empty collection.
   *
   * @param most the number of files that it keeps
   */
  public LargestFiles(int most) {
    this.most = most;
  }

  /**
   * Adds a file, unless it is too small or already here.
   *
   * @param key the identity of the file, which the caller may find by several names
   * @param path called only if the file is added
   */
  public void add(Object key, long size, Storage storage, Supplier<String> path) {
    if (smallestFirst.size() == most && smallestFirst.element().file.size() >= size) {
      return;
    }
    if (!keys.add(key)) {
      return;
    }
    smallestFirst.add(new Candidate(key, new StoredFile(path.get(), size, storage)));
    if (smallestFirst.size() > most) {
      keys.remove(smallestFirst.remove().key);
    }
  }

  /** Returns the files, the largest first, and those of equal size by path. */
  public List<TmpStoredFile> list() {
    return smallestFirst.stream()
        .map(Candidate::file)
        .sorted(
            Comparator.comparingLong(StoredFile::size).reversed().thenComparing(StoredFile::path))
        .<TmpStoredFile>map(file -> file)
        .toList();
  }
}
