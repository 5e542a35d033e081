package io.github.niotmp.attribute;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileAttributes;
import io.github.niotmp.attribute.SettableAttributes.Conversion;
import io.github.niotmp.path.TmpPath;
import io.github.niotmp.volume.AttributeChange;
import io.github.niotmp.volume.AttributeChange.Times;
import io.github.niotmp.volume.DirectoryHandle;
import io.github.niotmp.volume.OpenDirectory;
import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The attribute views of one file system, by class and by name. */
public final class FileAttributeViews {
  private static final Map<Class<?>, String> NAMES =
      Map.ofEntries(
          entry(BasicFileAttributeView.class, "basic"),
          entry(FileOwnerAttributeView.class, "owner"),
          entry(PosixFileAttributeView.class, "posix"),
          entry(UserDefinedFileAttributeView.class, UserView.VIEW),
          entry(DosFileAttributeView.class, "dos"),
          entry(TmpFileAttributeView.class, "tmp"),
          entry(BasicFileAttributes.class, "basic"),
          entry(PosixFileAttributes.class, "posix"),
          entry(DosFileAttributes.class, "dos"),
          entry(TmpFileAttributes.class, "tmp"));

  /**
   * The attributes that a caller can set at creation: permissions, as with the default provider,
   * and the settings that decide where the bytes are stored.
   */
  private static final Set<String> INITIAL =
      Set.of(
          "posix:permissions",
          "unix:permissions",
          "tmp:spoolThreshold",
          "tmp:maxFileSize",
          "tmp:rolledOver");

  private final Set<String> supported;
  private final boolean readOnly;
  private final Set<Class<?>> classes = new HashSet<>();

  /**
   * Takes the views that the file system supports.
   *
   * @param supported names from {@link io.github.niotmp.volume.Volume#attributeViews()}
   * @param readOnly whether every change throws {@link java.nio.file.ReadOnlyFileSystemException}
   */
  public FileAttributeViews(Set<String> supported, boolean readOnly) {
    this.supported = supported;
    this.readOnly = readOnly;
    for (Map.Entry<Class<?>, String> named : NAMES.entrySet()) {
      if (supported.contains(named.getValue())) {
        classes.add(named.getKey());
      }
    }
  }

  /** Returns the names of the views. */
  public Set<String> names() {
    return supported;
  }

  /** Says whether there is a view of this name. */
  public boolean supports(String name) {
    return supported.contains(requireNonNull(name));
  }

  /** Says whether there is a view, or attributes, of this class. */
  public boolean supports(Class<?> type) {
    // the most frequent class, which each file system supports
    return type == BasicFileAttributes.class || classes.contains(requireNonNull(type, "type"));
  }

  /**
   * Returns a view that looks up {@code path} at each use, or null if this class is not supported.
   *
   * @param base the start of a relative path, called at each use; throws if the view is no longer
   *     usable
   * @param follow whether a symbolic link at the end of the path is followed
   */
  public <V extends FileAttributeView> @Nullable V of(
      Supplier<? extends OpenDirectory> base, TmpPath path, boolean follow, Class<V> type) {
    if (!supports(type)) {
      return null;
    }
    AttributedFile file = new AttributedFile(base, path, follow, readOnly);
    FileAttributeView view;
    if (type == BasicFileAttributeView.class) {
      view = new BasicView(file);
    } else if (type == PosixFileAttributeView.class) {
      view = new PosixView(file);
    } else if (type == FileOwnerAttributeView.class) {
      view = new OwnerView(file);
    } else if (type == UserDefinedFileAttributeView.class) {
      view = new UserView(file);
    } else if (type == DosFileAttributeView.class) {
      view = new DosView(file);
    } else {
      view = new TmpView(file);
    }
    return type.cast(view);
  }

  /**
   * Checks that attributes can be read as this class.
   *
   * @throws UnsupportedOperationException if they can't
   */
  public void checkReadable(Class<? extends BasicFileAttributes> type) {
    if (!supports(type)) {
      throw new UnsupportedOperationException(
          type.getName() + " is not supported by this file system");
    }
  }

  /**
   * Returns the attributes of the file at {@code path}.
   *
   * @throws UnsupportedOperationException if they can't be read as this class
   */
  public <A extends BasicFileAttributes> A read(
      DirectoryHandle base, TmpPath path, boolean follow, Class<A> type) throws IOException {
    checkReadable(type);
    return type.cast(base.readAttributes(path, follow));
  }

  /**
   * Returns the attributes of the file at {@code path}, or null if it does not exist.
   *
   * @throws UnsupportedOperationException if they can't be read as this class
   */
  public <A extends BasicFileAttributes> @Nullable A readIfExists(
      DirectoryHandle base, TmpPath path, boolean follow, Class<A> type) throws IOException {
    checkReadable(type);
    return type.cast(base.readAttributesIfExists(path, follow));
  }

  /**
   * Returns attribute values by name, without the name of the view.
   *
   * @param attributes names separated by commas, or {@code *} for all, after the name of a view and
   *     a colon; without a view the basic one
   * @throws UnsupportedOperationException if the view is not supported
   * @throws IllegalArgumentException if it has no such attribute
   */
  public Map<String, Object> read(
      DirectoryHandle base, TmpPath path, boolean follow, String attributes) throws IOException {
    AttributedFile file = new AttributedFile(() -> base, path, follow, readOnly);
    AttributeName requested = parse(attributes);
    String[] names = requested.name().split(",");
    if (requested.view().equals(UserView.VIEW)) {
      return new UserView(file).read(names);
    }
    return ReadableAttributes.ofView(requested.view()).select(names).of(file.attributes());
  }

  /**
   * Sets an attribute.
   *
   * @param attribute a name, after that of a view and a colon; without a view the basic one
   * @param value of the attribute's type; a byte array or a buffer for a user-defined one
   * @throws UnsupportedOperationException if the view is not supported
   * @throws IllegalArgumentException if it has no such attribute, or the attribute is read-only
   * @throws ClassCastException if the value has another type
   * @throws java.nio.file.ReadOnlyFileSystemException if the file system is read-only
   * @throws NullPointerException if the value is null; a null time is allowed and leaves the time
   *     unchanged
   */
  public void set(
      DirectoryHandle base, TmpPath path, boolean follow, String attribute, @Nullable Object value)
      throws IOException {
    AttributeName name = parse(attribute);
    AttributeChange change = change(name, value);
    if (change == null) {
      throw new IllegalArgumentException("'" + name + "' not recognized");
    }
    if (!changesNothing(change)) {
      new AttributedFile(() -> base, path, follow, readOnly).change(change);
    }
  }

  /**
   * Returns the changes for the attributes of a new file: permissions, or a threshold, a size limit
   * or a rollover of the tmp view. The caller may remove changes from the list, unless it is empty.
   *
   * @throws UnsupportedOperationException if an attribute cannot be set at creation
   */
  public List<AttributeChange> initial(FileAttribute<?>... attributes) throws IOException {
    if (attributes.length == 0) {
      return List.of();
    }
    List<AttributeChange> changes = new ArrayList<>(attributes.length);
    for (FileAttribute<?> attribute : attributes) {
      AttributeName name = AttributeName.parse(attribute.name());
      if (!INITIAL.contains(attribute.name()) || !supports(name.view())) {
        throw new UnsupportedOperationException(
            "'" + attribute.name() + "' not supported as initial attribute");
      }
      changes.add(requireNonNull(change(name, attribute.value())));
    }
    return changes;
  }

  private AttributeName parse(String attributes) {
    AttributeName name = AttributeName.parse(attributes);
    if (!supports(name.view())) {
      throw new UnsupportedOperationException("View '" + name.view() + "' not available");
    }
    return name;
  }

  /** Returns null if the view has no such attribute, or the attribute is read-only. */
  private @Nullable AttributeChange change(AttributeName name, @Nullable Object value)
      throws IOException {
    if (name.view().equals(UserView.VIEW)) {
      return UserView.change(name.name(), value);
    }
    Conversion conversion = SettableAttributes.ofView(name.view()).get(name.name());
    return conversion == null ? null : conversion.changeTo(value);
  }

  private static boolean changesNothing(AttributeChange change) {
    return change instanceof Times times
        && times.modified() == null
        && times.accessed() == null
        && times.created() == null;
  }
}
