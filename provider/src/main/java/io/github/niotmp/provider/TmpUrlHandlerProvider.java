package io.github.niotmp.provider;

import com.google.auto.service.AutoService;
import io.github.niotmp.url.TmpUrlHandler;
import java.net.URLStreamHandler;
import java.net.spi.URLStreamHandlerProvider;
import org.jspecify.annotations.Nullable;

/**
 * The service by which {@code java.net.URL} finds the handler of {@code tmp:} URLs. It looks in the
 * system class loader alone, and keeps what it finds.
 */
@AutoService(URLStreamHandlerProvider.class)
public final class TmpUrlHandlerProvider extends URLStreamHandlerProvider {
  private static final TmpUrlHandler HANDLER =
      new TmpUrlHandler(uri -> TmpFileSystemProvider.canonical().getPath(uri));

  /** Makes one more instance, for service look-ups. */
  public TmpUrlHandlerProvider() {}

  @Override
  public @Nullable URLStreamHandler createURLStreamHandler(String protocol) {
    return TmpUris.SCHEME.equalsIgnoreCase(protocol) ? HANDLER : null;
  }

  /** Returns the handler that knows the file systems of this class loader. */
  static URLStreamHandler handler() {
    return HANDLER;
  }
}
