package io.github.niotmp.attribute;

import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The user-defined attributes of a file: extended attributes of the namespace {@code user}. */
final class UserView implements UserDefinedFileAttributeView {
  static final String VIEW = "user";

  private final AttributedFile file;

  UserView(AttributedFile file) {
    this.file = file;
  }

  @Override
  public String name() {
    return VIEW;
  }

  @Override
  public List<String> list() throws IOException {
    return file.answer(
        file.base().get(), start -> start.userAttributeNames(file.path(), file.follow()));
  }

  @Override
  public int size(String name) throws IOException {
    return value(name).length;
  }

  @Override
  public int read(String name, ByteBuffer target) throws IOException {
    if (target.isReadOnly()) {
      throw new IllegalArgumentException("Read-only buffer");
    }
    byte[] value = value(name);
    if (value.length > target.remaining()) {
      throw new FileSystemException(
          file.path().toString(),
          null,
          "Error reading extended attribute '" + name + "': Insufficient space in buffer");
    }
    target.put(value);
    return value.length;
  }

  @Override
  public int write(String name, ByteBuffer source) throws IOException {
    file.change(change(name, source.duplicate()));
    int written = source.remaining();
    source.position(source.limit());
    return written;
  }

  @Override
  public void delete(String name) throws IOException {
    file.change(new AttributeChange.User(checked(name), null));
  }

  /** Returns the values of these attributes, {@code *} being all of them. */
  Map<String, Object> read(String... names) throws IOException {
    Map<String, Object> values = new HashMap<>();
    for (String name : meant(names)) {
      values.put(name, value(name));
    }
    return values;
  }

  /**
   * Returns these names, or the names of all attributes if one of them is {@code *}. An attribute
   * may itself be named {@code *}.
   */
  private List<String> meant(String... names) throws IOException {
    for (String name : names) {
      if (name.equals("*")) {
        return list();
      }
      if (name.isEmpty()) {
        throw new IllegalArgumentException("User-defined attribute without a name");
      }
    }
    return List.of(names);
  }

  private byte[] value(String name) throws IOException {
    checked(name);
    return file.answer(
        file.base().get(), start -> start.readUserAttribute(file.path(), file.follow(), name));
  }

  /**
   * Returns the change that sets an attribute.
   *
   * @param value a byte array, which is copied, or a buffer, which is read
   * @throws ClassCastException if {@code value} has another type
   */
  static AttributeChange change(String name, @Nullable Object value) {
    if (value instanceof byte[] array) {
      return new AttributeChange.User(checked(name), array.clone());
    }
    ByteBuffer buffer = (ByteBuffer) Objects.requireNonNull(value);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return new AttributeChange.User(checked(name), bytes);
  }

  private static String checked(String name) {
    return Objects.requireNonNull(name, "'name' is null");
  }
}
