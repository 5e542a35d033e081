package io.github.niotmp.attribute;

import io.github.niotmp.path.Fault;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.FileAttributes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What a view looks at: whatever is at {@code path} at each call.
 *
 * @param base where a relative path starts; throws if the view can't be used any more
 * @param readOnly whether {@link #change} and {@link #hostPath} throw {@link
 *     java.nio.file.ReadOnlyFileSystemException}
 */
record AttributedFile(
    Supplier<DirectoryHandle> base, TmpPath path, boolean follow, boolean readOnly) {

  FileAttributes attributes() throws IOException {
    return base.get().readAttributes(path, follow);
  }

  void change(AttributeChange change) throws IOException {
    changeable().change(path, follow, change);
  }

  Path hostPath() throws IOException {
    return changeable().hostPath(path, follow); // other programs write to that path
  }

  private DirectoryHandle changeable() {
    DirectoryHandle start = base.get();
    if (readOnly) {
      throw Fault.readOnly(path);
    }
    return start;
  }
}
