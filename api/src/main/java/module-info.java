/** The API of nio-tmp that users compile against. */
@SuppressWarnings("module") // the provider, which is compiled later
module io.github.niotmp {
  requires static org.jspecify;

  exports io.github.niotmp;
  exports io.github.niotmp.internal.cleanup to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.closing to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.foreign to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.mapping to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.mode to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.report to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.search to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.spi to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.thread to
      io.github.niotmp.provider;
  exports io.github.niotmp.internal.trust to
      io.github.niotmp.provider;

  uses java.nio.file.spi.FileSystemProvider;
}
