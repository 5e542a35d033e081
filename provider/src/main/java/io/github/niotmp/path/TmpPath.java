package io.github.niotmp.path;

import java.io.File;
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
import java.util.Iterator;
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
  private final PathOwner owner;
  private final boolean absolute;

  /**
   * What the path was made of: its text, in normal form, or its names, a {@code String[]} of one at
   * least, of which none is empty, or a {@link DeepStep}. What else is asked for is made then; this
   * is final, so that those who come by the path without a lock always see one of them.
   */
  private final Object origin;

  /** Made by the first call that needs it, if the path was made of names. */
  private @Nullable String text;

  /** Made by the first call that needs it, if the path was made of its text. */
  private volatile String @Nullable [] names;

  private TmpPath(PathOwner owner, String normal) {
    this(owner, PathText.isAbsolute(normal), normal);
  }

  private TmpPath(PathOwner owner, boolean absolute, Object origin) {
    this.owner = owner;
    this.absolute = absolute;
    this.origin = origin;
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

  /** Returns this path without a file system, to be stored in one and looked up. */
  public TmpPath withoutOwner() {
    return ownedBy(NoOwner.INSTANCE);
  }

  /** Returns this path as one of another file system. */
  public TmpPath ownedBy(PathOwner another) {
    return new TmpPath(another, absolute, origin);
  }

  /** Says whether this is the empty path, which names the directory a look-up starts from. */
  public boolean isEmpty() {
    return origin instanceof String given && given.isEmpty();
  }

  /**
   * Returns where a look-up of this path starts. Look-ups ask for nothing that {@link Path} has, as
   * the model checker of the tests runs through none of that.
   */
  public <T> T start(T root, T otherwise) {
    return absolute ? root : otherwise;
  }

  /**
   * Returns the names, that closest to the root first, for look-ups: none for the root, one that is
   * empty for the empty path. The array is this path's own, and not to be changed.
   */
  public String[] names() {
    if (origin instanceof String[] given) {
      return given;
    }
    return origin instanceof DeepStep step ? collected(step) : split((String) origin);
  }

  /** Returns the names of a deep path, which keeps no array of them. */
  private static String[] collected(DeepStep last) {
    String[] all = new String[last.count];
    DeepStep step = last;
    while (true) {
      all[step.count - 1] = step.name;
      if (!(step.parent.origin instanceof DeepStep before)) {
        System.arraycopy(step.parent.names(), 0, all, 0, step.count - 1);
        return all;
      }
      step = before;
    }
  }

  /**
   * Returns the path before the last name, if this path is so deep that look-ups start from there;
   * else null.
   */
  public @Nullable TmpPath deepParent() {
    return origin instanceof DeepStep step ? step.parent : null;
  }

  /** Returns the last name of a path that has a {@link #deepParent}. */
  public String deepName() {
    return ((DeepStep) origin).name;
  }

  /** Returns what {@link #setFound} was given last, if this path has a {@link #deepParent}. */
  public @Nullable Object found() {
    return origin instanceof DeepStep step ? step.found : null;
  }

  /** Remembers where a path that has a {@link #deepParent} leads: an immutable object. */
  public void setFound(Object found) {
    ((DeepStep) origin).found = found;
  }

  /** Returns the text if the path was made of it and its names have not been asked for; or null. */
  public @Nullable String textOnly() {
    return origin instanceof String given && names == null ? given : null;
  }

  private String[] split(String given) {
    String[] split = names;
    if (split == null) {
      split = PathText.names(given);
      names = split;
    }
    return split;
  }

  /**
   * Says whether the text takes more than {@code limit} bytes of UTF-8. Each look-up asks, so this
   * makes no text of a path that is made of names.
   */
  public boolean isLongerThan(int limit) {
    if (origin instanceof String given) {
      return PathText.isLongerThan(limit, given);
    }
    if (origin instanceof DeepStep step) {
      return step.bytes > limit;
    }
    long left = limit + (absolute ? 0L : 1L);
    for (String name : (String[]) origin) {
      left -= name.length() + 1;
      if (left < 0) {
        return true;
      }
    }
    return mayBeLonger(limit, left) && bytes() > limit;
  }

  private long bytes() {
    if (origin instanceof DeepStep step) {
      return step.bytes;
    }
    if (origin instanceof String given) {
      return PathText.bytes(given);
    }
    long bytes = absolute ? 0 : -1;
    for (String name : (String[]) origin) {
      bytes += 1 + PathText.bytes(name);
    }
    return bytes;
  }

  /** Says whether a text takes more than {@code limit} bytes of UTF-8. */
  public static boolean isLongerThan(int limit, String text) {
    return PathText.isLongerThan(limit, text);
  }

  /** Says whether bytes beyond one for each char may exceed what is left of {@code limit}. */
  private static boolean mayBeLonger(int limit, long left) {
    return (limit - left) * (PathText.MOST_BYTES_OF_A_CHAR - 1L) > left;
  }

  /** Returns the names but that of the empty path, which leads nowhere. */
  private String[] steps() {
    return isEmpty() ? PathText.NO_NAMES : names();
  }

  private String text() {
    if (origin instanceof String given) {
      return given;
    }
    // the texts of a deep tree's paths would take the square of its depth
    return origin instanceof DeepStep
        ? PathText.join(absolute, names())
        : joined((String[]) origin);
  }

  private String joined(String[] given) {
    String joined = text; // a string needs no lock to be seen whole
    if (joined == null) {
      joined = PathText.join(absolute, given);
      text = joined;
    }
    return joined;
  }

  /**
   * Returns the text of one name, without making a path of it.
   *
   * @param index 0 for the name closest to the root, to {@code getNameCount() - 1}
   * @throws IllegalArgumentException if there is no such name
   */
  public String name(int index) {
    if (origin instanceof DeepStep step && index == step.count - 1) {
      return step.name;
    }
    String[] all = names();
    if (index < 0 || index >= all.length) {
      throw new IllegalArgumentException("No name " + index + " in '" + this + "'");
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
    int count = origin instanceof DeepStep step ? step.count : steps().length;
    if (count >= DeepStep.DEEP) {
      long bytes = bytes() + 1 + PathText.bytes(name);
      return new TmpPath(owner, absolute, new DeepStep(this, name, count + 1, bytes));
    }
    String[] all = steps();
    String[] more = Arrays.copyOf(all, all.length + 1);
    more[all.length] = name;
    return new TmpPath(owner, absolute, more);
  }

  @Override
  public FileSystem getFileSystem() {
    return owner.fileSystem();
  }

  @Override
  public boolean isAbsolute() {
    return absolute;
  }

  @Override
  public @Nullable TmpPath getRoot() {
    return absolute ? withText("/") : null;
  }

  @Override
  public @Nullable TmpPath getFileName() {
    if (origin instanceof String given) {
      return PathText.isRoot(given) ? null : withText(given.substring(given.lastIndexOf('/') + 1));
    }
    if (origin instanceof DeepStep step) {
      return withText(step.name);
    }
    String[] all = names();
    return all.length == 1 && !absolute ? this : withText(all[all.length - 1]);
  }

  @Override
  public @Nullable TmpPath getParent() {
    if (origin instanceof String given) {
      int slash = given.lastIndexOf('/');
      if (slash > 0) {
        return withText(given.substring(0, slash));
      }
      return slash == 0 && given.length() > 1 ? withText("/") : null;
    }
    if (origin instanceof DeepStep step) {
      return step.parent;
    }
    String[] all = names();
    return all.length == 1 && !absolute
        ? null
        : ofNames(absolute, Arrays.copyOf(all, all.length - 1));
  }

  @Override
  public int getNameCount() {
    return origin instanceof DeepStep step ? step.count : names().length;
  }

  /** {@inheritDoc} Collects the names once, which a deep path keeps no array of. */
  @Override
  public Iterator<Path> iterator() {
    return Arrays.stream(names()).<Path>map(this::withText).iterator();
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
          "No names " + beginIndex + " to " + endIndex + " in '" + this + "'");
    }
    return endIndex - beginIndex == all.length && !absolute
        ? this
        : ofNames(false, Arrays.copyOfRange(all, beginIndex, endIndex));
  }

  @Override
  public boolean startsWith(Path other) {
    return Objects.requireNonNull(other) instanceof TmpPath that
        && owner.equals(that.owner)
        && PathText.startsWith(text(), that.text());
  }

  @Override
  public boolean startsWith(String other) {
    return PathText.startsWith(text(), PathText.parse(other));
  }

  @Override
  public boolean endsWith(Path other) {
    return Objects.requireNonNull(other) instanceof TmpPath that
        && owner.equals(that.owner)
        && PathText.endsWith(text(), that.text());
  }

  @Override
  public boolean endsWith(String other) {
    return PathText.endsWith(text(), PathText.parse(other));
  }

  @Override
  public TmpPath normalize() {
    String[] all = names();
    if (!hasDots(all, 0)) {
      return this;
    }
    String[] kept = new String[all.length];
    int count = 0;
    for (String name : all) {
      if (name.equals("..")) {
        if (count > 0 && !kept[count - 1].equals("..")) {
          count--;
        } else if (!absolute) {
          kept[count++] = name;
        }
      } else if (!name.equals(".")) {
        kept[count++] = name;
      }
    }
    return count == all.length ? this : ofNames(absolute, Arrays.copyOf(kept, count));
  }

  private static boolean hasDots(String[] names, int begin) {
    for (int i = begin; i < names.length; i++) {
      String name = names[i];
      if (name.length() <= 2 && (name.equals(".") || name.equals(".."))) {
        return true;
      }
    }
    return false;
  }

  /**
   * {@inheritDoc}
   *
   * <p>A relative {@code other} of another {@code tmp:} file system is taken over into this one.
   */
  @Override
  public TmpPath resolve(Path other) {
    TmpPath that = cast(other);
    if (that.absolute || (isEmpty() && owner.equals(that.owner))) {
      return that;
    }
    if (that.isEmpty()) {
      return this;
    }
    if (that.origin instanceof String[] more && !(origin instanceof DeepStep)) {
      String[] all = steps();
      String[] both = Arrays.copyOf(all, all.length + more.length);
      System.arraycopy(more, 0, both, all.length, more.length);
      return new TmpPath(owner, absolute, both);
    }
    return resolveNormal(that.text());
  }

  @Override
  public TmpPath resolve(String other) {
    String that = PathText.parse(other);
    if (that.isEmpty()) {
      return this;
    }
    return PathText.isAbsolute(that) ? withText(that) : resolveNormal(that);
  }

  private TmpPath resolveNormal(String relative) {
    return relative.indexOf('/') < 0
        ? resolveName(relative)
        : withText(PathText.join(text(), relative));
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
    if (absolute != that.absolute) {
      throw new IllegalArgumentException("'other' is different type of Path");
    }
    if (isEmpty()) {
      return that;
    }
    String[] from = steps();
    String[] to = that.steps();
    int common = common(from, to);
    if (hasDots(from, common) || hasDots(to, common)) {
      from = normalize().steps();
      to = that.normalize().steps();
      common = common(from, to);
      if (common < from.length && from[common].equals("..")) {
        throw new IllegalArgumentException("No relative path from '" + this + "' to " + that);
      }
    }
    int up = from.length - common;
    String[] way = new String[up + to.length - common];
    Arrays.fill(way, 0, up, "..");
    System.arraycopy(to, common, way, up, to.length - common);
    return ofNames(false, way);
  }

  /** Returns how many names two paths begin with alike. */
  private static int common(String[] left, String[] right) {
    int common = 0;
    while (common < left.length && common < right.length && left[common].equals(right[common])) {
      common++;
    }
    return common;
  }

  /**
   * Never returns a File: the host has no file of this name.
   *
   * @throws UnsupportedOperationException always; it names the call that has a file on the host
   */
  @Override
  public File toFile() {
    throw new UnsupportedOperationException(
        "'"
            + toUri()
            + "' is no java.io.File; TempFile.hostPath() or TmpFileAttributeView.hostPath() returns"
            + " a path on the host with the same bytes");
  }

  @Override
  public URI toUri() {
    return owner.toUri(toAbsolutePath());
  }

  @Override
  public TmpPath toAbsolutePath() {
    return absolute ? this : withText("/" + text());
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
    int order = PathText.compare(text(), that.text());
    return order != 0 || owner.equals(that.owner) ? order : toUri().compareTo(that.toUri());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other
        || (other instanceof TmpPath that
            && owner.equals(that.owner)
            && text().equals(that.text()));
  }

  @Override
  public int hashCode() {
    return text().hashCode();
  }

  @Override
  public String toString() {
    return text();
  }

  private TmpPath withText(String normal) {
    return normal.equals(origin) ? this : new TmpPath(owner, normal);
  }

  private TmpPath ofNames(boolean absolute, String[] names) {
    return names.length > 0 ? new TmpPath(owner, absolute, names) : withText(absolute ? "/" : "");
  }
}
