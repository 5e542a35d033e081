package io.github.niotmp.command.diagnosis;

import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.host.SpillFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** Writes and reads a spill file, as a file system of the library does. */
final class SpillCheck {
  private SpillCheck() {}

  /** Spills to a directory that holds files of this check alone. */
  static Check runIn(Path directory) throws IOException {
    long before = files(directory);
    boolean unnamed;
    try (SpillDirectory spilled = new SpillDirectory(directory, null)) {
      writeAndRead(spilled);
      unnamed = files(directory) == before;
    }
    if (files(directory) > before) {
      throw new FileSystemException(null, null, "A spill file stays after it was closed");
    }
    return result(unnamed);
  }

  /** Spills to a directory in which other users may create files at the same time. */
  static Check runBesideOthers(Path directory) throws IOException {
    try (SpillDirectory spilled = new SpillDirectory(directory, null)) {
      writeAndRead(spilled);
    }
    return result(true);
  }

  private static Check result(boolean unnamed) {
    String finding =
        unnamed
            ? "written and read without a name, and gone"
            : "written and read under a name until it is closed, and gone";
    return Check.ok(Subject.SPILL, Map.of("unnamed", unnamed), List.of(finding));
  }

  private static void writeAndRead(SpillDirectory spilled) throws IOException {
    SpillFile file = spilled.create();
    byte[] bytes = new byte[FileChecks.BYTES];
    new Random().nextBytes(bytes);
    file.write(ByteBuffer.wrap(bytes), 0);
    ByteBuffer back = ByteBuffer.allocate(bytes.length);
    file.readAll(back, 0);
    if (!Arrays.equals(bytes, back.array())) {
      throw new FileSystemException(null, null, "A spill file reads other bytes than were written");
    }
  }

  private static long files(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      return all.filter(Files::isRegularFile).count();
    }
  }
}
