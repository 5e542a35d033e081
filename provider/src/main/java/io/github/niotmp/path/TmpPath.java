package io.github.niotmp.path;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A path in unix syntax, which behaves as one of the default provider on Linux. A relative path is
 * resolved against the root.
 *
 * <p>Any string is a path but one with a NUL or with a surrogate that has no partner. There is no
 * limit on the length of a name here: the look-up has it.
 *
 * <p>Immutable. Two paths are equal if they have the same text and belong to the same file system.
 */
public final class TmpPath implements Path {
  private static final String[] NO_NAMES = {};

  private final PathOwner owner;
  private final String text;

  /** The names above {@link #last}; null if neither is known and the text has yet to be split. */
  private final String @Nullable [] above;

  private final String last;

  /** Made by the first call that needs it. */
  private volatile String @Nullable [] names;

  /** Takes a text that is known to be in normal form: no double and no trailing slash. */
  private TmpPath(PathOwner owner, String text) {
    this(owner, text, null, "");
  }

  private TmpPath(PathOwner owner, String text, String @Nullable [] above, String last) {
    this.owner = owner;
    this.text = text;
    this.above = above;
    this.last = last;
  }

  /**
   * Parses {@code text}; redundant slashes are dropped.
   *
   * @throws InvalidPathException if it has a NUL or a lone surrogate
   */
  public static TmpPath of(PathOwner owner, String text) {
    return new TmpPath(owner, PathText.parse(text));
  }

  /**
   * Joins those parts that are not empty with slashes and parses the result.
   *
   * @throws InvalidPathException if a part has a NUL or a lone surrogate
   */
  public static TmpPath of(PathOwner owner, String first, String... more) {
    if (more.length == 0) {
      return of(owner, first);
    }
    StringBuilder joined = new StringBuilder(first);
    for (String part : more) {
      if (!part.isEmpty()) {
        if (joined.length() > 0) {
          joined.append('/');
        }
        joined.append(part);
      }
    }
    return of(owner, joined.toString());
  }

  /**
   * Returns {@code path} as one of ours.
   *
   * @throws ProviderMismatchException if it belongs to another provider
   */
  public static TmpPath cast(Path path) {
    if (path instanceof TmpPath ours) {
      return ours;
    }
    throw new ProviderMismatchException(
        "Not a path of this provider: " + Objects.requireNonNull(path, "path"));
  }

  /** Returns what this path belongs to. */
  public PathOwner owner() {
    return owner;
  }

  /** Says whether this is the empty path, which names the directory a look-up starts from. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  /**
   * Returns where a look-up of this path starts. Look-ups ask for nothing that {@link Path} has, as
   * the model checker of the tests runs through none of that.
   */
  public <T> T start(T root, T otherwise) {
    return isAbsolute() ? root : otherwise;
  }

  /**
   * Returns the names, that closest to the root first, for look-ups: none for the root, one that is
   * empty for the empty path. The array is this path's own, and not to be changed.
   */
  public String[] names() {
    String[] all = names;
    if (all == null) {
      all = above == null ? PathText.names(text) : append(above, last);
      names = all;
    }
    return all;
  }

  private static String[] append(String[] names, String last) {
    String[] more = Arrays.copyOf(names, names.length + 1);
    more[names.length] = last;
    return more;
  }

  /**
   * Returns the text of one name, without making a path of it.
   *
   * @param index 0 for the name closest to the root, to {@code getNameCount() - 1}
   * @throws IllegalArgumentException if there is no such name
   */
  public String name(int index) {
    String[] all = names();
    if (index < 0 || index >= all.length) {
      throw new IllegalArgumentException("No name " + index + " in '" + text + "'");
    }
    return all[index];
  }

  /**
   * Appends one name, which is not looked at; a look-up of the result uses this very string, and
   * need not compare it if the directory has it too.
   *
   * @param name not empty, without NUL, slash and lone surrogates
   */
  public TmpPath resolveName(String name) {
    return resolveName(name, names());
  }

  private TmpPath resolveName(String name, String[] all) {
    return new TmpPath(owner, PathText.join(text, name), isEmpty() ? NO_NAMES : all, name);
  }

  @Override
  public FileSystem getFileSystem() {
    return owner.fileSystem();
  }

  @Override
  public boolean isAbsolute() {
    return PathText.isAbsolute(text);
  }

  @Override
  public @Nullable TmpPath getRoot() {
    return isAbsolute() ? withText("/") : null;
  }

  @Override
  public @Nullable TmpPath getFileName() {
    return PathText.isRoot(text) ? null : withText(text.substring(text.lastIndexOf('/') + 1));
  }

  @Override
  public @Nullable TmpPath getParent() {
    int slash = text.lastIndexOf('/');
    if (slash > 0) {
      return withText(text.substring(0, slash));
    }
    return slash == 0 && text.length() > 1 ? withText("/") : null;
  }

  @Override
  public int getNameCount() {
    return names().length;
  }

  @Override
  public TmpPath getName(int index) {
    return withText(name(index));
  }

  @Override
  public TmpPath subpath(int beginIndex, int endIndex) {
    String[] all = names();
    if (beginIndex < 0 || beginIndex >= endIndex || endIndex > all.length) {
      throw new IllegalArgumentException(
          "No names " + beginIndex + " to " + endIndex + " in '" + text + "'");
    }
    return withText(PathText.join(all, beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return Objects.requireNonNull(other) instanceof TmpPath that
        && owner.equals(that.owner)
        && PathText.startsWith(text, that.text);
  }

  @Override
  public boolean startsWith(String other) {
    return PathText.startsWith(text, PathText.parse(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return Objects.requireNonNull(other) instanceof TmpPath that
        && owner.equals(that.owner)
        && PathText.endsWith(text, that.text);
  }

  @Override
  public boolean endsWith(String other) {
    return PathText.endsWith(text, PathText.parse(other));
  }

  @Override
  public TmpPath normalize() {
    if (!PathText.hasDots(text)) {
      return this;
    }
    String[] all = names();
    String[] kept = new String[all.length + 1];
    int first = isAbsolute() ? 1 : 0;
    kept[0] = ""; // before the slash of an absolute path
    int count = first;
    for (String name : all) {
      if (name.equals("..")) {
        if (count > first && !kept[count - 1].equals("..")) {
          count--;
        } else if (first == 0) {
          kept[count++] = name;
        }
      } else if (!name.equals(".")) {
        kept[count++] = name;
      }
    }
    if (count - first == all.length) {
      return this;
    }
    return withText(count == 1 && first == 1 ? "/" : PathText.join(kept, 0, count));
  }

  /**
   * {@inheritDoc}
   *
   * <p>A relative {@code other} of another {@code tmp:} file system is taken over into this one.
   */
  @Override
  public TmpPath resolve(Path other) {
    TmpPath that = cast(other);
    if (that.isAbsolute() || (isEmpty() && owner.equals(that.owner))) {
      return that;
    }
    return that.isEmpty() ? this : withText(PathText.join(text, that.text));
  }

  @Override
  public TmpPath resolve(String other) {
    String that = PathText.parse(other);
    if (that.isEmpty()) {
      return this;
    }
    String[] all = names;
    if (all != null && that.indexOf('/') < 0) {
      return resolveName(that, all);
    }
    return withText(PathText.isAbsolute(that) ? that : PathText.join(text, that));
  }

  @Override
  public TmpPath resolveSibling(String other) {
    TmpPath parent = getParent();
    return parent == null ? of(owner, other) : parent.resolve(other);
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if one is absolute and the other is not, if they belong to
   *     different file systems, or if what remains of this path begins with {@code ..}
   */
  @Override
  public TmpPath relativize(Path other) {
    TmpPath that = cast(other);
    if (!owner.equals(that.owner)) {
      throw new IllegalArgumentException("'other' belongs to another file system: " + other);
    }
    if (text.equals(that.text)) {
      return withText("");
    }
    if (isAbsolute() != that.isAbsolute()) {
      throw new IllegalArgumentException("'other' is different type of Path");
    }
    if (isEmpty()) {
      return that;
    }
    if (PathText.startsWith(that.text, text)) {
      String rest = PathText.after(that.text, text);
      if (!PathText.hasDots(rest)) {
        return new TmpPath(owner, rest);
      }
    }
    if (PathText.hasDots(text) || PathText.hasDots(that.text)) {
      return relativize(this, normalize(), that.normalize());
    }
    return relativize(this, this, that);
  }

  private static TmpPath relativize(TmpPath given, TmpPath base, TmpPath target) {
    String[] from = base.isEmpty() ? NO_NAMES : base.names();
    String[] to = target.isEmpty() ? NO_NAMES : target.names();
    int common = 0;
    while (common < from.length && common < to.length && from[common].equals(to[common])) {
      common++;
    }
    if (common < from.length && from[common].equals("..")) {
      throw new IllegalArgumentException("No relative path from '" + given + "' to " + target);
    }
    int up = from.length - common;
    String[] steps = new String[up + to.length - common];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i < up ? ".." : to[common + i - up];
    }
    return given.withText(PathText.join(steps, 0, steps.length));
  }

  @Override
  public URI toUri() {
    return owner.toUri(toAbsolutePath());
  }

  @Override
  public TmpPath toAbsolutePath() {
    return isAbsolute() ? this : withText("/" + text);
  }

  @Override
  public Path toRealPath(LinkOption... options) throws IOException {
    return owner.toRealPath(this, options);
  }

  @Override
  public WatchKey register(
      WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
      throws IOException {
    return owner.register(this, watcher, events, modifiers);
  }

  /**
   * Compares the UTF-8 bytes, as the default provider does. Paths of one text but of different file
   * systems are told apart by their URIs.
   *
   * @throws ClassCastException if {@code other} belongs to another provider
   */
  @Override
  public int compareTo(Path other) {
    TmpPath that = (TmpPath) other;
    int order = PathText.compare(text, that.text);
    return order != 0 || owner.equals(that.owner) ? order : toUri().compareTo(that.toUri());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof TmpPath that && text.equals(that.text) && owner.equals(that.owner));
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }

  private TmpPath withText(String normal) {
    return normal.equals(text) ? this : new TmpPath(owner, normal);
  }
}
