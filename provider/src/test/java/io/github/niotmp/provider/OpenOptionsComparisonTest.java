package io.github.niotmp.provider;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Opens files with every set of options, here and in the default file system. */
@EnabledOnOs(OS.LINUX)
class OpenOptionsComparisonTest {
  private static final List<String> NAMES = List.of("missing", "file", "link");

  /** Those that change nothing one can see here are given together, to save time. */
  private static final List<List<OpenOption>> OPTIONS =
      List.of(
          List.of(StandardOpenOption.READ),
          List.of(StandardOpenOption.WRITE),
          List.of(StandardOpenOption.APPEND),
          List.of(StandardOpenOption.TRUNCATE_EXISTING),
          List.of(StandardOpenOption.CREATE),
          List.of(StandardOpenOption.CREATE_NEW),
          List.of(StandardOpenOption.DELETE_ON_CLOSE),
          List.of(LinkOption.NOFOLLOW_LINKS),
          List.of(StandardOpenOption.SPARSE, StandardOpenOption.SYNC, StandardOpenOption.DSYNC));

  @ParameterizedTest
  @EnumSource
  void everySetOfOptionsDoesTheSame(Opening opening, @TempDir Path oracle) throws Exception {
    SoftAssertions softly = new SoftAssertions();
    URI uri = URI.create("tmp://options-" + opening);
    try (FileSystem ours = new TmpFileSystemProvider().newFileSystem(uri, Map.of())) {
      for (String name : NAMES) {
        for (OpenOption[] options : subsets()) {
          if (name.equals("link") && followsByMistake(opening, options)) {
            continue;
          }
          softly
              .assertThat(outcome(opening, ours.getPath("/"), name, options))
              .as("%s with %s", name, List.of(options))
              .isEqualTo(outcome(opening, oracle, name, options));
        }
      }
    }
    softly.assertAll();
  }

  /** The default provider looks at CREATE_NEW, which says nothing to a reader, and follows. */
  private static boolean followsByMistake(Opening opening, OpenOption... options) {
    List<OpenOption> given = List.of(options);
    return given.contains(StandardOpenOption.CREATE_NEW)
        && !given.contains(StandardOpenOption.WRITE)
        && !given.contains(StandardOpenOption.APPEND)
        && opening != Opening.OUTPUT_STREAM;
  }

  private static List<OpenOption[]> subsets() {
    List<OpenOption[]> subsets = new ArrayList<>();
    for (int bits = 0; bits < 1 << OPTIONS.size(); bits++) {
      List<OpenOption> chosen = new ArrayList<>();
      for (int i = 0; i < OPTIONS.size(); i++) {
        if ((bits & (1 << i)) != 0) {
          chosen.addAll(OPTIONS.get(i));
        }
      }
      subsets.add(chosen.toArray(OpenOption[]::new));
    }
    return subsets;
  }

  private static String outcome(Opening opening, Path root, String name, OpenOption... options)
      throws Exception {
    Path file = Files.writeString(root.resolve("file"), "0123");
    Path link = root.resolve("link");
    if (!Files.isSymbolicLink(link)) {
      Files.createSymbolicLink(link, file.getFileName());
    }
    @Nullable String opened;
    try {
      opened = opening.opened(root.resolve(name), options);
    } catch (FileSystemException e) {
      opened = e.getReason() == null ? e.getClass().getName() : e.getReason();
    } catch (IOException e) {
      opened = e.getMessage(); // the default provider does not always name the file
    } catch (UnsupportedOperationException | IllegalArgumentException e) {
      opened = e.toString();
    }
    String after =
        Files.isSymbolicLink(link)
            + (Files.exists(file) ? Files.readString(file) : " no file")
            + Files.deleteIfExists(root.resolve("missing"));
    return opened + ", then " + after;
  }

  /** The ways to open a file. */
  enum Opening {
    CHANNEL {
      @Override
      String opened(Path path, OpenOption... options) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(path, Set.of(options))) {
          return read(channel) + write(channel) + " of " + channel.size();
        }
      }
    },
    ASYNCHRONOUS_CHANNEL {
      @Override
      String opened(Path path, OpenOption... options) throws Exception {
        try (AsynchronousFileChannel channel =
            AsynchronousFileChannel.open(path, Set.of(options), null)) {
          return read(channel) + write(channel) + " of " + channel.size();
        }
      }
    },
    INPUT_STREAM {
      @Override
      String opened(Path path, OpenOption... options) throws IOException {
        try (InputStream stream = Files.newInputStream(path, options)) {
          return "read " + stream.read();
        }
      }
    },
    OUTPUT_STREAM {
      @Override
      String opened(Path path, OpenOption... options) throws IOException {
        try (OutputStream stream = Files.newOutputStream(path, options)) {
          stream.write(new byte[0]);
          return "written";
        }
      }
    };

    /** Returns what was seen of the file while it was open. */
    abstract String opened(Path path, OpenOption... options) throws Exception;

    private static String read(SeekableByteChannel channel) throws IOException {
      try {
        return "reads " + channel.read(ByteBuffer.allocate(1)) + " at " + channel.position();
      } catch (NonReadableChannelException e) {
        return "no reader";
      }
    }

    private static String write(SeekableByteChannel channel) throws IOException {
      try {
        return ", writes " + channel.write(ByteBuffer.allocate(0)) + " at " + channel.position();
      } catch (NonWritableChannelException e) {
        return ", no writer";
      }
    }

    private static String read(AsynchronousFileChannel channel)
        throws InterruptedException, ExecutionException {
      try {
        return "reads " + channel.read(ByteBuffer.allocate(1), 0).get();
      } catch (NonReadableChannelException e) {
        return "no reader";
      }
    }

    private static String write(AsynchronousFileChannel channel)
        throws InterruptedException, ExecutionException {
      try {
        return ", writes " + channel.write(ByteBuffer.allocate(0), 0).get();
      } catch (NonWritableChannelException e) {
        return ", no writer";
      }
    }
  }
}
