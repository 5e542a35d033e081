package io.github.niotmp.tck.provider;

import io.github.niotmp.tck.Subject;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * A {@link Subject} whose file systems are created by {@link
 * java.nio.file.FileSystems#newFileSystem(URI, Map)}. {@link LifeCycleContract} tests that, and
 * skips subjects that do not implement this interface. The provider is installed.
 */
public interface UriSubject extends Subject {

  /**
   * Returns the URI of a file system that does not exist yet.
   *
   * @return another one in each call
   * @throws IOException if it cannot be prepared
   */
  URI newUri() throws IOException;

  /** {@return the properties with which the file system of such a URI is created} */
  Map<String, ?> environment();
}
