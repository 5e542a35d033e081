package io.github.niotmp.clients.spring;

import java.nio.file.Path;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.Resource;

/** The recipe for directories as locations of static files. */
final class Directories {
  private Directories() {}

  /**
   * Returns the directory as a resource. Spring resolves names against a location as against a URL,
   * so it must end in a slash, which no {@link Path} does.
   */
  static Resource resource(Path directory) {
    return new FileSystemResource(directory.getFileSystem(), directory + "/");
  }
}
