package io.github.niotmp.volume;

/**
 * The open options, after the provider has normalised and checked them. {@code read} or {@code
 * write} is set; options that need {@code write} are set only with it.
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

  /** Returns the mode that opens an existing file for reading, writing or both. */
  public static OpenMode existing(boolean read, boolean write) {
    return new OpenMode(read, write, false, false, false, false, false, false, true);
  }
}
