package io.github.niotmp.channel;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.internal.report.Notices;
import io.github.niotmp.path.Errno;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.AttributeChange.MaxFileSize;
import io.github.niotmp.volume.AttributeChange.RollOver;
import io.github.niotmp.volume.AttributeChange.SpoolThreshold;
import io.github.niotmp.volume.AttributeChange.Times;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.channels.Channel;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The tmp view of an open file, with or without a name.
 *
 * @param channel the channel of the file; the view refers to it, so that it is not collected
 * @param readOnly whether changes throw {@link java.nio.file.ReadOnlyFileSystemException}
 */
record HandleView(OpenFile file, Channel channel, boolean readOnly)
    implements TmpFileAttributeView {
  @Override
  public String name() {
    return "tmp";
  }

  @Override
  public TmpFileAttributes readAttributes() throws IOException {
    return answer(file::readAttributes);
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
    refuseIfReadOnly(); // other programs can write to that path
    return answer(file::hostPath);
  }

  private void refuseIfReadOnly() throws IOException {
    if (!readOnly) {
      return;
    }
    if (!channel.isOpen()) {
      throw new ClosedChannelException();
    }
    throw Errno.readOnly(file.openedAs());
  }

  private void change(AttributeChange change) throws IOException {
    refuseIfReadOnly();
    answer(
        () -> {
          file.change(change);
          return change;
        });
  }

  /** A call on the file. */
  @FunctionalInterface
  private interface Question<T> {
    T ask() throws IOException;
  }

  /**
   * Runs a call; throws AsynchronousCloseException if another thread closes the channel meanwhile.
   */
  private <T> T answer(Question<T> question) throws IOException {
    try {
      T answer = question.ask();
      if (!channel.isOpen()) {
        throw new ClosedChannelException();
      }
      return answer;
    } catch (IOException e) {
      throw channel.isOpen() || e instanceof ClosedChannelException
          ? e
          : FileHandleReference.asClosedMeanwhile(e);
    } finally {
      Reference.reachabilityFence(channel);
      Notices.deliver();
    }
  }
}
