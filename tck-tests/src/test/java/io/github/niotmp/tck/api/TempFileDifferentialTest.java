package io.github.niotmp.tck.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.github.niotmp.PersistException;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random sequences of operations on a temporary file, through its name, its channel, its streams
 * and writers and by other programs, compared with a model: an array of bytes for each file, the
 * position of the channel, and the file at the name.
 *
 * <p>The property {@code niotmp.tck.owner} sets the number of operations in all, {@code
 * niotmp.tck.owner.seed} the first seed. A sequence that shows a difference is shortened.
 */
class TempFileDifferentialTest {
  private static final int OPERATIONS = Integer.getInteger("niotmp.tck.owner", 1500);
  private static final long FIRST_SEED = Long.getLong("niotmp.tck.owner.seed", 1);
  private static final int LENGTH = 40;
  private static final int MOST_REPEATS = 400;
  private static final int SMALL = 24;
  private static final int LARGE = 3000;
  private static final int THRESHOLD = 1000;
  private static final int BUFFER = 64;
  private static final List<Place> PLACES =
      List.of(Place.TMP, Place.HOST, Place.DISK, Place.ANOTHER_DEVICE, Place.JIMFS);

  static Stream<Arguments> kinds() {
    return PLACES.stream()
        .flatMap(place -> Stream.of(Arguments.of(place, 0), Arguments.of(place, BUFFER)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void everyViewShowsTheBytesOfTheModel(Place place, int bufferSize) throws Exception {
    int sequences = Math.max(1, OPERATIONS / LENGTH / (2 * PLACES.size()));
    for (int i = 0; i < sequences; i++) {
      long seed = FIRST_SEED + i;
      List<Step> steps = steps(new Random(seed));
      Difference found = run(place, bufferSize, steps);
      if (found != null) {
        fail("Seed " + seed + ", shortened:\n" + shortened(place, bufferSize, found));
      }
    }
  }

  private static List<Step> steps(Random random) {
    Operation[] all = Operation.values();
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < LENGTH - 1; i++) {
      steps.add(new Step(all[random.nextInt(all.length - 1)], random.nextLong()));
    }
    steps.add(new Step(Operation.PERSIST, random.nextLong()));
    return steps;
  }

  /** Runs a sequence; returns null if there is no difference. */
  private static @Nullable Difference run(Place place, int bufferSize, List<Step> steps)
      throws Exception {
    List<String> done = new ArrayList<>();
    try (Place.Opened opened = place.open();
        Subject subject = new Subject(place, opened.directory(), bufferSize)) {
      for (Step step : steps) {
        step.operation.on(subject, new Random(step.seed), done);
      }
      return null;
    } catch (AssertionError | IOException | RuntimeException e) {
      return new Difference(steps.subList(0, Math.min(steps.size(), done.size())), done, e);
    }
  }

  /** Leaves out one step after the other, as long as a difference is left. */
  private static Difference shortened(Place place, int bufferSize, Difference first)
      throws Exception {
    Difference shortest = first;
    int repeats = 0;
    for (int i = shortest.steps.size() - 2; i >= 0 && repeats < MOST_REPEATS; i--) {
      if (i < shortest.steps.size() - 1) {
        List<Step> fewer = new ArrayList<>(shortest.steps);
        fewer.remove(i);
        Difference found = run(place, bufferSize, fewer);
        repeats++;
        shortest = found != null ? found : shortest;
      }
    }
    return shortest;
  }

  private record Step(Operation operation, long seed) {}

  private record Difference(List<Step> steps, List<String> done, Throwable failure) {
    @Override
    public String toString() {
      StringBuilder trace = new StringBuilder(String.join("\n", done)).append('\n');
      trace.append(failure).append('\n');
      Arrays.stream(failure.getStackTrace())
          .limit(SMALL)
          .forEach(frame -> trace.append("  ").append(frame).append('\n'));
      return trace.toString();
    }
  }

  /** The bytes of one file; a name leads to it, or an open channel, or both. */
  private static final class Content {
    byte[] bytes;

    Content(byte[] bytes) {
      this.bytes = bytes;
    }

    int size() {
      return bytes.length;
    }

    void write(byte[] source, int at) {
      if (source.length > 0) {
        bytes = Arrays.copyOf(bytes, Math.max(size(), at + source.length));
        System.arraycopy(source, 0, bytes, at, source.length);
      }
    }

    byte[] read(int at, int count) {
      return at >= size()
          ? new byte[0]
          : Arrays.copyOfRange(bytes, at, Math.min(size(), at + count));
    }

    void setSize(int size) {
      bytes = Arrays.copyOf(bytes, size);
    }
  }

  /** The file and its model. */
  private static final class Subject implements AutoCloseable {
    final Place place;
    final Path directory;
    final boolean buffered;
    final TempFile file;
    final Path path;
    final FileChannel channel;
    final OutputStream out;
    final OutputStream appending;
    final BufferedWriter writer;
    final InputStream in;
    final FileChannel stays;
    final Content first = new Content(new byte[0]);

    @Nullable Content named = first;
    Content open = first;
    boolean replaced;
    int position;
    int inPosition;
    boolean persisted;

    Subject(Place place, Path directory, int bufferSize) throws IOException {
      this.place = place;
      this.directory = directory;
      buffered = bufferSize > 0;
      TempOptions options = TempOptions.defaults().directory(directory).bufferSize(bufferSize);
      file = TempFile.create(place == Place.TMP ? options.spoolThreshold(THRESHOLD) : options);
      path = file.path();
      channel = file.channel();
      out = file.newOutputStream();
      appending = file.newOutputStream(StandardOpenOption.APPEND);
      writer = file.newWriter();
      in = file.newInputStream();
      stays = file.reopen(StandardOpenOption.READ);
    }

    /** Returns text to write. Jimfs extends a file for no byte that is written behind its end. */
    byte[] bytes(Random random) {
      int least = place == Place.JIMFS ? 1 : 0;
      byte[] bytes = new byte[least + random.nextInt(random.nextInt(10) == 0 ? LARGE : SMALL)];
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) ('a' + random.nextInt(26));
      }
      return bytes;
    }

    /** Opens the file at the name, as each method of the owner does. */
    void lookUp() {
      if (named != null && named != open) {
        open = named;
        replaced = true;
      }
    }

    /** Opens it and sees to the position, as each operation of the channel does. */
    void follow() {
      lookUp();
      if (replaced) {
        position = Math.min(position, open.size());
        replaced = false;
      }
    }

    /** Writes out the buffer before a step that does not go through the owner. */
    void flush() throws IOException {
      if (buffered) {
        out.flush();
      }
    }

    void expectGone(Call call) throws IOException {
      try {
        call.run();
      } catch (NoSuchFileException e) {
        assertThat(e).hasMessageContaining(path.toString());
        assertThat(e.getReason()).contains("The name of the temporary file");
        return;
      }
      fail("The name is gone, but the call succeeds");
    }

    /** Compares each view. */
    void check() throws IOException {
      lookUp();
      if (named == null) {
        assertThat(path).doesNotExist();
        expectGone(file::size);
      } else {
        assertThat(file.size()).as("size").isEqualTo(named.size());
        assertThat(Files.readAllBytes(path)).as("by the name").isEqualTo(named.bytes);
        assertThat(file.newInputStream().readAllBytes()).as("stream").isEqualTo(named.bytes);
      }
      assertThat(read(stays)).as("a channel opened at first").isEqualTo(first.bytes);
    }

    void checkChannel() throws IOException {
      flush();
      follow();
      assertThat(channel.position()).as("position").isEqualTo(position);
      assertThat(read(channel)).as("by the channel").isEqualTo(open.bytes);
      assertThat(channel.size()).as("size of the channel").isEqualTo(open.size());
    }

    private static byte[] read(FileChannel channel) throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {}
      return bytes.array();
    }

    @Override
    @SuppressWarnings("try") // they are there to be closed
    public void close() throws IOException {
      try (stays;
          file) {
        assertThat(persisted || Files.exists(directory)).isTrue();
      }
    }
  }

  private interface Call {
    void run() throws IOException;
  }

  private static int place(Random random, int size) {
    return random.nextInt(size + 10);
  }

  private enum Operation {
    WRITE_BY_NAME {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.flush();
        Files.write(s.path, bytes);
        if (s.named == null) {
          s.named = new Content(bytes);
        } else {
          s.named.bytes = bytes;
        }
      }
    },
    APPEND_BY_NAME {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.flush();
        Files.write(s.path, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        if (s.named == null) {
          s.named = new Content(bytes);
        } else {
          s.named.write(bytes, s.named.size());
        }
      }
    },
    DELETE {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.flush();
        Files.deleteIfExists(s.path);
        s.named = null;
      }
    },
    REPLACE_BY_COPY {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.flush();
        Files.copy(new ByteArrayInputStream(bytes), s.path, StandardCopyOption.REPLACE_EXISTING);
        s.named = new Content(bytes);
      }
    },
    REPLACE_BY_RENAME {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.flush();
        Path other = Files.write(s.directory.resolve("other"), bytes);
        Files.move(other, s.path, StandardCopyOption.REPLACE_EXISTING);
        s.named = new Content(bytes);
      }
    },
    AWAY_AND_BACK {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.flush();
        if (s.named != null) {
          Path other = Files.move(s.path, s.directory.resolve("away"));
          Content before = s.named;
          s.named = null;
          if (random.nextBoolean()) {
            s.checkChannel();
          }
          Files.move(other, s.path);
          s.named = before;
        }
      }
    },
    READ {
      @Override
      void run(Subject s, Random random) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(SMALL));
        s.flush();
        s.follow();
        byte[] expected = s.open.read(s.position, target.capacity());
        int count = s.channel.read(target);
        assertThat(count).isEqualTo(expected.length == 0 ? -1 : expected.length);
        assertThat(Arrays.copyOf(target.array(), expected.length)).isEqualTo(expected);
        s.position += expected.length;
      }
    },
    READ_SCATTERING {
      @Override
      void run(Subject s, Random random) throws IOException {
        ByteBuffer[] targets = {
          ByteBuffer.allocate(2), ByteBuffer.allocate(0), ByteBuffer.allocate(5)
        };
        s.flush();
        s.follow();
        byte[] expected = s.open.read(s.position, 7);
        long count = s.channel.read(targets);
        assertThat(count).isEqualTo(expected.length == 0 ? -1 : expected.length);
        ByteBuffer joined = ByteBuffer.allocate(7);
        joined.put(targets[0].flip()).put(targets[2].flip());
        assertThat(Arrays.copyOf(joined.array(), joined.position())).isEqualTo(expected);
        s.position += expected.length;
      }
    },
    WRITE {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.flush();
        s.follow();
        assertThat(s.channel.write(ByteBuffer.wrap(bytes))).isEqualTo(bytes.length);
        s.open.write(bytes, s.position);
        s.position += bytes.length;
      }
    },
    WRITE_GATHERING {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] one = s.bytes(random);
        byte[] two = s.bytes(random);
        s.flush();
        s.follow();
        long count = s.channel.write(new ByteBuffer[] {ByteBuffer.wrap(one), ByteBuffer.wrap(two)});
        assertThat(count).isEqualTo(one.length + two.length);
        s.open.write(one, s.position);
        s.open.write(two, s.position + one.length);
        s.position += one.length + two.length;
      }
    },
    POSITION {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.flush();
        s.follow();
        s.position = TempFileDifferentialTest.place(random, s.open.size());
        assertThat(s.channel.position(s.position)).isSameAs(s.channel);
      }
    },
    TRUNCATE {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.flush();
        s.follow();
        int size = TempFileDifferentialTest.place(random, s.open.size());
        s.channel.truncate(size);
        s.open.setSize(Math.min(size, s.open.size()));
        s.position = Math.min(s.position, size);
      }
    },
    READ_AT {
      @Override
      void run(Subject s, Random random) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(1 + random.nextInt(SMALL));
        s.flush();
        s.follow();
        int at = TempFileDifferentialTest.place(random, s.open.size());
        byte[] expected = s.open.read(at, target.capacity());
        int count = s.channel.read(target, at);
        assertThat(count).isEqualTo(expected.length == 0 ? -1 : expected.length);
        assertThat(Arrays.copyOf(target.array(), expected.length)).isEqualTo(expected);
      }
    },
    WRITE_AT {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.flush();
        s.follow();
        int at = TempFileDifferentialTest.place(random, s.open.size());
        assertThat(s.channel.write(ByteBuffer.wrap(bytes), at)).isEqualTo(bytes.length);
        s.open.write(bytes, at);
      }
    },
    TRANSFER_TO {
      @Override
      void run(Subject s, Random random) throws IOException {
        ByteArrayOutputStream target = new ByteArrayOutputStream();
        s.flush();
        s.follow();
        int at = TempFileDifferentialTest.place(random, s.open.size());
        long count = s.channel.transferTo(at, SMALL, Channels.newChannel(target));
        assertThat(target.toByteArray()).isEqualTo(s.open.read(at, SMALL)).hasSize((int) count);
      }
    },
    TRANSFER_FROM {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.flush();
        s.follow();
        int at = random.nextInt(s.open.size() + 1);
        InputStream source = new ByteArrayInputStream(bytes);
        long count = s.channel.transferFrom(Channels.newChannel(source), at, bytes.length);
        assertThat(count).isEqualTo(bytes.length);
        s.open.write(bytes, at);
      }
    },
    STREAM_OUT {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.follow();
        OutputStream out = random.nextBoolean() ? s.out : s.file.newOutputStream();
        if (random.nextBoolean()) {
          out.write(bytes);
        } else {
          for (byte each : bytes) {
            out.write(each);
          }
        }
        s.open.write(bytes, s.position);
        s.position += bytes.length;
      }
    },
    STREAM_APPENDING {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.follow();
        s.appending.write(bytes);
        int end = s.open.size();
        s.open.write(bytes, end);
        s.position = end + bytes.length;
      }
    },
    STREAM_TRUNCATING {
      @Override
      void run(Subject s, Random random) throws IOException {
        if (s.named == null) {
          s.expectGone(() -> s.file.newOutputStream(StandardOpenOption.TRUNCATE_EXISTING));
          return;
        }
        s.follow();
        s.file.newOutputStream(StandardOpenOption.TRUNCATE_EXISTING).write('t');
        s.open.bytes = new byte[] {'t'};
        s.position = 1;
      }
    },
    WRITER {
      @Override
      void run(Subject s, Random random) throws IOException {
        byte[] bytes = s.bytes(random);
        s.follow();
        BufferedWriter writer = random.nextBoolean() ? s.writer : s.file.newWriter();
        writer.write(new String(bytes, US_ASCII));
        s.open.write(bytes, s.position);
        s.position += bytes.length;
      }
    },
    STREAM_IN {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.lookUp();
        int wanted = 1 + random.nextInt(SMALL);
        s.flush();
        byte[] expected = s.open.read(s.inPosition, wanted);
        byte[] target = new byte[wanted];
        int count = s.in.read(target);
        assertThat(count).isEqualTo(expected.length == 0 ? -1 : expected.length);
        assertThat(Arrays.copyOf(target, expected.length)).isEqualTo(expected);
        s.inPosition += expected.length;
      }
    },
    READER {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.lookUp();
        if (s.named == null) {
          s.expectGone(s.file::newReader);
          return;
        }
        StringBuilder read = new StringBuilder();
        s.file.newReader().lines().forEach(read::append);
        assertThat(read.toString().getBytes(US_ASCII)).isEqualTo(s.named.bytes);
      }
    },
    REOPEN {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.lookUp();
        if (s.named == null) {
          s.expectGone(s.file::reopen);
          return;
        }
        byte[] bytes = s.bytes(random);
        int at = TempFileDifferentialTest.place(random, s.named.size());
        try (FileChannel again = s.file.reopen()) {
          assertThat(Subject.read(again)).isEqualTo(s.named.bytes);
          again.write(ByteBuffer.wrap(bytes), at);
        }
        s.named.write(bytes, at);
      }
    },
    SET_SIZE {
      @Override
      void run(Subject s, Random random) throws IOException {
        if (s.named == null) {
          s.expectGone(() -> s.file.setSize(random.nextInt(SMALL)));
          return;
        }
        s.follow();
        int size = TempFileDifferentialTest.place(random, s.named.size());
        s.file.setSize(size);
        s.named.setSize(size);
        s.position = Math.min(s.position, size);
      }
    },
    ROLL_OVER {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.lookUp();
        if (s.named == null) {
          s.expectGone(s.file::rollOver);
          s.expectGone(s.file::isRolledOver);
          return;
        }
        s.file.rollOver();
        assertThat(s.file.isRolledOver()).isTrue();
      }
    },
    OTHER_PROGRAM {
      @Override
      void run(Subject s, Random random) throws IOException {
        if (s.place == Place.JIMFS) {
          return;
        }
        s.lookUp();
        if (s.named == null) {
          s.expectGone(s.file::hostPath);
          return;
        }
        byte[] bytes = s.bytes(random);
        int at = TempFileDifferentialTest.place(random, s.named.size());
        Path real = s.file.hostPath();
        switch (random.nextInt(10)) {
          case 0 -> {
            shell("printf xyz >> \"$1\"", real);
            s.named.write(new byte[] {'x', 'y', 'z'}, s.named.size());
          }
          case 1, 2 -> {
            Files.write(real, bytes, StandardOpenOption.APPEND);
            s.named.write(bytes, s.named.size());
          }
          case 3, 4 -> {
            Files.write(real, bytes);
            s.named.bytes = bytes;
          }
          default -> {
            try (FileChannel other = FileChannel.open(real, StandardOpenOption.WRITE)) {
              other.write(ByteBuffer.wrap(bytes), at);
            }
            s.named.write(bytes, at);
          }
        }
      }
    },
    CHECK_CHANNEL {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.checkChannel();
      }
    },
    /** The last one. */
    PERSIST {
      @Override
      void run(Subject s, Random random) throws IOException {
        s.lookUp();
        Place to = PLACES.get(random.nextInt(PLACES.size()));
        try (Place.Opened opened = to.open()) {
          Path directory = random.nextInt(3) == 0 ? s.directory : opened.directory();
          Path target = directory.resolve("target");
          if (random.nextBoolean()) {
            Files.writeString(target, "old");
          }
          if (s.named == null) {
            try {
              s.file.persist(target, StandardCopyOption.REPLACE_EXISTING);
              fail("The name is gone, but persist succeeds");
            } catch (PersistException e) {
              assertThat(e).hasCauseInstanceOf(NoSuchFileException.class);
            }
            s.checkChannel();
            return;
          }
          s.file.persist(target, StandardCopyOption.REPLACE_EXISTING);
          s.persisted = true;
          assertThat(Files.readAllBytes(target)).as("persisted").isEqualTo(s.named.bytes);
          assertThat(s.path).doesNotExist();
          assertThat(directory).isDirectoryNotContaining(path -> !path.equals(target));
        }
      }
    };

    abstract void run(Subject subject, Random random) throws IOException;

    void on(Subject subject, Random random, List<String> done) throws IOException {
      done.add(name());
      run(subject, random);
      done.set(done.size() - 1, name() + state(subject));
      if (!subject.persisted && random.nextBoolean()) {
        subject.check();
        if (random.nextBoolean()) {
          subject.checkChannel();
        }
      }
    }

    private static String state(Subject subject) {
      return " -> at the name "
          + (subject.named == null ? "none" : subject.named.size() + " bytes")
          + (subject.named == subject.open ? "" : ", open " + subject.open.size() + " bytes")
          + ", position "
          + subject.position;
    }

    private static void shell(String command, Path file) throws IOException {
      Process process =
          new ProcessBuilder("sh", "-c", command, "sh", file.toString()).inheritIO().start();
      try {
        assertThat(process.waitFor()).isZero();
      } catch (InterruptedException e) {
        throw new IllegalStateException("Nobody interrupts this thread", e);
      }
    }
  }
}
