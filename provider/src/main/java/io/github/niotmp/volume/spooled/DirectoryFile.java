package io.github.niotmp.volume.spooled;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.path.Errno;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Access;
import io.github.niotmp.tree.Directory;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/**
 * A directory of the tree that is open as a file, for reading. Programs open a directory to fsync
 * it after a rename. Reads fail, and force has no effect, because the directory is in memory.
 */
final class DirectoryFile implements OpenFile {
  private final SpooledVolume volume;
  private final Directory directory;
  private final TmpPath openedAs;
  private final OpenMode mode;
  private volatile boolean closed;

  /**
   * Creates a handle.
   *
   * @param openedAs the path it was opened by, for exceptions
   */
  DirectoryFile(SpooledVolume volume, Directory directory, TmpPath openedAs, OpenMode mode) {
    this.volume = volume;
    this.directory = directory;
    this.openedAs = openedAs;
    this.mode = mode;
  }

  private void ensureOpen() throws ClosedChannelException {
    if (closed) {
      throw new ClosedChannelException();
    }
  }

  private FileSystemException refusal() throws ClosedChannelException {
    ensureOpen();
    return Errno.IS_A_DIRECTORY.at(openedAs);
  }

  @Override
  public OpenMode mode() {
    return mode;
  }

  @Override
  public TmpPath openedAs() {
    return openedAs;
  }

  @Override
  public Object fileKey() {
    return directory;
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    throw refusal();
  }

  @Override
  public int read(byte[] target, int offset, int length, long position) throws IOException {
    throw refusal();
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    throw refusal();
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    throw refusal();
  }

  @Override
  public long append(ByteBuffer source) throws IOException {
    throw refusal();
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    throw refusal();
  }

  @Override
  public void checkLimits(long end) throws IOException {
    throw refusal();
  }

  @Override
  public long size() throws IOException {
    ensureOpen();
    return Directory.SIZE;
  }

  @Override
  public void truncate(long size) throws IOException {
    throw refusal();
  }

  @Override
  public void force(boolean metaData) throws IOException {
    ensureOpen();
  }

  @Override
  public <T> T map(Mapping<T> mapping) throws IOException {
    throw refusal();
  }

  @Override
  public FileAttributes readAttributes() throws IOException {
    ensureOpen();
    return new SpooledAttributes(directory, volume);
  }

  @Override
  public void change(AttributeChange change) throws IOException {
    ensureOpen();
    AttributeChanges.apply(directory, change, openedAs, Access.READ);
  }

  @Override
  public Path hostPath() throws IOException {
    throw refusal();
  }

  @Override
  public boolean isNamed(TmpPath path) throws IOException {
    ensureOpen();
    return path.owner() == openedAs.owner() && volume.leadsTo(path, directory);
  }

  @Override
  public OpenFile openAgain(OpenMode again) throws IOException {
    ensureOpen();
    return new DirectoryFile(volume, directory, openedAs, again);
  }

  @Override
  public void close() {
    closed = true;
  }
}
