package io.github.niotmp.tck.loader;

import io.github.niotmp.TmpFileSystems;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Function;

/** What an application does: asks for the path of a URI. */
public final class Locating implements Function<URI, Path> {
  /** Is made by name. */
  public Locating() {}

  @Override
  public Path apply(URI uri) {
    return TmpFileSystems.path(uri);
  }
}
