package io.github.niotmp.tck.mutant;

import io.github.niotmp.tck.Subject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The subject without a fault, and those with one each. */
public final class Mutants {
  private Mutants() {}

  /** Delegates without a fault. */
  static final class Faithful extends MutantSubject {
    Faithful() {
      super(channels(DelegatingChannel::new));
    }
  }

  /** A move replaces its target without being asked to. */
  static final class MoveThatReplacesUnasked extends MutantSubject {
    MoveThatReplacesUnasked() {
      super(
          new DelegatingProvider() {
            @Override
            public void move(Path source, Path target, CopyOption... options) throws IOException {
              Set<CopyOption> more = new HashSet<>(Set.of(options));
              more.add(StandardCopyOption.REPLACE_EXISTING);
              super.move(source, target, more.toArray(CopyOption[]::new));
            }
          });
    }
  }

  /** A copy leaves the attributes behind, though asked to copy them. */
  static final class CopyWithoutAttributes extends MutantSubject {
    CopyWithoutAttributes() {
      super(
          new DelegatingProvider() {
            @Override
            public void copy(Path source, Path target, CopyOption... options) throws IOException {
              Set<CopyOption> left = new HashSet<>(Set.of(options));
              left.remove(StandardCopyOption.COPY_ATTRIBUTES);
              super.copy(source, target, left.toArray(CopyOption[]::new));
            }
          });
    }
  }

  /** A directory that exists is created once more without a complaint. */
  static final class DirectoryCreatedTwice extends MutantSubject {
    DirectoryCreatedTwice() {
      super(
          new DelegatingProvider() {
            @Override
            public void createDirectory(Path directory, FileAttribute<?>... attributes)
                throws IOException {
              try {
                super.createDirectory(directory, attributes);
              } catch (FileAlreadyExistsException e) {
                // this is the planted fault
              }
            }
          });
    }
  }

  /** A listing ignores its filter. */
  static final class ListingWithoutFilter extends MutantSubject {
    ListingWithoutFilter() {
      super(
          new DelegatingProvider() {
            @Override
            public DirectoryStream<Path> newDirectoryStream(
                Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
              return super.newDirectoryStream(directory, any -> true);
            }
          });
    }
  }

  /** Access is granted to a file that is missing. */
  static final class AccessToMissingFiles extends MutantSubject {
    AccessToMissingFiles() {
      super(
          new DelegatingProvider() {
            @Override
            public void checkAccess(Path path, AccessMode... modes) {
              // this is the planted fault
            }
          });
    }
  }

  /** Attributes are those of a link's target, even if links are not to be followed. */
  static final class AttributesThatFollowLinks extends MutantSubject {
    AttributesThatFollowLinks() {
      super(
          new DelegatingProvider() {
            @Override
            public <A extends BasicFileAttributes> A readAttributes(
                Path path, Class<A> type, LinkOption... options) throws IOException {
              return super.readAttributes(path, type);
            }

            @Override
            public Map<String, Object> readAttributes(
                Path path, String attributes, LinkOption... options) throws IOException {
              return super.readAttributes(path, attributes);
            }
          });
    }
  }

  /** Two paths of one file are told to be two files. */
  static final class SameFileByText extends MutantSubject {
    SameFileByText() {
      super(
          new DelegatingProvider() {
            @Override
            public boolean isSameFile(Path path, Path other) throws IOException {
              return path.equals(other);
            }
          });
    }
  }

  /** A file opened with DELETE_ON_CLOSE stays. */
  static final class DeleteOnCloseIgnored extends MutantSubject {
    DeleteOnCloseIgnored() {
      super(
          new DelegatingProvider() {
            @Override
            public FileChannel newFileChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
                throws IOException {
              Set<OpenOption> left = new HashSet<>(options);
              left.remove(StandardOpenOption.DELETE_ON_CLOSE);
              return super.newFileChannel(path, left, attributes);
            }
          });
    }
  }

  /** Truncating a file leaves a position beyond its new end. */
  static final class TruncateKeepsThePosition extends MutantSubject {
    TruncateKeepsThePosition() {
      super(
          channels(
              below ->
                  new DelegatingChannel(below) {
                    @Override
                    public FileChannel truncate(long size) throws IOException {
                      long position = position();
                      super.truncate(size);
                      position(position);
                      return this;
                    }
                  }));
    }
  }

  /** A read of a closed channel is the end of the file. */
  static final class EndOfAClosedChannel extends MutantSubject {
    EndOfAClosedChannel() {
      super(
          channels(
              below ->
                  new DelegatingChannel(below) {
                    @Override
                    public int read(ByteBuffer target) throws IOException {
                      try {
                        return super.read(target);
                      } catch (ClosedChannelException e) {
                        return -1;
                      }
                    }
                  }));
    }
  }

  /** A transfer starts at the beginning of the file, whatever the position. */
  static final class TransferFromTheStart extends MutantSubject {
    TransferFromTheStart() {
      super(
          channels(
              below ->
                  new DelegatingChannel(below) {
                    @Override
                    public long transferTo(long position, long count, WritableByteChannel target)
                        throws IOException {
                      return super.transferTo(0, count, target);
                    }
                  }));
    }
  }

  /** A lock covers the whole file, whatever its range. */
  static final class LockOfTheWholeFile extends MutantSubject {
    LockOfTheWholeFile() {
      super(
          channels(
              below ->
                  new DelegatingChannel(below) {
                    @Override
                    public @Nullable FileLock tryLock(long position, long size, boolean shared)
                        throws IOException {
                      return super.tryLock(0, Long.MAX_VALUE, shared);
                    }
                  }));
    }
  }

  /** A path keeps its redundant names when it is normalized. */
  static final class PathNotNormalized extends MutantSubject {
    PathNotNormalized() {
      super(
          new DelegatingProvider() {
            @Override
            Path newPath(DelegatingFileSystem owner, Path path) {
              return new DelegatingPath(owner, path) {
                @Override
                public Path normalize() {
                  return this;
                }
              };
            }
          });
    }
  }

  /** A time that is set is not kept. */
  static final class TimesNotKept extends MutantSubject {
    TimesNotKept() {
      super(
          new DelegatingProvider() {
            @Override
            public <V extends FileAttributeView> @Nullable V getFileAttributeView(
                Path path, Class<V> type, LinkOption... options) {
              V view = super.getFileAttributeView(path, type, options);
              return type == BasicFileAttributeView.class && view != null
                  ? type.cast(new ViewWithoutTimes((BasicFileAttributeView) view))
                  : view;
            }
          });
    }
  }

  /** Sets no times. */
  private record ViewWithoutTimes(BasicFileAttributeView below) implements BasicFileAttributeView {
    @Override
    public String name() {
      return below.name();
    }

    @Override
    public BasicFileAttributes readAttributes() throws IOException {
      return below.readAttributes();
    }

    @Override
    public void setTimes(
        @Nullable FileTime modified, @Nullable FileTime accessed, @Nullable FileTime created) {
      // this is the planted fault
    }
  }

  private static DelegatingProvider channels(UnaryOperator<FileChannel> mutation) {
    return new DelegatingProvider() {
      @Override
      public FileChannel newFileChannel(
          Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
          throws IOException {
        return mutation.apply(super.newFileChannel(path, options, attributes));
      }
    };
  }

  /** Returns the class of a mutant. */
  public static Class<? extends Subject> named(String name) {
    try {
      return Class.forName(Mutants.class.getName() + "$" + name).asSubclass(Subject.class);
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(name, e);
    }
  }
}
