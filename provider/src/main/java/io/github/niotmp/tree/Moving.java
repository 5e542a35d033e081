package io.github.niotmp.tree;

/**
 * Stands under a name while the file it named gets its new one. Who finds it waits until the move
 * is over, and so never sees both names or neither.
 */
final class Moving extends Node {
  static final Moving MARK = new Moving();

  private Moving() {
    super(new Birth(0, 0, 0, 0), 0);
  }

  @Override
  int kind() {
    return 0;
  }

  @Override
  public int linkCount() {
    return 0;
  }
}
