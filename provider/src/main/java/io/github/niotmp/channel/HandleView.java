package io.github.niotmp.channel;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.volume.AttributeChange.RollOver;
import io.github.niotmp.volume.AttributeChange.SpoolThreshold;
import io.github.niotmp.volume.AttributeChange.Times;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The tmp view of an open file, whatever it is called. */
record HandleView(OpenFile file) implements TmpFileAttributeView {
  @Override
  public String name() {
    return "tmp";
  }

  @Override
  public TmpFileAttributes readAttributes() throws IOException {
    return file.readAttributes();
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    file.change(new Times(modified, accessed, created));
  }

  @Override
  public void setSpoolThreshold(long bytes) throws IOException {
    file.change(new SpoolThreshold(bytes));
  }

  @Override
  public void rollOver() throws IOException {
    file.change(new RollOver());
  }

  @Override
  public Path hostPath() throws IOException {
    return file.hostPath();
  }
}
