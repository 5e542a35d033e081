package io.github.niotmp.tck.loader;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.util.Map;
import java.util.function.Function;

/** What an application does: opens a file system, under the name it is given. */
public final class Opening implements Function<String, FileSystem> {
  /** Is made by name. */
  public Opening() {}

  @Override
  public FileSystem apply(String name) {
    try {
      return TmpFileSystems.open(name, Map.of("spoolThreshold", 1000, "mxbean", true));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
