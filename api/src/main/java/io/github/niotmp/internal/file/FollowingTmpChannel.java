package io.github.niotmp.internal.file;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileHandle;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** A following channel on files of a {@code tmp:} file system. */
public final class FollowingTmpChannel extends FollowingChannel implements TmpFileHandle {
  /** Creates a channel at position 0. */
  public FollowingTmpChannel(FileSource file, Closeable whenClosed, Object owner) {
    super(file, whenClosed, owner);
  }

  /** Returns the view of the current file. */
  @Override
  public TmpFileAttributeView view() {
    FileChannel channel;
    try {
      channel = now();
    } catch (IOException e) {
      channel = last(); // the use of the view throws
    }
    return ((TmpFileHandle) channel).view();
  }
}
