package io.github.niotmp.tck.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.FileSystemsUnderTest;
import io.github.niotmp.tck.forked.ForkedJvm;
import io.github.niotmp.tck.platform.SimulatedProvider.MacLike;
import io.github.niotmp.tck.platform.SimulatedProvider.WindowsLike;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.suite.api.ConfigurationParameter;
import org.junit.platform.suite.api.ExcludeClassNamePatterns;
import org.junit.platform.suite.api.IncludeClassNamePatterns;

/** The host parts of the suite under default providers as of other platforms. */
class PlatformsTest {
  /** Contracts that compare with the default provider, as the oracle of Linux. */
  private static final String OF_LINUX = ".*[.](Fuzz|Glob|OpenOptions|Path|TransferTable)Contract";

  /** Contracts about names, attributes and channels; the others take minutes in a simulation. */
  private static final String OF_TREES =
      ".*[.](Attribute|Copy|DeleteOnClose|Directory|FileChannelMap|FileChannelReadWrite|Link"
          + "|Listing|Move|OpenFile|SecureDirectory|Walk|Watch)Contract";

  @TempDir Path directory;

  @Test
  void allPassesAsOnWindows() throws Exception {
    run(WindowsLike.class, HostPartsTest.class, Names.class);
  }

  @Test
  void allPassesAsOnMacOs() throws Exception {
    run(MacLike.class, HostPartsTest.class, Names.class, Trees.class);
  }

  /** File systems with their names in memory. */
  @FileSystemsUnderTest({PlatformSubject.Spooled.class, PlatformSubject.Shared.class})
  @ConfigurationParameter(key = ConformanceKit.TIME_LIMIT, value = "120")
  @ExcludeClassNamePatterns(OF_LINUX)
  static final class Names extends ConformanceKit {}

  /** File systems with their names on the host. */
  @FileSystemsUnderTest(PlatformSubject.Host.class)
  @ConfigurationParameter(key = ConformanceKit.TIME_LIMIT, value = "120")
  @IncludeClassNamePatterns(OF_TREES)
  static final class Trees extends ConformanceKit {}

  private void run(Class<? extends FileSystemProvider> platform, Class<?>... tests)
      throws Exception {
    Path output = directory.resolve("output");
    List<String> options =
        List.of(
            "-Djava.nio.file.spi.DefaultFileSystemProvider=" + platform.getName(),
            "-Djava.io.tmpdir=" + Files.createDirectory(directory.resolve("temporary")),
            "-XX:TieredStopAtLevel=1",
            "-Dfile.encoding=UTF-8");
    String[] names = List.of(tests).stream().map(Class::getName).toArray(String[]::new);
    Process process =
        new ProcessBuilder(ForkedJvm.command(PlatformRun.class, options, names))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(output)).isZero();
      assertThat(output).content().containsPattern("[1-9]\\d+ succeeded, 0 failed");
    } finally {
      process.destroyForcibly();
    }
  }
}
