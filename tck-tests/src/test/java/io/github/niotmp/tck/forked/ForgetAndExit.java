package io.github.niotmp.tck.forked;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.Closeable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Leaves all open that it makes in a directory of the host, and exits as it is told. */
final class ForgetAndExit {
  private ForgetAndExit() {}

  public static void main(String[] arguments) throws Exception {
    TempOptions options = TempOptions.defaults().directory(Path.of(arguments[0]));
    TempDirectory directory = TempDirectory.create(options);
    Files.createDirectories(directory.resolve("a/b"));
    List<Closeable> open =
        List.of(directory, TempFile.create(options), TempFile.createUnnamed(options));
    TempFile kept = TempFile.create(options.prefix("kept"));
    kept.keep();
    switch (arguments[1]) {
      case "return" -> System.out.println(open.size());
      case "exit" -> System.exit(open.size());
      default -> throw new IllegalStateException("thrown");
    }
  }
}
