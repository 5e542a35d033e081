package io.github.niotmp.attribute;

import io.github.niotmp.volume.AttributeChange.Times;
import io.github.niotmp.volume.FileAttributes;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** The basic view, and the base class of the views that extend it. */
class BasicView implements BasicFileAttributeView {
  final AttributedFile file;

  BasicView(AttributedFile file) {
    this.file = file;
  }

  @Override
  public String name() {
    return "basic";
  }

  @Override
  public FileAttributes readAttributes() throws IOException {
    return file.attributes();
  }

  @Override
  public void setTimes(
      @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created)
      throws IOException {
    if (modified != null || accessed != null || created != null) {
      file.change(new Times(modified, accessed, created));
    }
  }
}
