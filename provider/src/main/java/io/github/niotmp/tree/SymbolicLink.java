package io.github.niotmp.tree;

import io.github.niotmp.path.TmpPath;
import java.nio.charset.StandardCharsets;

/** A symbolic link. */
public final class SymbolicLink extends Leaf {
  private static final int S_IFLNK = 0120000;

  private final TmpPath target;

  SymbolicLink(Birth birth, TmpPath target) {
    super(birth, 0777, 1, 0);
    this.target = target;
  }

  /** Returns what it holds, as it was given. */
  public TmpPath target() {
    return target;
  }

  /** Returns how many bytes the target's text has. */
  public long targetBytes() {
    return target.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  @Override
  int kind() {
    return S_IFLNK;
  }

  @Override
  void release() {}
}
