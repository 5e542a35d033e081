/** The tmp: file system. */
// Of the automatic module, only annotations are used, and only by the compiler. Tests alone use
// java.logging; they are compiled into this module, and IDEs read no compiler arguments for them.
@SuppressWarnings("requires-automatic")
module io.github.niotmp.provider {
  requires transitive io.github.niotmp;
  requires static java.logging;
  requires static java.management;
  requires static jdk.jfr;
  requires static com.google.auto.service;
  requires static org.jspecify;

  provides java.net.spi.URLStreamHandlerProvider with
      io.github.niotmp.provider.TmpUrlHandlerProvider;
  provides java.nio.file.spi.FileSystemProvider with
      io.github.niotmp.provider.TmpFileSystemProvider;
}
