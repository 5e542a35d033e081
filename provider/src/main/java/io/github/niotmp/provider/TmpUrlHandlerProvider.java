package io.github.niotmp.provider;

import com.google.auto.service.AutoService;
import io.github.niotmp.url.TmpUrlHandler;
import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import org.jspecify.annotations.Nullable;

/**
 * The service through which {@code java.net.URL} finds the handler of {@code tmp:} URLs. {@code
 * URL} searches only the system class loader, and caches the handler.
 */
@AutoService(URLStreamHandlerProvider.class)
public final class TmpUrlHandlerProvider extends URLStreamHandlerProvider {
  private static final TmpUrlHandler HANDLER =
      new TmpUrlHandler(uri -> TmpFileSystemProvider.canonical().getPath(uri));

  /** Creates an instance that returns the shared handler; for ServiceLoader. */
  public TmpUrlHandlerProvider() {}

  @Override
  public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
    return TmpUris.SCHEME.equalsIgnoreCase(protocol) ? HANDLER : null;
  }

  /** Returns the handler of the file systems that this class loader's provider opens. */
  static URLStreamHandler handler() {
    return HANDLER;
  }
}
