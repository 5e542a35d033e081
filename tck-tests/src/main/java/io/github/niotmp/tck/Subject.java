package io.github.niotmp.tck;

import java.io.IOException;
import java.util.Set;

/**
 * A file system under test: how to open a fresh one, and what it can do. Found by {@link
 * java.util.ServiceLoader}, so that one more is one more service.
 */
public interface Subject {

  /** Opens an empty file system, or an empty directory in one, for one test. */
  FileSystemFixture open() throws IOException;

  /** Returns what the contracts may ask for. */
  Set<Feature> features();

  /** Returns the name that test reports show. */
  @Override
  String toString();
}
