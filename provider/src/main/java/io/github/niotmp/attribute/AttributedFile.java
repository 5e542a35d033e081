package io.github.niotmp.attribute;

import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenDirectory;
import java.io.IOException;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * What a view looks at: whatever is at {@code path} at each call.
 *
 * @param base where a relative path starts; throws if the view can't be used any more
 * @param readOnly whether {@link #change} and {@link #hostPath} throw {@link
 *     java.nio.file.ReadOnlyFileSystemException}
 */
record AttributedFile(
    Supplier<? extends OpenDirectory> base, TmpPath path, boolean follow, boolean readOnly) {

  FileAttributes attributes() throws IOException {
    return answer(base.get(), start -> start.readAttributes(path, follow));
  }

  void change(AttributeChange change) throws IOException {
    answer(
        changeable(),
        start -> {
          start.change(path, follow, change);
          return path;
        });
  }

  Path hostPath() throws IOException {
    return answer(changeable(), start -> start.hostPath(path, follow)); // others write there
  }

  private OpenDirectory changeable() {
    OpenDirectory start = base.get();
    if (readOnly) {
      throw Errno.readOnly(path);
    }
    return start;
  }

  /** What is asked of a directory. */
  @FunctionalInterface
  interface Question<T> {
    T on(OpenDirectory start) throws IOException;
  }

  /**
   * Returns an answer, unless the view cannot be used any more: then it may be wrong, and so may a
   * failure, because the file was freed meanwhile.
   */
  <T> T answer(OpenDirectory start, Question<T> question) throws IOException {
    try {
      T answer = question.on(start);
      VarHandle.acquireFence();
      ensureUsable();
      return answer;
    } catch (IOException e) {
      ensureUsable();
      throw e;
    } finally {
      Notices.deliver();
    }
  }

  private void ensureUsable() {
    Objects.requireNonNull(base.get(), "throws if it is not");
  }
}
