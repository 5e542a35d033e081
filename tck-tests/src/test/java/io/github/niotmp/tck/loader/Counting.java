package io.github.niotmp.tck.loader;

import io.github.niotmp.TmpFileSystems;
import java.nio.file.FileSystem;
import java.util.function.Function;

/** What an application does: asks how many files there are. */
public final class Counting implements Function<FileSystem, Long> {
  /** Is made by name. */
  public Counting() {}

  @Override
  public Long apply(FileSystem fileSystem) {
    return TmpFileSystems.usage(fileSystem).files();
  }
}
