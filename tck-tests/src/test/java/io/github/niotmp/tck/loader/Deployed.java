package io.github.niotmp.tck.loader;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An application that uses all of the library; "leak" has it leave all open to a shutdown. */
public final class Deployed implements Function<String, Boolean> {
  private static final List<Object> OPEN = new ArrayList<>();

  /** Is made by name. */
  public Deployed() {}

  @Override
  public Boolean apply(String mode) {
    try {
      if (mode.equals("leak")) {
        use(TmpFileSystems.getDefault(), OPEN);
        use(TmpFileSystems.open("deployed", Map.of("mxbean", true)), OPEN);
        use(TmpFileSystems.open(Map.of("storage", "host")), OPEN);
        OPEN.add(TempDirectory.create(onDisk()));
        OPEN.add(TempFile.create(onDisk()));
        TmpFileSystems.shutdown();
      } else {
        use(TmpFileSystems.getDefault(), null);
        use(TmpFileSystems.open("deployed", Map.of("mxbean", true)), null);
        use(TmpFileSystems.open(Map.of("storage", "host")), null);
        TempDirectory.create(onDisk()).close();
        TempFile.create(onDisk()).close();
      }
      return true;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static TempOptions onDisk() throws IOException {
    return TempOptions.defaults().directory(SystemTemp.directory());
  }

  private static void use(FileSystem fileSystem, @Nullable List<Object> open) throws Exception {
    Path root = fileSystem.getPath("/");
    Path file = Files.write(root.resolve("large"), new byte[2 << 20]);
    Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
    Files.isSameFile(file, Files.createLink(root.resolve("second"), file));
    Files.createSymbolicLink(root.resolve("link"), file);
    OutputStream stream = Files.newOutputStream(root.resolve("small"));
    WatchService watch = fileSystem.newWatchService();
    root.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
    AsynchronousFileChannel channel = AsynchronousFileChannel.open(file, StandardOpenOption.WRITE);
    channel.write(ByteBuffer.allocate(10), 0).get();
    FileSystem view = TmpFileSystems.readOnly(fileSystem);
    Files.readAllBytes(view.getPath("/large"));
    if (open != null) {
      open.addAll(List.of(stream, watch, channel, view));
      return;
    }
    stream.close();
    watch.close();
    channel.close();
    view.close();
    if (fileSystem == TmpFileSystems.getDefault()) {
      for (String name : List.of("large", "second", "link", "small")) {
        Files.delete(root.resolve(name));
      }
    } else {
      fileSystem.close();
    }
  }
}
