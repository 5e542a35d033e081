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
 * Opens connections to files. The host of a URL is the name of a file system and never looked up.
 *
 * <p>Has no state but the function it was made with. {@code java.net.URL} keeps the one that it
 * finds for ever.
 */
public final class TmpUrlHandler extends URLStreamHandler {
  private final Function<URI, Path> paths;

  /**
   * Makes a handler.
   *
   * @param paths finds the path that a URI without a fragment names; throws {@link
   *     IllegalArgumentException} or {@link java.nio.file.FileSystemNotFoundException}
   */
  public TmpUrlHandler(Function<URI, Path> paths) {
    this.paths = paths;
  }

  /**
   * Opens a connection; a fragment means nothing to it ({@code java.net} asks with {@code
   * #runtime}).
   */
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

  /** Compares the names of file systems, whose case matters. */
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
