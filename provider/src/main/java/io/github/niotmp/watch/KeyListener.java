package io.github.niotmp.watch;

import io.github.niotmp.volume.DirectoryListener;
import java.lang.ref.WeakReference;

/**
 * Passes the volume's reports to a key. The reference is weak, because a key refers to its service,
 * which the volume must not keep from being collected.
 */
final class KeyListener extends WeakReference<TmpWatchKey> implements DirectoryListener {
  KeyListener(TmpWatchKey key) {
    super(key);
  }

  @Override
  public void changed(Change change, String name) {
    TmpWatchKey key = get();
    if (key != null) {
      key.changed(change, name);
    }
  }

  @Override
  public void overflowed() {
    TmpWatchKey key = get();
    if (key != null) {
      key.overflowed();
    }
  }

  @Override
  public void gone() {
    TmpWatchKey key = get();
    if (key != null) {
      key.gone();
    }
  }
}
