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
 * A path in Unix syntax, which behaves like one of the default provider on Linux. A relative path
 * is resolved against the root of its file system.
 *
 * <p>Any string without NUL and without lone surrogates is a path. The look-up limits the length of
 * names; this class does not.
 *
 * <p>Immutable. Two paths are equal if they have the same text and belong to the same file system.
 */
public final class TmpPath implements Path {
  private final PathOwner owner;
  private final boolean absolute;

  /**
   * The form in which the path was created: its text in normal form, or a {@code String[]} of at
   * least one name, none of them empty, or a {@link DeepStep}. Other forms are computed on demand.
   * The field is final, so that a thread that receives the path through a data race sees a complete
   * form.
   */
  private final Object origin;

  /** The text of a path created from names, computed by the first call that needs it. */
  private @Nullable String text;

  /** The names of a path created from text, computed by the first call that needs them. */
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
   * Joins the non-empty parts with slashes and parses the result.
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
   * Casts {@code path} to this class.
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

  public PathOwner owner() {
    return owner;
  }

  /** Returns this path without its file system, for storage in a file system and for look-ups. */
  public TmpPath withoutOwner() {
    return ownedBy(NoOwner.INSTANCE);
  }

  /** Returns this path as a path of another file system. */
  public TmpPath ownedBy(PathOwner another) {
    return new TmpPath(another, absolute, origin);
  }

  /** Says whether this is the empty path, which names the directory a look-up starts from. */
  public boolean isEmpty() {
    return origin instanceof String given && given.isEmpty();
  }

  /**
   * Returns {@code root} for an absolute path, otherwise {@code otherwise}: the start of a look-up.
   * Look-ups call no method of {@link Path}, because the model checker of the tests does not
   * instrument them.
   */
  public <T> T start(T root, T otherwise) {
    return absolute ? root : otherwise;
  }

  /**
   * Returns the names for look-ups, the one closest to the root first: none for the root, an empty
   * one for the empty path. The array belongs to this path; the caller must not change it.
   */
  public String[] names() {
    if (origin instanceof String[] given) {
      return given;
    }
    return origin instanceof DeepStep step ? collected(step) : split((String) origin);
  }

  /** Collects the names of a deep path, which stores no array of them. */
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
   * Returns the path before the last name, at which look-ups of a deep path start; null if this
   * path is not deep.
   */
  public @Nullable TmpPath deepParent() {
    return origin instanceof DeepStep step ? step.parent : null;
  }

  /** Returns the last name of a path with a {@link #deepParent}. */
  public String deepName() {
    return ((DeepStep) origin).name;
  }

  /**
   * Returns the last argument of {@link #setFound}; null if there is none, or no {@link
   * #deepParent}.
   */
  public @Nullable Object found() {
    return origin instanceof DeepStep step ? step.found : null;
  }

  /**
   * Remembers the result of a look-up of a path with a {@link #deepParent}: an immutable object.
   */
  public void setFound(Object found) {
    ((DeepStep) origin).found = found;
  }

  /**
   * Returns the text if the path was created from text and not yet split into names; otherwise
   * null.
   */
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
   * Says whether the text takes more than {@code limit} bytes of UTF-8. Each look-up calls this, so
   * it creates no text for a path made of names.
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

  /** Returns the names; none for the empty path. */
  private String[] steps() {
    return isEmpty() ? PathText.NO_NAMES : names();
  }

  private String text() {
    if (origin instanceof String given) {
      return given;
    }
    // cached texts of a deep tree's paths would take quadratic memory
    return origin instanceof DeepStep
        ? PathText.join(absolute, names())
        : joined((String[]) origin);
  }

  private String joined(String[] given) {
    String joined = text; // a String is immutable: any thread sees it whole
    if (joined == null) {
      joined = PathText.join(absolute, given);
      text = joined;
    }
    return joined;
  }

  /**
   * Returns the text of one name, without creating a path.
   *
   * @param index from 0, the name closest to the root, to {@code getNameCount() - 1}
   * @throws IllegalArgumentException if the path has no such name
   */
  public String name(int index) {
    if (origin instanceof DeepStep step && index == step.count - 1) {
      return step.name;
    }
    String[] all = names();
    if (index < 0 || index >= all.length) {
      throw new IllegalArgumentException(
          "index is " + index + "; '" + this + "' has " + all.length + " names");
    }
    return all[index];
  }

  /**
   * Appends one name without validation. A look-up of the result uses the same String object, so
   * that its comparison with the directory's own name object is fast.
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

  /** {@inheritDoc} Collects the names of a deep path once. */
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
          "beginIndex is "
              + beginIndex
              + " and endIndex "
              + endIndex
              + "; '"
              + this
              + "' has "
              + all.length
              + " names");
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
   * <p>A relative {@code other} of another {@code tmp:} file system is resolved as a path of this
   * one.
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
   * @throws IllegalArgumentException if one path is absolute and the other is not, if they belong
   *     to different file systems, or if the rest of this path after the common names begins with
   *     {@code ..}
   */
  @Override
  public TmpPath relativize(Path other) {
    TmpPath that = cast(other);
    if (!owner.equals(that.owner)) {
      throw new IllegalArgumentException(
          "other is " + that.toUri() + ", a path of another file system than " + toUri());
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
        throw new IllegalArgumentException(
            "No relative path from '" + this + "' to '" + that + "', because of '..'");
      }
    }
    int up = from.length - common;
    String[] way = new String[up + to.length - common];
    Arrays.fill(way, 0, up, "..");
    System.arraycopy(to, common, way, up, to.length - common);
    return ofNames(false, way);
  }

  /** Returns the number of leading names that two paths have in common. */
  private static int common(String[] left, String[] right) {
    int common = 0;
    while (common < left.length && common < right.length && left[common].equals(right[common])) {
      common++;
    }
    return common;
  }

  /**
   * Never returns a File, because the host has no file of this name.
   *
   * @throws UnsupportedOperationException always; the message names the call that returns a host
   *     path
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
   * Compares the UTF-8 bytes, as the default provider does. If the texts are equal and the file
   * systems differ, compares the URIs.
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
