package io.github.niotmp.attribute;

import java.io.IOException;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Set;

/** The posix view. */
final class PosixView extends BasicView implements PosixFileAttributeView {
  PosixView(AttributedFile file) {
    super(file);
  }

  @Override
  public String name() {
    return "posix";
  }

  @Override
  public void setPermissions(Set<PosixFilePermission> permissions) throws IOException {
    file.change(SettableAttributes.permissions(permissions));
  }

  @Override
  public UserPrincipal getOwner() throws IOException {
    return file.attributes().owner();
  }

  @Override
  public void setOwner(UserPrincipal owner) throws IOException {
    file.change(SettableAttributes.owner(owner));
  }

  @Override
  public void setGroup(GroupPrincipal group) throws IOException {
    file.change(SettableAttributes.group(group));
  }
}
