/** What users of nio-tmp compile against. */
module io.github.niotmp {
  requires static org.jspecify;

  exports io.github.niotmp;

  uses java.nio.file.spi.FileSystemProvider;
}
