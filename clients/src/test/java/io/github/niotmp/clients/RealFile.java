package io.github.niotmp.clients;

import io.github.niotmp.TmpFileAttributeView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The real file of a file, for clients that take a {@link java.io.File} or a name. */
public final class RealFile {
  private RealFile() {}

  /** Returns the host path of a file in {@code tmp:}, and a file of the default provider itself. */
  public static Path of(Path file) throws IOException {
    @Nullable TmpFileAttributeView view =
        Files.getFileAttributeView(file, TmpFileAttributeView.class);
    return view == null ? file : view.hostPath();
  }
}
