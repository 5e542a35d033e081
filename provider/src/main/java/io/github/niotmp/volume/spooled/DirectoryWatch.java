package io.github.niotmp.volume.spooled;

import io.github.niotmp.tree.Directory;
import io.github.niotmp.tree.NameListener;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.DirectoryListener;
import io.github.niotmp.volume.DirectoryListener.Change;

/**
 * The watch of one directory. It passes the events of the tree on to a listener until it is closed.
 */
final class DirectoryWatch implements NameListener, Watch {
  private final SpooledVolume volume;
  private final Directory directory;
  private final DirectoryListener listener;

  DirectoryWatch(SpooledVolume volume, Directory directory, DirectoryListener listener) {
    this.volume = volume;
    this.directory = directory;
    this.listener = listener;
  }

  /** Returns false if the directory was removed. */
  boolean start() {
    volume.watches().add(this);
    if (directory.addListener(this)) {
      return true;
    }
    volume.watches().remove(this);
    return false;
  }

  @Override
  public void created(String name) {
    listener.changed(Change.CREATED, name);
  }

  @Override
  public void deleted(String name) {
    listener.changed(Change.DELETED, name);
  }

  @Override
  public void modified(String name) {
    listener.changed(Change.MODIFIED, name);
  }

  @Override
  public void gone() {
    if (volume.watches().remove(this)) {
      listener.gone();
    }
  }

  @Override
  public void close() {
    volume.watches().remove(this);
    directory.removeListener(this);
  }
}
