package io.github.niotmp.volume.host;

import io.github.niotmp.internal.mapping.Mapping;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.FileAttributes;
import io.github.niotmp.volume.OpenFile;
import io.github.niotmp.volume.OpenMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/**
 * An open file that converts the RuntimeExceptions of the host's provider, as {@link CheckedStream}
 * does.
 */
final class CheckedFile implements OpenFile {
  private final OpenFile file;
  private final TmpPath path;

  CheckedFile(OpenFile file, TmpPath path) {
    this.file = file;
    this.path = path;
  }

  private <T> T checked(HostFailure.Step<T> step) throws IOException {
    return HostFailure.checked(path, step);
  }

  /** I/O without a result. */
  @FunctionalInterface
  private interface Io {
    void run() throws IOException;
  }

  private void run(Io io) throws IOException {
    checked(
        () -> {
          io.run();
          return path;
        });
  }

  @Override
  public OpenMode mode() {
    return file.mode();
  }

  @Override
  public Path openedAs() {
    return file.openedAs();
  }

  @Override
  public Object fileKey() {
    return file.fileKey();
  }

  @Override
  public int read(ByteBuffer target, long position) throws IOException {
    return checked(() -> file.read(target, position));
  }

  @Override
  public int read(byte[] target, int offset, int length, long position) throws IOException {
    return checked(() -> file.read(target, offset, length, position));
  }

  @Override
  public void write(ByteBuffer source, long position) throws IOException {
    run(() -> file.write(source, position));
  }

  @Override
  public void write(byte[] source, int offset, int length, long position) throws IOException {
    run(() -> file.write(source, offset, length, position));
  }

  @Override
  public long append(ByteBuffer source) throws IOException {
    return checked(() -> file.append(source));
  }

  @Override
  public long append(byte[] source, int offset, int length) throws IOException {
    return checked(() -> file.append(source, offset, length));
  }

  @Override
  public void checkLimits(long end) throws IOException {
    file.checkLimits(end);
  }

  @Override
  public long size() throws IOException {
    return checked(file::size);
  }

  @Override
  public void truncate(long size) throws IOException {
    run(() -> file.truncate(size));
  }

  @Override
  public void force(boolean metaData) throws IOException {
    run(() -> file.force(metaData));
  }

  @Override
  public <T> T map(Mapping<T> mapping) throws IOException {
    return HostFailure.optional(path, () -> file.map(mapping));
  }

  @Override
  public FileAttributes readAttributes() throws IOException {
    return checked(file::readAttributes);
  }

  @Override
  public void change(AttributeChange change) throws IOException {
    HostFailure.setting(
        List.of(change),
        path,
        () -> {
          file.change(change);
          return path;
        });
  }

  @Override
  public Path hostPath() throws IOException {
    return HostFailure.optional(path, file::hostPath);
  }

  @Override
  public boolean isNamed(TmpPath named) throws IOException {
    return checked(() -> file.isNamed(named));
  }

  @Override
  public OpenFile openAgain(OpenMode mode) throws IOException {
    return new CheckedFile(checked(() -> file.openAgain(mode)), path);
  }

  @Override
  public void close() throws IOException {
    run(file::close);
  }
}
