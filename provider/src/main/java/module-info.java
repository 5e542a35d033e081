/** The tmp: file system. */
// Only its annotations are used, and only by the compiler, so an automatic module will do.
@SuppressWarnings("requires-automatic")
module io.github.niotmp.provider {
  requires transitive io.github.niotmp;
  requires static java.management;
  requires static jdk.jfr;
  requires static com.google.auto.service;
  requires static org.jspecify;

  provides java.net.spi.URLStreamHandlerProvider with
      io.github.niotmp.provider.TmpUrlHandlerProvider;
  provides java.nio.file.spi.FileSystemProvider with
      io.github.niotmp.provider.TmpFileSystemProvider;
}
