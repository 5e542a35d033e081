package io.github.niotmp.tck.fuzz;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.OpenOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Some handles on files. A handle stays with its file when the names of the file change. A step on
 * a closed handle opens it first.
 *
 * <p>If only documented outcomes count, the steps leave no gap of bytes between the end of a file
 * and a write, complete each transfer that may be short, and do not look at the position of a
 * channel that appends: the Javadoc leaves these open.
 */
final class HandleSteps implements Closeable {
  private static final int HANDLES = 4;

  private final Place place;
  private final List<@Nullable FileChannel> handles = new ArrayList<>();
  private final boolean[] appends = new boolean[HANDLES];

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
            this::force,
            this::open,
            this::close);
    for (Use use : ofFiles) {
      steps.add(new Step(Step.Part.BYTES, true, draw -> onOpen(draw, use)));
    }
    steps.add(new Step(Step.Part.FILES, true, draw -> onOpen(draw, this::lock)));
    steps.add(new Step(Step.Part.FILES, true, draw -> onOpen(draw, this::tryLock)));
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
          appends[handle] = Arrays.asList(options).contains(StandardOpenOption.APPEND);
          return place.documented() ? "opened" : channel.position();
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
    return tell(
        "write",
        handle,
        channel -> {
          closeGap(handle, channel);
          return channel.write(buffer(bytes, direct));
        });
  }

  private String writeAt(int handle, Draw draw) {
    byte[] bytes = draw.bytes();
    long position = draw.position();
    boolean direct = draw.oneIn(2);
    return tell(
        "write at " + position,
        handle,
        channel ->
            isUndocumented(handle)
                ? "left out"
                : channel.write(buffer(bytes, direct), inside(position, channel)));
  }

  private String gather(int handle, Draw draw) {
    ByteBuffer[] parts = {
      buffer(draw.bytes(), false), buffer(draw.bytes(), true), buffer(draw.bytes(), false)
    };
    return tell(
        "gather",
        handle,
        channel -> {
          closeGap(handle, channel);
          return channel.write(parts);
        });
  }

  private String read(int handle, Draw draw) {
    ByteBuffer target = empty(draw);
    return tell(
        "read",
        handle,
        channel -> whole(() -> channel.read(target), target::hasRemaining) + told(target));
  }

  private String readAt(int handle, Draw draw) {
    ByteBuffer target = empty(draw);
    long position = draw.position();
    return tell(
        "read at " + position,
        handle,
        channel ->
            whole(() -> channel.read(target, position + target.position()), target::hasRemaining)
                + told(target));
  }

  private String scatter(int handle, Draw draw) {
    ByteBuffer[] targets = {empty(draw), empty(draw)};
    return tell(
        "scatter",
        handle,
        channel ->
            whole(() -> channel.read(targets), targets[1]::hasRemaining)
                + told(targets[0])
                + told(targets[1]));
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
    return tell(
        "position " + position,
        handle,
        channel -> channel.position(inside(position, channel)).size());
  }

  /** Transfers to a position behind the source range, so that the ranges never overlap. */
  private String transferTo(int handle, Draw draw) {
    int other = draw.below(HANDLES);
    long position = draw.position();
    int most = draw.bytes().length;
    return tell(
        "transfer " + most + " at " + position + " to " + other,
        handle,
        channel -> {
          FileChannel target = handles.get(other);
          if (target == null) {
            return "closed";
          }
          if (isUndocumented(other)) {
            return "left out";
          }
          target.position(inside(position + most, target));
          long count = available(most, channel, position);
          return transferred(
                  count, done -> channel.transferTo(position + done, count - done, target))
              + ", then "
              + target.position();
        });
  }

  /** Transfers from a position behind the target range, for the same reason. */
  private String transferFrom(int handle, Draw draw) {
    int other = draw.below(HANDLES);
    long position = draw.position();
    int most = draw.bytes().length;
    return tell(
        "transfer " + most + " to " + position + " from " + other,
        handle,
        channel -> {
          FileChannel source = handles.get(other);
          if (source == null) {
            return "closed";
          }
          if (isUndocumented(handle) || isUndocumented(other)) {
            return "left out";
          }
          source.position(position + most);
          long start = inside(position, channel);
          long count = available(most, source, position + most);
          return transferred(
                  count, done -> channel.transferFrom(source, start + done, count - done))
              + ", then "
              + source.position();
        });
  }

  /** Says whether a handle appends, so that the Javadoc does not fix its position. */
  private boolean isUndocumented(int handle) {
    return place.documented() && appends[handle];
  }

  /** Moves a position beyond the end back to it: the bytes of a gap are not documented. */
  private void closeGap(int handle, FileChannel channel) throws IOException {
    if (place.documented() && !appends[handle] && channel.position() > channel.size()) {
      channel.position(channel.size());
    }
  }

  private long inside(long position, FileChannel channel) throws IOException {
    return place.documented() ? Math.min(position, channel.size()) : position;
  }

  /** Limits a transfer to the bytes that its source has before the transfer. */
  private long available(int most, FileChannel source, long position) throws IOException {
    return place.documented() ? Math.max(0, Math.min(most, source.size() - position)) : most;
  }

  /** A read that may be short. */
  @FunctionalInterface
  private interface Read {
    long next() throws IOException;
  }

  /** A transfer that may be short. */
  @FunctionalInterface
  private interface Transfer {
    long after(long done) throws IOException;
  }

  /** Repeats a read until the buffers are full or the file ends. */
  private long whole(Read read, BooleanSupplier remains) throws IOException {
    long count = read.next();
    long sum = count;
    while (place.documented() && count > 0 && remains.getAsBoolean()) {
      count = read.next();
      sum += Math.max(0, count);
    }
    return sum;
  }

  /** Repeats a transfer until all bytes are transferred or a call transfers none. */
  private String transferred(long count, Transfer transfer) throws IOException {
    if (!place.documented()) {
      return String.valueOf(transfer.after(0));
    }
    try {
      long done = 0;
      long last = 1;
      while (done < count && last > 0) {
        last = transfer.after(done);
        done += last;
      }
      return String.valueOf(done);
    } catch (NonReadableChannelException | NonWritableChannelException e) {
      return "refused"; // a call that both of them fit may throw either
    }
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
            Object result = operation.on(channel);
            return result + (isUndocumented(handle) ? "" : ", at " + channel.position());
          } catch (FileSystemException e) {
            throw new IOException(e); // hides the file name, which is optional
          }
        });
  }

  /** Returns an empty buffer; the Javadoc fixes no result of a read into no bytes at the end. */
  private ByteBuffer empty(Draw draw) {
    int size = draw.bytes().length + (place.documented() ? 1 : 0);
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
