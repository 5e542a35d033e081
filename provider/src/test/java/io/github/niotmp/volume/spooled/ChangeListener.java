package io.github.niotmp.volume.spooled;

import io.github.niotmp.volume.DirectoryListener;

/** Is told of changes, and expects neither the end of the directory nor that a change is lost. */
interface ChangeListener extends DirectoryListener {
  @Override
  default void overflowed() {
    throw new AssertionError("overflowed");
  }

  @Override
  default void gone() {
    throw new AssertionError("gone");
  }
}
