package io.github.niotmp.attribute;

import java.io.IOException;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.UserPrincipal;

/** The owner view. */
record OwnerView(AttributedFile file) implements FileOwnerAttributeView {
  @Override
  public String name() {
    return "owner";
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return file.attributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    file.change(SettableAttributes.owner(owner));
  }
}
