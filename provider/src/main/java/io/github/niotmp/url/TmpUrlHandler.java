package io.github.niotmp.url;

import java.net.InetAddress;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Opens connections to files. The host of a URL is the name of a file system; it is never resolved
 * by DNS.
 *
 * <p>Its only state is the function that finds paths, because {@code java.net.URL} caches the
 * handler for the life of the JVM.
 */
public final class TmpUrlHandler extends URLStreamHandler {
  private final Function<URI, Path> paths;

  /**
   * Takes the function that finds paths.
   *
   * @param paths finds the path of a URI without a fragment; throws {@link
   *     IllegalArgumentException} or {@link java.nio.file.FileSystemNotFoundException}
   */
  public TmpUrlHandler(Function<URI, Path> paths) {
    this.paths = paths;
  }

  /** Opens a connection and ignores a fragment ({@code java.net} appends {@code #runtime}). */
  @Override
  protected URLConnection openConnection(URL url) throws MalformedURLException {
    return new TmpUrlConnection(url, UrlText.uri(url), paths);
  }

  @Override
  protected URLConnection openConnection(URL url, Proxy proxy) throws MalformedURLException {
    Objects.requireNonNull(proxy, "'proxy' is null");
    return openConnection(url);
  }

  @Override
  protected @Nullable InetAddress getHostAddress(URL url) {
    return null;
  }

  /** Compares the names of file systems, which are case-sensitive. */
  @Override
  protected boolean hostsEqual(URL one, URL other) {
    return host(one).equals(host(other));
  }

  @Override
  protected int hashCode(URL url) {
    return Objects.hash(url.getProtocol(), host(url), url.getFile(), url.getRef());
  }

  private static String host(URL url) {
    return Objects.requireNonNullElse(url.getHost(), "");
  }
}
