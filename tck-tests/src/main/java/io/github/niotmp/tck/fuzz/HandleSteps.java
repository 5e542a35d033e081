package io.github.niotmp.tck.fuzz;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some handles on files. A handle stays with its file when the names of the file change. A step on
 * a closed handle opens it first.
 */
final class HandleSteps implements Closeable {
  private static final int HANDLES = 4;

  private final Place place;
  private final List<@Nullable FileChannel> handles = new ArrayList<>();

  HandleSteps(Place place) {
    this.place = place;
    for (int i = 0; i < HANDLES; i++) {
      handles.add(null);
    }
  }

  /** A step on an open handle. */
  @FunctionalInterface
  private interface Operation {
    Object on(FileChannel channel) throws IOException;
  }

  /** A step on the handle that it drew. */
  @FunctionalInterface
  private interface Use {
    String of(int handle, Draw draw);
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    List<Use> ofFiles =
        List.of(
            this::write,
            this::write,
            this::writeAt,
            this::writeAt,
            this::gather,
            this::read,
            this::readAt,
            this::scatter,
            this::truncate,
            this::truncate,
            this::size,
            this::position,
            this::transferTo,
            this::transferFrom,
            this::lock,
            this::tryLock,
            this::force,
            this::open,
            this::close);
    for (Use use : ofFiles) {
      steps.add(new Step(Step.Part.FILES, true, draw -> onOpen(draw, use)));
    }
    steps.add(new Step(Step.Part.MAPS, true, draw -> onOpen(draw, this::mapAndRead)));
    steps.add(new Step(Step.Part.MAPS, true, draw -> onOpen(draw, this::mapAndWrite)));
    return steps;
  }

  private String onOpen(Draw draw, Use use) {
    int handle = draw.below(HANDLES);
    String opened = handles.get(handle) == null ? open(handle, draw) + "; " : "";
    return opened + use.of(handle, draw);
  }

  private String open(int handle, Draw draw) {
    String path = draw.path();
    OpenOption[] options = draw.openOptions();
    return place.tell(
        "handle " + handle + " open " + path + " " + Arrays.toString(options),
        () -> {
          close(handle);
          if (FileSteps.isDirectory(place.at(path))) {
            return "directory";
          }
          FileChannel channel = FileChannel.open(place.at(path), options);
          handles.set(handle, channel);
          return channel.position();
        });
  }

  private String close(int handle, Draw draw) {
    return place.tell(
        "handle " + handle + " close",
        () -> {
          close(handle);
          return "";
        });
  }

  private String write(int handle, Draw draw) {
    byte[] bytes = draw.bytes();
    boolean direct = draw.oneIn(2);
    return tell("write", handle, channel -> channel.write(buffer(bytes, direct)));
  }

  private String writeAt(int handle, Draw draw) {
    byte[] bytes = draw.bytes();
    long position = draw.position();
    boolean direct = draw.oneIn(2);
    return tell(
        "write at " + position, handle, channel -> channel.write(buffer(bytes, direct), position));
  }

  private String gather(int handle, Draw draw) {
    ByteBuffer[] parts = {
      buffer(draw.bytes(), false), buffer(draw.bytes(), true), buffer(draw.bytes(), false)
    };
    return tell("gather", handle, channel -> channel.write(parts));
  }

  private String read(int handle, Draw draw) {
    ByteBuffer target = empty(draw);
    return tell("read", handle, channel -> channel.read(target) + told(target));
  }

  private String readAt(int handle, Draw draw) {
    ByteBuffer target = empty(draw);
    long position = draw.position();
    return tell(
        "read at " + position, handle, channel -> channel.read(target, position) + told(target));
  }

  private String scatter(int handle, Draw draw) {
    ByteBuffer[] targets = {empty(draw), empty(draw)};
    return tell(
        "scatter", handle, channel -> channel.read(targets) + told(targets[0]) + told(targets[1]));
  }

  private String truncate(int handle, Draw draw) {
    long size = draw.position();
    return tell("truncate to " + size, handle, channel -> channel.truncate(size).size());
  }

  private String size(int handle, Draw draw) {
    return tell("size", handle, FileChannel::size);
  }

  private String position(int handle, Draw draw) {
    long position = draw.position();
    return tell("position " + position, handle, channel -> channel.position(position).size());
  }

  /** Transfers to a position behind the source range, so that the ranges never overlap. */
  private String transferTo(int handle, Draw draw) {
    int other = draw.below(HANDLES);
    long position = draw.position();
    int count = draw.bytes().length;
    return tell(
        "transfer " + count + " at " + position + " to " + other,
        handle,
        channel -> {
          FileChannel target = handles.get(other);
          if (target == null) {
            return "closed";
          }
          target.position(position + count);
          return channel.transferTo(position, count, target) + ", then " + target.position();
        });
  }

  /** Transfers from a position behind the target range, for the same reason. */
  private String transferFrom(int handle, Draw draw) {
    int other = draw.below(HANDLES);
    long position = draw.position();
    int count = draw.bytes().length;
    return tell(
        "transfer " + count + " to " + position + " from " + other,
        handle,
        channel -> {
          FileChannel source = handles.get(other);
          if (source == null) {
            return "closed";
          }
          source.position(position + count);
          return channel.transferFrom(source, position, count) + ", then " + source.position();
        });
  }

  private String lock(int handle, Draw draw) {
    long position = draw.position();
    boolean shared = draw.oneIn(2);
    return tell(
        "lock " + shared,
        handle,
        channel -> {
          channel.lock(position, 1 + position, shared).close();
          return "";
        });
  }

  private String tryLock(int handle, Draw draw) {
    return tell(
        "try lock",
        handle,
        channel -> {
          var lock = channel.tryLock();
          if (lock != null) {
            lock.close();
          }
          return lock == null;
        });
  }

  private String force(int handle, Draw draw) {
    return tell(
        "force",
        handle,
        channel -> {
          channel.force(true);
          return "";
        });
  }

  private String mapAndRead(int handle, Draw draw) {
    long position = draw.position();
    int length = draw.bytes().length;
    return tell(
        "map " + position,
        handle,
        channel -> {
          byte[] mapped = new byte[mappable(channel, position, length)];
          channel.map(MapMode.READ_ONLY, position, mapped.length).get(mapped);
          return Place.digest(mapped);
        });
  }

  private String mapAndWrite(int handle, Draw draw) {
    long position = draw.position();
    byte[] bytes = draw.bytes();
    return tell(
        "map and write " + position,
        handle,
        channel -> {
          int length = mappable(channel, position, bytes.length);
          MappedByteBuffer map = channel.map(MapMode.READ_WRITE, position, length);
          map.put(bytes, 0, length);
          map.force();
          return length;
        });
  }

  /** Limits the length to the file: after a truncation an access beyond the end is fatal. */
  private static int mappable(FileChannel channel, long position, int length) throws IOException {
    return (int) Math.max(0, Math.min(length, channel.size() - position));
  }

  private String tell(String what, int handle, Operation operation) {
    return place.tell(
        "handle " + handle + " " + what,
        () -> {
          FileChannel channel = handles.get(handle);
          if (channel == null) {
            return "closed";
          }
          try {
            return operation.on(channel) + ", at " + channel.position();
          } catch (FileSystemException e) {
            throw new IOException(e); // hides the file name, which is optional
          }
        });
  }

  private static ByteBuffer empty(Draw draw) {
    int size = draw.bytes().length;
    return draw.oneIn(2) ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
  }

  private static ByteBuffer buffer(byte[] bytes, boolean direct) {
    return direct
        ? ByteBuffer.allocateDirect(bytes.length).put(bytes).flip()
        : ByteBuffer.wrap(bytes);
  }

  private static String told(ByteBuffer read) {
    byte[] bytes = new byte[read.flip().remaining()];
    read.get(bytes);
    return " of " + Place.digest(bytes);
  }

  private void close(int handle) throws IOException {
    FileChannel channel = handles.set(handle, null);
    if (channel != null) {
      channel.close();
    }
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < HANDLES; i++) {
      close(i);
    }
  }
}
