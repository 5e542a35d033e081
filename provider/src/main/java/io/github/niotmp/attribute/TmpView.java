package io.github.niotmp.attribute;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.volume.AttributeChange.MaxFileSize;
import io.github.niotmp.volume.AttributeChange.RollOver;
import io.github.niotmp.volume.AttributeChange.SpoolThreshold;
import java.io.IOException;
import java.nio.file.Path;

/** The tmp view: where the file's bytes are stored. */
final class TmpView extends BasicView implements TmpFileAttributeView {
  TmpView(AttributedFile file) {
    super(file);
  }

  @Override
  public String name() {
    return "tmp";
  }

  @Override
  public void setSpoolThreshold(long bytes) throws IOException {
    file.change(new SpoolThreshold(bytes));
  }

  @Override
  public void setMaxFileSize(long bytes) throws IOException {
    file.change(new MaxFileSize(bytes));
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
