package io.github.niotmp.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class HostErrorsTest {
  private static final String CHOOSE = "; the setting 'directory', or else TMPDIR, names another";

  @Test
  void namesTheErrorAndTheRemedy() {
    assertThat(HostErrors.reason(new IOException("No space left on device")))
        .isEqualTo("No space left on device" + CHOOSE);
    assertThat(HostErrors.reason(new FileSystemException("/tmp/x", null, "Not a directory")))
        .isEqualTo("Not a directory" + CHOOSE);
    assertThat(HostErrors.reason(new AccessDeniedException("/tmp/x")))
        .isEqualTo("Permission denied" + CHOOSE);
    assertThat(HostErrors.reason(new NoSuchFileException("/tmp/x")))
        .isEqualTo("No such file or directory" + CHOOSE);
    assertThat(HostErrors.reason(new UnsupportedOperationException()))
        .isEqualTo("Not supported: java.lang.UnsupportedOperationException" + CHOOSE);
    assertThat(HostErrors.reason(new IOException("File too large")))
        .isEqualTo(
            "File too large; this process may write no file that is larger than ulimit -f shows; if"
                + " that is unlimited, the setting 'directory', or else TMPDIR, names another");
    assertThat(HostErrors.reason(new IOException("Too many open files in system")))
        .endsWith("; raise the limit of the system, as with sysctl fs.file-max");
  }

  @Test
  void namesTheLimitOfDescriptorsAndTheirUse() throws IOException {
    Descriptors.readLimit();

    assertThat(HostErrors.reason(new IOException("Too many open files")))
        .matches(
            "Too many open files; ulimit -n allows this process "
                + Descriptors.limit().getAsLong()
                + " descriptors, [0-9]+ are open, [0-9]+ of them for spill files; raise that limit");
  }

  @Test
  void ofASearchNamesTheDescriptorsOnlyIfNoneIsLeft() {
    FileSystemException tooMany = new FileSystemException("/tmp", null, "Too many open files");
    FileSystemException none =
        new FileSystemException("[/tmp, /var/tmp]", null, "No usable temporary directory");

    assertThat(HostErrors.ofSearch(none)).isSameAs(none);
    assertThat(HostErrors.ofSearch(tooMany))
        .hasMessageStartingWith("Cannot spill to /tmp: Too many open files; ")
        .hasMessageContaining("ulimit -n")
        .hasCause(tooMany);
  }

  @Test
  void addsNoRemedyToAMessageThatHasOne() {
    String another = "/tmp is not ours: 'directory' names another";
    String umask = "the umask takes the owner's permissions";

    assertThat(HostErrors.reason(new IOException(another))).isEqualTo(another);
    assertThat(HostErrors.reason(new IOException(umask))).isEqualTo(umask);
  }

  @Test
  void isOfTheKindOfItsCause() {
    Path directory = Path.of("/tmp");

    assertThat(HostErrors.of(directory, new NoSuchFileException("/tmp/x")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(HostErrors.of(directory, new AccessDeniedException("/tmp/x")))
        .isInstanceOf(AccessDeniedException.class);
    IOException cause = new IOException("Input/output error");
    assertThat(HostErrors.of(directory, cause))
        .isExactlyInstanceOf(FileSystemException.class)
        .hasMessage("/tmp: Input/output error" + CHOOSE)
        .hasCause(cause);
  }
}
