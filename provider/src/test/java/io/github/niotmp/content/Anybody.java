package io.github.niotmp.content;

import java.nio.channels.ClosedChannelException;

/** Changes files in tests of what is in them, and is never closed. */
public final class Anybody implements FileContent.Writer {
  public static final FileContent.Writer ANYBODY = new Anybody();

  private Anybody() {}

  @Override
  public void begin() throws ClosedChannelException {}

  @Override
  public void changed() {}

  @Override
  public String path() {
    return "/anybody";
  }
}
