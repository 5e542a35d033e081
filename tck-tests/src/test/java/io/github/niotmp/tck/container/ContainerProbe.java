package io.github.niotmp.tck.container;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Prints what of the recipe in {@code docs/containers.md} works, and what a refusal says. */
public final class ContainerProbe {
  private static final int UPLOAD = 10 << 20;

  private interface Use {
    Object result() throws IOException;
  }

  private ContainerProbe() {}

  /** Expects the temporary directory to use, and perhaps the value of the setting trust. */
  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    System.setProperty("java.io.tmpdir", directory.toString());
    Map<String, ?> spooled = arguments.length > 1 ? Map.of("trust", arguments[1]) : Map.of();
    try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://pod"), spooled)) {
      say("upload", () -> upload(tmp));
      say("host path", () -> Files.size(hostPath(tmp.getPath("/upload"))));
      say("mapped", () -> mapped(tmp.getPath("/upload")));
      say("owner", () -> Files.getOwner(tmp.getPath("/upload")));
    }
    say("host volume", () -> hostVolume(spooled));
    say("temp file", ContainerProbe::tempFile);
    say("temp directory", ContainerProbe::tempDirectory);
    try (Stream<Path> left = Files.list(directory)) {
      say("left", () -> left.map(Path::toString).sorted().toList());
    }
  }

  private static Object upload(FileSystem tmp) throws IOException {
    Path upload = tmp.getPath("/upload");
    Files.copy(new ByteArrayInputStream(new byte[UPLOAD]), upload);
    return Files.size(upload) + " " + Files.getAttribute(upload, "tmp:storage");
  }

  private static Object mapped(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      return channel.map(MapMode.READ_ONLY, 0, UPLOAD).capacity();
    }
  }

  private static Path hostPath(Path file) throws IOException {
    return Files.getFileAttributeView(file, TmpFileAttributeView.class).hostPath();
  }

  private static Object hostVolume(Map<String, ?> trust) throws IOException {
    Map<String, Object> settings = new HashMap<>(trust);
    settings.put("storage", "host");
    try (FileSystem tree = TmpFileSystems.open(settings)) {
      return Files.size(Files.write(tree.getPath("/file"), new byte[100]));
    }
  }

  private static Object tempFile() throws IOException {
    try (TempFile file = TempFile.create()) {
      file.newOutputStream().write(new byte[UPLOAD]);
      return file.size();
    }
  }

  private static Object tempDirectory() throws IOException {
    try (TempDirectory directory = TempDirectory.create()) {
      return Files.size(Files.write(directory.resolve("file"), new byte[100]));
    }
  }

  private static void say(String what, Use use) {
    try {
      System.out.println(what + ": " + use.result());
    } catch (IOException | RuntimeException e) {
      System.out.println(what + ": " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }
}
