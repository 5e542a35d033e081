package io.github.niotmp.command.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ExaminationTest {
  @TempDir Path host;

  private static Check check(Diagnosis diagnosis, Subject subject) {
    return diagnosis.checks().stream()
        .filter(check -> check.subject() == subject)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anObjectStoreHasLimitsAndTakesNoSpillFiles() {
    Diagnosis diagnosis = Examination.of(LimitedFileSystem.over(host));

    assertThat(diagnosis.limits())
        .containsExactly("no file locks", "no atomic rename", "open files end with their names");
    assertThat(check(diagnosis, Subject.UNLINK).values()).containsEntry("openFile", "lost");
    assertThat(check(diagnosis, Subject.FILE_SYSTEM).findings())
        .containsExactly("objects (bucket), its size is unknown");
    assertThat(diagnosis.problems()).singleElement().asString().contains("Cannot spill to");
    assertThat(host).isEmptyDirectory();
  }

  @ParameterizedTest
  @EnumSource(names = {"KEEPS_OPEN_FILES", "DELETES_LATER"})
  void anOpenFileMayKeepItsName(LimitedFileSystem.Behaviour behaviour) {
    Diagnosis diagnosis = Examination.of(LimitedFileSystem.over(host, behaviour));

    assertThat(check(diagnosis, Subject.UNLINK).values()).containsEntry("openFile", "kept");
    assertThat(diagnosis.limits()).containsExactly("no file locks", "no atomic rename");
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aRenameThatLeavesItsSourceIsAProblem() {
    Diagnosis diagnosis =
        Examination.of(LimitedFileSystem.over(host, LimitedFileSystem.Behaviour.COPIES));

    assertThat(check(diagnosis, Subject.RENAME).cause())
        .endsWith(": A rename left the source, or other bytes");
    assertThat(host).isEmptyDirectory();
  }

  @Test
  void aFailureWithoutAFileIsItsReason() {
    assertThat(FailureText.of(new IOException("reason"))).isEqualTo("reason");
    assertThat(FailureText.of(new FileSystemException(null, null, "reason"))).isEqualTo("reason");
    assertThat(FailureText.of(new NoSuchFileException("file")))
        .isEqualTo("file: No such file or directory");
  }

  @ParameterizedTest
  @CsvSource({
    "nfs4, files of killed processes stay",
    "fuse.sshfs, files of killed processes stay",
    "tmpfs, spilled bytes stay in memory"
  })
  void aTypeOfAFileSystemMayBeALimit(String type, String limit) {
    Check check = Examination.fileSystem(type, "found", Map.of());

    assertThat(check.outcome()).isEqualTo(Outcome.LIMIT);
    assertThat(check.cause()).isEqualTo(limit);
    assertThat(check.findings()).hasSize(2).startsWith("found");
  }

  @Test
  void aSystemMayNotTellItsDescriptors() {
    OptionalLong unknown = OptionalLong.empty();

    for (Check check :
        List.of(
            Examination.descriptors(unknown, unknown),
            Examination.descriptors(OptionalLong.of(1), unknown))) {
      assertThat(check.findings()).containsExactly("this system does not report them");
      assertThat(check.values()).isEmpty();
    }
  }

  @Test
  void twoProblemsAreCountedAndACauseIsNamedOnce() {
    Diagnosis diagnosis =
        new Diagnosis(
            "/d",
            null,
            List.of(),
            List.of(
                Check.problem(Subject.WRITE, "a"),
                Check.problem(Subject.GAP, "b"),
                Check.problem(Subject.SPILL, "a")));

    assertThat(diagnosis.summary()).isEqualTo("2 problems: a; b");
    assertThat(diagnosis.verdict()).isEqualTo(Verdict.PROBLEM);
  }

  @ParameterizedTest
  @CsvSource({"0, 0 bytes", "1023, 1023 bytes", "1024, 1.0 KiB", "1610612736, 1.5 GiB"})
  void sizesHaveTheLargestUnit(long bytes, String text) {
    assertThat(Size.text(bytes)).isEqualTo(text);
  }

  @Test
  void theLargestUnitIsTheTebibyte() {
    assertThat(Size.text(Long.MAX_VALUE)).isEqualTo("8388608.0 TiB");
  }

  /** A file whose faults a test chooses. */
  private static class FaultyFile implements SeekableByteChannel {
    private final SeekableByteChannel real;

    FaultyFile(Path path) throws IOException {
      real = FileChecks.create(path);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return real.read(target);
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
      return real.write(source);
    }

    @Override
    public long position() throws IOException {
      return real.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      return real.position(position);
    }

    @Override
    public long size() throws IOException {
      return real.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      return real.truncate(size);
    }

    @Override
    public boolean isOpen() {
      return real.isOpen();
    }

    @Override
    public void close() throws IOException {
      real.close();
    }
  }

  @Test
  void aFileThatReadsOtherBytesIsAProblem() throws IOException {
    try (FaultyFile file =
        new FaultyFile(host.resolve("file")) {
          @Override
          public int read(ByteBuffer target) throws IOException {
            int at = target.position();
            int count = super.read(target);
            target.put(at, (byte) ~target.get(at));
            return count;
          }
        }) {
      assertThatThrownBy(() -> FileChecks.write(file))
          .isInstanceOf(IOException.class)
          .hasMessage("A file reads other bytes than were written");
    }
  }

  @Test
  void aFileThatEndsEarlyIsAProblem() throws IOException {
    try (FaultyFile file =
        new FaultyFile(host.resolve("file")) {
          @Override
          public int read(ByteBuffer target) {
            return -1;
          }
        }) {
      assertThatThrownBy(() -> FileChecks.write(file)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aFileThatKeepsItsSizeIsAProblem() throws IOException {
    try (FaultyFile file =
        new FaultyFile(host.resolve("file")) {
          @Override
          public SeekableByteChannel truncate(long size) {
            return this;
          }
        }) {
      assertThatThrownBy(() -> FileChecks.gap(file)).hasMessage("A truncated file keeps its size");
    }
  }

  @Test
  void bytesThatComeBackAreAProblem() throws IOException {
    try (FaultyFile file =
        new FaultyFile(host.resolve("file")) {
          private long size;

          @Override
          public SeekableByteChannel truncate(long size) {
            this.size = size;
            return this;
          }

          @Override
          public long size() {
            return size;
          }
        }) {
      assertThatThrownBy(() -> FileChecks.gap(file))
          .hasMessage("Bytes that were never written, or were cut, do not read as zeros");
    }
  }
}
