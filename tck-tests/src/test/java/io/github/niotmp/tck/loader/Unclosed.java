package io.github.niotmp.tck.loader;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.util.Map;
import java.util.function.Function;

/** An application that opens a file system with default settings, and may never close it. */
public final class Unclosed implements Function<String, FileSystem> {
  /** Is made by name. */
  public Unclosed() {}

  @Override
  public FileSystem apply(String name) {
    try {
      return TmpFileSystems.open(name, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
