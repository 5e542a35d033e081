package io.github.niotmp.tck.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystemMXBean;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpOpenHandle;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpStoredFile;
import io.github.niotmp.TmpUsage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.management.JMException;
import javax.management.JMX;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/** The variables that the examples of the documentation use, and the checks of their comments. */
public abstract class Example implements Closeable {
  /** The text in {@link #file}, and in the file {@code content} of {@link #directory}. */
  static final String TEXT = "text";

  /** The bytes of {@link #request}: 100,000. */
  static final byte[] REQUEST = randomBytes(100_000);

  protected InputStream request = new ByteArrayInputStream(REQUEST);
  protected TempOptions options = TempOptions.defaults();
  protected TempFile file = TempFile.create();
  protected TempDirectory directory = TempDirectory.create();

  /** On the disk, in a directory that nothing else is in. */
  protected Path target;

  /** The {@link io.github.niotmp.SystemTemp} directory, which nothing else is in. */
  protected Path scratch;

  /** Of a file system that holds 100 bytes in memory and 1,000 on the disk, and an open channel. */
  protected TmpFileSystemMXBean bean;

  /** Of the same file system. */
  protected TmpUsage usage;

  /** The open handle of the same file system. */
  protected TmpOpenHandle handle;

  /** Its largest file. */
  protected TmpStoredFile stored;

  private final FileSystem observed;
  private final Channel open;
  private @Nullable Object result;
  private int checks;

  /**
   * Makes the variables.
   *
   * @param scratch an empty directory on the disk
   * @param elsewhere another one
   */
  protected Example(Path scratch, Path elsewhere) throws IOException, JMException {
    this.scratch = scratch;
    this.target = elsewhere.resolve("target");
    fill(file, directory);
    observed =
        TmpFileSystems.open(
            "observed",
            TmpSettings.defaults().mxbean(true).spoolThreshold(500).memoryBudget(1 << 20));
    Files.write(observed.getPath("/small"), new byte[100]);
    Files.write(observed.getPath("/large"), new byte[1000]);
    open = Files.newByteChannel(observed.getPath("/small"));
    usage = TmpFileSystems.usage(observed);
    handle = TmpFileSystems.openHandles(observed).get(0);
    stored = TmpFileSystems.largestFiles(observed, 1).get(0);
    bean =
        JMX.newMXBeanProxy(
            ManagementFactory.getPlatformMBeanServer(),
            ObjectName.getInstance("io.github.niotmp:type=FileSystem,name=observed"),
            TmpFileSystemMXBean.class);
    System.PRINTED.reset();
  }

  /** Runs the example. */
  protected abstract void run() throws Exception;

  /** Replaces {@link #file} and {@link #directory} by ones on the disk, which can be kept. */
  final void onDisk() throws IOException {
    file.close();
    directory.close();
    file = TempFile.create(options.directory(scratch));
    directory = TempDirectory.create(options.directory(scratch));
    fill(file, directory);
  }

  private static void fill(TempFile file, TempDirectory directory) throws IOException {
    Files.writeString(file.path(), TEXT);
    Files.writeString(directory.resolve("content"), TEXT);
  }

  private static byte[] randomBytes(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  /** A call of a table that returns nothing. */
  protected interface Task {
    /** Makes the call. */
    void run() throws Exception;
  }

  /** Makes a call of a table. */
  protected final void cell(Task task) throws Exception {
    task.run();
  }

  /** Makes a call of a table. */
  protected final void cell(Callable<?> expression) throws Exception {
    result = expression.call();
  }

  /** Returns the value of the call. */
  final <T> T result(Class<T> type) {
    return type.cast(requireNonNull(result));
  }

  /** Checks that a value is the literal behind it. */
  protected final void check(@Nullable Object value, String literal) {
    checks++;
    assertThat(asLiteral(value)).isEqualTo(literal);
  }

  private static String asLiteral(@Nullable Object value) {
    if (value instanceof String text) {
      return '"' + escaped(text) + '"';
    }
    return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\r", "\\r")
        .replace("\t", "\\t");
  }

  /** Checks that a line was printed last. */
  protected final void printed(String line) {
    checks++;
    List<String> lines = printed().lines().toList();
    assertThat(lines).isNotEmpty();
    assertThat(lines.get(lines.size() - 1)).isEqualTo(line);
  }

  /** Returns the text that the example has printed. */
  final String printed() {
    return System.PRINTED.toString(UTF_8);
  }

  /** Returns how many comments were checked. */
  final int checks() {
    return checks;
  }

  @Override
  @SuppressWarnings("try") // the resources are there to be closed
  public void close() throws IOException {
    try (TempFile itsFile = file;
        TempDirectory itsDirectory = directory;
        FileSystem itsFileSystem = observed;
        Channel itsChannel = open) {
      if (result instanceof Closeable made) {
        made.close();
      }
    }
  }

  /** Stands for {@link java.lang.System} in the examples, and keeps the text that they print. */
  @SuppressWarnings("JavaLangClash") // so that the examples say System, as users do
  protected static final class System {
    private static final ByteArrayOutputStream PRINTED = new ByteArrayOutputStream();
    public static final PrintStream out = new PrintStream(PRINTED, true, UTF_8);
    public static final PrintStream err = out;

    private System() {}
  }
}
