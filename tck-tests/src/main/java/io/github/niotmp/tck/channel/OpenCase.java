package io.github.niotmp.tck.channel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** One way to open a path. It runs in an empty directory of any provider. */
record OpenCase(Start start, Opening opening, Set<OpenOption> options) {
  private static final String CONTENT = "abcdef";
  private static final String REFUSED = "refused";

  /** The state before the open. The opened path is {@code x}, the target of a link {@code t}. */
  enum Start {
    MISSING,
    FILE,
    DIRECTORY,
    LINK_TO_FILE,
    LINK_TO_DIRECTORY,
    DANGLING_LINK;

    boolean isLink() {
      return compareTo(LINK_TO_FILE) >= 0;
    }
  }

  /**
   * An outcome.
   *
   * @param happened the results of the script, or the name of the class of its exception
   * @param refused whether the script threw an IOException
   * @param after the files afterwards
   */
  record Outcome(String happened, boolean refused, String after) {

    /** Says whether the Javadoc allows this outcome, though it does not fix exception classes. */
    boolean isAsDocumented(Outcome documented) {
      return refused == documented.refused
          && (refused || happened.equals(documented.happened))
          && after.equals(documented.after);
    }

    @Override
    public String toString() {
      return happened + "; then " + after;
    }
  }

  /**
   * Returns this case without CREATE_NEW if it opens the file only for reading, as specified. The
   * default provider ignores the option too, but then follows links despite NOFOLLOW_LINKS.
   */
  OpenCase asDocumented() {
    if (opening == Opening.NEW_OUTPUT_STREAM || writes()) {
      return this;
    }
    Set<OpenOption> documented = new LinkedHashSet<>(options);
    documented.remove(CREATE_NEW);
    return new OpenCase(start, opening, documented);
  }

  /** Says whether the Javadoc alone fixes the outcome. */
  boolean isDocumented() {
    return (start == Start.MISSING || start == Start.FILE)
        && Set.of(READ, WRITE, APPEND, TRUNCATE_EXISTING, CREATE, CREATE_NEW).containsAll(options)
        && switch (opening) {
          case NEW_BYTE_CHANNEL, FILE_CHANNEL -> true;
          case NEW_INPUT_STREAM -> Set.of(READ).containsAll(options);
          case NEW_OUTPUT_STREAM -> options.isEmpty() || options.contains(READ) || writes();
          case ASYNCHRONOUS_FILE_CHANNEL -> !options.contains(APPEND);
        };
  }

  /** Returns the outcome that the Javadoc of the options and of the methods describes. */
  Outcome documented() {
    if (isInvalid()) {
      return new Outcome(
          IllegalArgumentException.class.getSimpleName(),
          false,
          after(start == Start.FILE, CONTENT));
    }
    boolean byDefault = isDefaultOfStreams();
    boolean writes = writes() || byDefault;
    boolean exists = start == Start.FILE;
    if (isRefused()) {
      return new Outcome(REFUSED, true, after(exists, CONTENT));
    }
    boolean empty = !exists || (writes && (byDefault || options.contains(TRUNCATE_EXISTING)));
    String before = empty ? "" : CONTENT;
    String content = writes ? written(before) : before;
    return new Outcome(script(before, writes, content), false, after(true, content));
  }

  /**
   * Says whether the Javadoc allows an outcome. A provider may check first whether the file exists
   * or whether the options are valid, and may refuse APPEND, or READ for an output stream, as
   * unsupported, even after it has created the file.
   */
  boolean allows(Outcome found) {
    Outcome documented = documented();
    boolean unchanged = found.after.equals(after(start == Start.FILE, CONTENT));
    return found.isAsDocumented(documented)
        || (isInvalid() && isRefused() && found.refused && unchanged)
        || (mayBeUnsupported()
            && found.happened.equals(UnsupportedOperationException.class.getSimpleName())
            && (unchanged || (start == Start.MISSING && found.after.equals(after(true, "")))));
  }

  private boolean mayBeUnsupported() {
    return options.contains(APPEND)
        || (opening == Opening.NEW_OUTPUT_STREAM && options.contains(READ));
  }

  private boolean isDefaultOfStreams() {
    return opening == Opening.NEW_OUTPUT_STREAM && options.isEmpty();
  }

  /** Says whether the options ask for a file that is missing, or a new one that exists. */
  private boolean isRefused() {
    boolean byDefault = isDefaultOfStreams();
    boolean writes = writes() || byDefault;
    boolean creates = byDefault || options.contains(CREATE) || options.contains(CREATE_NEW);
    return start == Start.FILE ? writes && options.contains(CREATE_NEW) : !writes || !creates;
  }

  private boolean isInvalid() {
    boolean reads = options.contains(READ);
    return (opening == Opening.NEW_OUTPUT_STREAM && reads)
        || (options.contains(APPEND) && (reads || options.contains(TRUNCATE_EXISTING)));
  }

  private boolean writes() {
    return options.contains(WRITE) || options.contains(APPEND);
  }

  private String written(String before) {
    return options.contains(APPEND)
        ? before + "XY"
        : "XY" + before.substring(Math.min(2, before.length()));
  }

  private String script(String before, boolean writes, String content) {
    return switch (opening) {
      case NEW_INPUT_STREAM -> "reads '" + content + "'";
      case NEW_OUTPUT_STREAM -> "writes";
      default ->
          "size "
              + before.length()
              + (writes ? ", writes" : ", does not write")
              + (options.contains(READ) || !writes
                  ? ", reads '" + content + "'"
                  : ", does not read");
    };
  }

  private static String after(boolean exists, String content) {
    return "x: " + (exists ? "'" + content + "'" : "missing") + ", t: missing";
  }

  /** Opens the path, runs the script, and returns the outcome. */
  Outcome outcome(Path directory) throws IOException {
    Path opened = directory.resolve("x");
    Path target = directory.resolve("t");
    prepare(opened, target);
    String happened;
    boolean refused = false;
    try {
      happened = opening.script(opened, options);
    } catch (IOException e) {
      happened = e.getClass().getSimpleName();
      refused = true;
    } catch (RuntimeException e) {
      happened = e.getClass().getSimpleName();
    }
    String after = "x: " + describe(opened) + ", t: " + describe(target);
    Files.deleteIfExists(opened);
    Files.deleteIfExists(target);
    return new Outcome(happened, refused, after);
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
