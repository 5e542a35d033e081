package io.github.niotmp.attribute;

import io.github.niotmp.volume.AttributeChange.Dos;
import java.io.IOException;
import java.nio.file.attribute.DosFileAttributeView;

/** The dos view: four flags, which this file system stores and does not enforce. */
final class DosView extends BasicView implements DosFileAttributeView {
  DosView(AttributedFile file) {
    super(file);
  }

  @Override
  public String name() {
    return "dos";
  }

  @Override
  public void setReadOnly(boolean value) throws IOException {
    file.change(new Dos(value, null, null, null));
  }

  @Override
  public void setHidden(boolean value) throws IOException {
    file.change(new Dos(null, value, null, null));
  }

  @Override
  public void setSystem(boolean value) throws IOException {
    file.change(new Dos(null, null, value, null));
  }

  @Override
  public void setArchive(boolean value) throws IOException {
    file.change(new Dos(null, null, null, value));
  }
}
