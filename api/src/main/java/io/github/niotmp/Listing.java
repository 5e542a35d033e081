package io.github.niotmp;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.ListIterator;
import java.util.Objects;
import java.util.Set;

/**
 * Writes the entries of a directory tree as text, one per line, for {@link TmpFileSystems#listing}.
 *
 * <p>It keeps the entries still to be written in a stack on the heap, so that a deep tree does not
 * overflow the thread's stack. One thread uses an instance, once.
 */
final class Listing {
  /** The most attempts to read an entry that other threads delete and create. */
  private static final int MOST_TRIES = 10;

  private static final String NO_VALUE = "-";

  /** Separates the name of a symbolic link from its target; escaped in both. */
  private static final String ARROW = " -> ";

  private static final String ESCAPED_ARROW = " -\\u003e ";

  private final StringBuilder text = new StringBuilder();
  private final Deque<Entry> pending = new ArrayDeque<>();
  private final Class<? extends BasicFileAttributes> type;
  private final boolean hasPermissions;

  private Listing(Path directory) {
    Set<String> views = directory.getFileSystem().supportedFileAttributeViews();
    hasPermissions = views.contains("posix");
    if (TmpFileSystems.isOurs(directory.getFileSystem())) {
      type = TmpFileAttributes.class; // tmp: attributes are PosixFileAttributes too
    } else {
      type = hasPermissions ? PosixFileAttributes.class : BasicFileAttributes.class;
    }
  }

  /** An entry to be written; {@code name} is relative to the listed directory, and escaped. */
  private record Entry(Path path, String name) {}

  /** Returns the text. */
  static String of(Path directory) throws IOException {
    return new Listing(directory).list(directory);
  }

  private String list(Path directory) throws IOException {
    append(directory, ".", Files.readAttributes(directory, type));
    pushChildren(directory, "");
    while (!pending.isEmpty()) {
      appendUnlessGone(pending.pop());
    }
    return text.toString();
  }

  /**
   * Appends an entry and pushes its children, or leaves it out if another thread has removed it. If
   * a name above it has become a file or a link, providers throw different exceptions; so it reads
   * the attributes of the entry again to decide.
   */
  private void appendUnlessGone(Entry entry) throws IOException {
    int start = text.length();
    for (int tries = 1; ; tries++) {
      try {
        append(entry);
        return;
      } catch (AccessDeniedException e) {
        throw e;
      } catch (FileSystemException e) {
        text.setLength(start);
        if (!Files.exists(entry.path(), LinkOption.NOFOLLOW_LINKS)) {
          return;
        }
        if (tries == MOST_TRIES) {
          throw e;
        }
      }
    }
  }

  private void append(Entry entry) throws IOException {
    BasicFileAttributes attributes =
        Files.readAttributes(entry.path(), type, LinkOption.NOFOLLOW_LINKS);
    append(entry.path(), entry.name(), attributes);
    if (attributes.isDirectory()) {
      pushChildren(entry.path(), entry.name() + "/");
    }
  }

  private void pushChildren(Path directory, String prefix) throws IOException {
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
      stream.forEach(children::add);
    } catch (DirectoryIteratorException e) {
      throw Objects.requireNonNull(e.getCause());
    }
    children.sort(null);
    for (ListIterator<Path> last = children.listIterator(children.size()); last.hasPrevious(); ) {
      Path child = last.previous();
      pending.push(new Entry(child, prefix + escape(String.valueOf(child.getFileName()))));
    }
  }

  private void append(Path path, String name, BasicFileAttributes attributes) throws IOException {
    String target =
        attributes.isSymbolicLink() ? ARROW + escape(Files.readSymbolicLink(path).toString()) : "";
    boolean isFile = attributes.isRegularFile();
    text.append(kind(attributes))
        .append(permissions(attributes))
        .append(
            "%-7s%10s "
                .formatted(
                    isFile ? storage(attributes) : NO_VALUE, isFile ? attributes.size() : NO_VALUE))
        .append(name)
        .append(target)
        .append('\n');
  }

  private static char kind(BasicFileAttributes attributes) {
    if (attributes.isDirectory()) {
      return 'd';
    }
    if (attributes.isSymbolicLink()) {
      return 'l';
    }
    return attributes.isRegularFile() ? '-' : '?';
  }

  private String permissions(BasicFileAttributes attributes) {
    return hasPermissions && attributes instanceof PosixFileAttributes posix
        ? PosixFilePermissions.toString(posix.permissions()) + ' '
        : "????????? ";
  }

  private static String storage(BasicFileAttributes attributes) {
    return attributes instanceof TmpFileAttributes tmp ? tmp.storage().name() : NO_VALUE;
  }

  /**
   * Escapes the characters by which a name could forge a line, a terminal colour, a text direction
   * or a link.
   */
  private static String escape(String name) {
    StringBuilder escaped = new StringBuilder(name.length());
    name.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '\\' -> escaped.append("\\\\");
                case '\n' -> escaped.append("\\n");
                case '\r' -> escaped.append("\\r");
                case '\t' -> escaped.append("\\t");
                default -> appendEscaped(escaped, c);
              }
            });
    return escaped.toString().replace(ARROW, ESCAPED_ARROW);
  }

  private static void appendEscaped(StringBuilder escaped, int codePoint) {
    switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE -> {
        for (char unit : Character.toChars(codePoint)) {
          escaped.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
      }
      default -> escaped.appendCodePoint(codePoint);
    }
  }
}
