/** Temporary directories of JUnit Jupiter in memory. */
module io.github.niotmp.junit {
  requires static org.jspecify;
  requires io.github.niotmp;
  requires transitive org.junit.jupiter.api;

  exports io.github.niotmp.junit;

  provides org.junit.jupiter.api.extension.Extension with
      io.github.niotmp.junit.TmpTempDirExtension;
}
