package io.github.niotmp.tck.permission;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.host.Descriptors;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Prints what works on a system that tells nothing of processes. */
public final class WithoutProcProbe {
  private static final byte[] BYTES = new byte[1_000];

  private interface Use {
    Object of(Path file) throws IOException;
  }

  private WithoutProcProbe() {}

  /**
   * Expects the path of a directory that can be written to, and a name if there is to be a home.
   */
  public static void main(String[] arguments) throws IOException {
    Path work = Path.of(arguments[0]);
    if (arguments.length > 1) {
      Path home = Files.createDirectory(work.resolve(arguments[1]));
      System.setProperty("user.home", home.toString());
    }
    Map<String, ?> spooled = Map.of("directory", work, "spoolThreshold", "10");
    try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://probe"), spooled)) {
      Path file = Files.write(tmp.getPath("/spilled"), BYTES);
      say("owner", file, it -> Files.getOwner(it) + " " + Files.getAttribute(it, "unix:uid"));
      say("storage", file, it -> Files.getAttribute(it, "tmp:storage"));
      say("mapped", file, WithoutProcProbe::map);
      Path named = Files.write(tmp.getPath("/named"), BYTES);
      say("session", named, WithoutProcProbe::session);
      say("mapped by a name", named, WithoutProcProbe::map);
    }
    Map<String, ?> tree = Map.of("directory", work, "storage", "host");
    try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://probe"), tree)) {
      Path file = Files.write(tmp.getPath("/file"), BYTES);
      say("in a tree", file, Files::size);
      say("mapped in a tree", file, WithoutProcProbe::map);
    }
    say("descriptors", work, it -> Descriptors.limit() + ", " + Descriptors.open());
  }

  private static Object map(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, 0, BYTES.length).capacity();
    }
  }

  /** Returns the name of the directory that a reaper is to know us by. */
  private static String session(Path file) throws IOException {
    Path real = Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
    return real.getName(real.getNameCount() - 2)
        .toString()
        .replace("-" + ProcessHandle.current().pid() + "-", "-PID-")
        .replaceAll("[a-z2-7]{26}$", "RANDOM");
  }

  private static void say(String what, Path file, Use use) throws IOException {
    String outcome;
    try {
      outcome = String.valueOf(use.of(file));
    } catch (UnsupportedOperationException e) {
      outcome = e.getMessage();
    }
    System.out.println(what + ": " + outcome);
  }
}
