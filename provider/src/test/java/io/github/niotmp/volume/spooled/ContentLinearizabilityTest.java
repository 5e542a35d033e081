package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.Linearizability.answer;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.account.Accounts;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.usage.Usage;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.DirectoryHandle.Removal;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever threads do to the bytes of one file, wherever these move meanwhile, it is as if they had
 * done it one after the other. They do it through two handles, one of which is closed at some time.
 */
@Tag("linearizability")
class ContentLinearizabilityTest {

  @Test
  void everyStepOfTheChangesOfAFileIsAsIfItWereOne() {
    Linearizability.modelChecking().sequentialSpecification(Bytes.class).check(InMemoryHost.class);
  }

  @Test
  void threadsThatChangeAFileDoSoOneAfterTheOther() {
    Linearizability.stress().sequentialSpecification(Bytes.class).check(OnDisk.class);
  }

  /** Spills to memory: the model checker takes no file of the host. */
  public static final class InMemoryHost extends SpooledBytes {
    private static final Path HOST = Jimfs.newFileSystem(Configuration.unix()).getPath("/work");

    public InMemoryHost() throws IOException {
      super(HOST);
    }
  }

  /** Spills to the disk. */
  public static final class OnDisk extends SpooledBytes {
    public OnDisk() throws IOException {
      super(null);
    }
  }

  /** A file that may hold six bytes in memory, and has to share twelve with another one. */
  @Param(name = "at", gen = IntGen.class, conf = "0:8")
  public abstract static class SpooledBytes {
    private static final int BUDGET = 12;

    static {
      Accounts.uid(); // looks at the host, once
    }

    private final SpooledVolume volume;
    private final OpenFile closing;
    private final OpenFile kept;
    private final OpenFile other;

    SpooledBytes(@Nullable Path directory) throws IOException {
      volume =
          new SpooledVolume(
              new ContentSettings(6, 6, BUDGET, Long.MAX_VALUE, Long.MAX_VALUE),
              new SpillDirectory(directory, null),
              Long.MAX_VALUE,
              false,
              null,
              Lifetime.FILE_SYSTEM,
              new FileSystemEvents("test"));
      closing = open("/file");
      kept = open("/file");
      other = open("/other");
    }

    private OpenFile open(String path) throws IOException {
      return volume.root().open(TestVolume.path(path), TestVolume.CREATE, List.of());
    }

    @Operation
    public String write(@Param(name = "at") int at) throws IOException {
      return answer(() -> closing.write(bytes("abc"), at));
    }

    @Operation
    public long append() throws IOException {
      return kept.append(bytes("xy"));
    }

    @Operation
    public void truncate(@Param(name = "at") int at) throws IOException {
      kept.truncate(at);
    }

    @Operation(runOnce = true)
    public String close() throws IOException {
      return answer(closing::close);
    }

    @Operation
    public String rollOver() throws IOException {
      return answer(() -> closing.change(new AttributeChange.RollOver()));
    }

    @Operation
    public String setSpoolThreshold(@Param(name = "at") int at) throws IOException {
      return answer(() -> closing.change(new AttributeChange.SpoolThreshold(at)));
    }

    /** Takes the memory for another file. */
    @Operation
    public String crowd() throws IOException {
      return answer(
          () -> {
            other.truncate(0);
            other.write(ByteBuffer.allocate(BUDGET / 2), 0);
          });
    }

    @Operation
    public String read() throws IOException {
      ByteBuffer target = ByteBuffer.allocate(100);
      kept.read(target, 0);
      return new String(target.array(), 0, target.position(), StandardCharsets.US_ASCII);
    }

    @Operation
    public long size() throws IOException {
      return kept.size();
    }

    @Validate
    public void theVolumeEndsEmpty() throws IOException {
      closing.close();
      kept.close();
      other.close();
      volume.root().delete(TestVolume.path("/file"), Removal.ANY);
      volume.root().delete(TestVolume.path("/other"), Removal.ANY);
      Usage left = volume.usage();
      if (left.files() + left.memoryBytes() + left.diskBytes() + left.size() > 0) {
        throw new AssertionError(left); // AssertJ refuses to be model-checked
      }
      volume.close();
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  /** The same in one string. */
  public static final class Bytes {
    private static final String CLOSED = "ClosedChannelException";

    private String bytes = "";
    private boolean closed;

    public String write(int at) {
      if (closed) {
        return CLOSED;
      }
      String before = bytes + "\0".repeat(Math.max(0, at - bytes.length()));
      bytes = before.substring(0, at) + "abc" + before.substring(Math.min(at + 3, before.length()));
      return "done";
    }

    public long append() {
      bytes += "xy";
      return bytes.length();
    }

    public void truncate(int at) {
      bytes = bytes.substring(0, Math.min(at, bytes.length()));
    }

    public String close() {
      closed = true;
      return "done";
    }

    public String rollOver() {
      return closed ? CLOSED : "done";
    }

    public String setSpoolThreshold(int at) {
      return rollOver();
    }

    public String crowd() {
      return "done";
    }

    public String read() {
      return bytes;
    }

    public long size() {
      return bytes.length();
    }
  }
}
