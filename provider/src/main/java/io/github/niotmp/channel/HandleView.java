package io.github.niotmp.channel;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.AttributeChange.MaxFileSize;
import io.github.niotmp.volume.AttributeChange.RollOver;
import io.github.niotmp.volume.AttributeChange.SpoolThreshold;
import io.github.niotmp.volume.AttributeChange.Times;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.Channel;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The tmp view of an open file, whatever it is called.
 *
 * @param channel is not collected, and the file not closed, while somebody has the view
 */
record HandleView(OpenFile file, Channel channel) implements TmpFileAttributeView {
  @Override
  public String name() {
    return "tmp";
  }

  @Override
  public TmpFileAttributes readAttributes() throws IOException {
    try {
      return file.readAttributes();
    } finally {
      Reference.reachabilityFence(channel);
    }
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    change(new Times(modified, accessed, created));
  }

  @Override
  public void setSpoolThreshold(long bytes) throws IOException {
    change(new SpoolThreshold(bytes));
  }

  @Override
  public void setMaxFileSize(long bytes) throws IOException {
    change(new MaxFileSize(bytes));
  }

  @Override
  public void rollOver() throws IOException {
    change(new RollOver());
  }

  @Override
  public Path hostPath() throws IOException {
    try {
      return file.hostPath();
    } finally {
      Reference.reachabilityFence(channel);
    }
  }

  private void change(AttributeChange change) throws IOException {
    try {
      file.change(change);
    } finally {
      Reference.reachabilityFence(channel);
    }
  }
}
