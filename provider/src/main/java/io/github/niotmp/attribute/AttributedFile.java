package io.github.niotmp.attribute;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.FileAttributes;
import java.io.IOException;

/** What a view looks at: whatever is at {@code path} at each call. */
record AttributedFile(DirectoryHandle base, TmpPath path, boolean follow) {

  FileAttributes attributes() throws IOException {
    return base.readAttributes(path, follow);
  }

  void change(AttributeChange change) throws IOException {
    base.change(path, follow, change);
  }
}
