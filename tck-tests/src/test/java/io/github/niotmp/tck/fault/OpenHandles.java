package io.github.niotmp.tck.fault;

import com.google.common.collect.ConcurrentHashMultiset;
import com.google.common.collect.Multiset;
import java.nio.file.Path;

/** What is open, by the path it was opened at. */
final class OpenHandles {
  private final Multiset<String> paths = ConcurrentHashMultiset.create();

  void add(Path path) {
    paths.add(path.toString());
  }

  void remove(Path path) {
    paths.remove(path.toString());
  }

  boolean has(Path path) {
    return paths.contains(path.toString());
  }

  Multiset<String> all() {
    return paths;
  }
}
