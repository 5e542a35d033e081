package io.github.niotmp.internal.file;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileHandle;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A following channel on files of a {@code tmp:} file system. */
public final class FollowingTmpChannel extends FollowingChannel implements TmpFileHandle {
  /** Makes a channel with its position at the start of the file. */
  public FollowingTmpChannel(FileSource file, Closeable whenClosed, Object owner) {
    super(file, whenClosed, owner);
  }

  /** Returns the view of the file at this moment. */
  @Override
  public TmpFileAttributeView view() {
    try {
      return ((TmpFileHandle) now()).view();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
