package io.github.niotmp.volume;

/**
 * The open options, normalised and checked once, at the door: {@code read} or {@code write} is set,
 * and what makes sense for writing only is set only with it.
 */
public record OpenMode(
    boolean read,
    boolean write,
    boolean append,
    boolean truncateExisting,
    boolean create,
    boolean createNew,
    boolean deleteOnClose,
    boolean sync,
    boolean followLinks) {

  /** Returns the mode that opens what exists, for reading, writing or both. */
  public static OpenMode existing(boolean read, boolean write) {
    return new OpenMode(read, write, false, false, false, false, false, false, true);
  }
}
