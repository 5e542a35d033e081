package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.Set;

/** One way to open a path. It runs in an empty directory of any provider. */
record OpenCase(Start start, Opening opening, Set<OpenOption> options) {
  private static final String CONTENT = "abcdef";

  /** The state before the open. The opened path is {@code x}, the target of a link {@code t}. */
  enum Start {
    MISSING,
    FILE,
    DIRECTORY,
    LINK_TO_FILE,
    LINK_TO_DIRECTORY,
    DANGLING_LINK
  }

  /**
   * Returns this case without CREATE_NEW if it opens the file only for reading, as specified. The
   * default provider ignores the option too, but then follows links despite NOFOLLOW_LINKS.
   */
  OpenCase asDocumented() {
    if (opening == Opening.NEW_OUTPUT_STREAM
        || options.contains(StandardOpenOption.WRITE)
        || options.contains(StandardOpenOption.APPEND)) {
      return this;
    }
    Set<OpenOption> documented = new LinkedHashSet<>(options);
    documented.remove(StandardOpenOption.CREATE_NEW);
    return new OpenCase(start, opening, documented);
  }

  /**
   * Returns the result or exception and the files afterwards, without the path of the directory.
   */
  String outcome(Path directory) throws IOException {
    Path opened = directory.resolve("x");
    Path target = directory.resolve("t");
    prepare(opened, target);
    String happened;
    try {
      happened = opening.script(opened, options);
    } catch (FileSystemException e) {
      happened = describe(e, directory);
    } catch (IOException e) {
      happened = e.getClass().getName() + "(" + e.getMessage() + ")";
    } catch (RuntimeException e) {
      happened = e.getClass().getName();
    }
    String after = "x: " + describe(opened) + ", t: " + describe(target);
    Files.deleteIfExists(opened);
    Files.deleteIfExists(target);
    return happened + "; " + after;
  }

  private void prepare(Path opened, Path target) throws IOException {
    switch (start) {
      case MISSING -> {}
      case FILE -> Files.writeString(opened, CONTENT);
      case DIRECTORY -> Files.createDirectory(opened);
      default -> Files.createSymbolicLink(opened, target.getFileName());
    }
    if (start == Start.LINK_TO_FILE) {
      Files.writeString(target, CONTENT);
    } else if (start == Start.LINK_TO_DIRECTORY) {
      Files.createDirectory(target);
    }
  }

  private static String describe(FileSystemException e, Path directory) {
    String opened = directory.resolve("x").toString();
    return e.getClass().getName()
        + "("
        + String.valueOf(e.getFile()).replace(opened, "x")
        + ", "
        + e.getOtherFile()
        + ", "
        + e.getReason()
        + ")";
  }

  private static String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
      return "directory";
    }
    return Files.exists(path, NOFOLLOW_LINKS)
        ? "'" + new String(Files.readAllBytes(path), ISO_8859_1) + "'"
        : "missing";
  }
}
