package io.github.niotmp.attribute;

import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The user-defined attributes of a file: extended attributes of the namespace {@code user}. */
final class UserAttributes implements UserDefinedFileAttributeView {
  static final String VIEW = "user";

  /** In UTF-8, with the namespace; the kernel's limit. */
  private static final int MAX_NAME_BYTES = 255;

  /** The kernel's limit. */
  private static final int MAX_VALUE_BYTES = 64 * 1024;

  private final AttributedFile file;

  UserAttributes(AttributedFile file) {
    this.file = file;
  }

  @Override
  public String name() {
    return VIEW;
  }

  @Override
  public List<String> list() throws IOException {
    return file.base().userAttributeNames(file.path(), file.follow());
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
    ByteBuffer unread = source.duplicate();
    file.change(change(file.path().toString(), name, unread));
    int written = source.remaining();
    source.position(source.limit());
    return written;
  }

  @Override
  public void delete(String name) throws IOException {
    checkName(file.path().toString(), name);
    file.change(new AttributeChange.User(name, null));
  }

  /** Returns the values of those attributes, {@code *} being all of them. */
  Map<String, Object> read(String... names) throws IOException {
    Map<String, Object> values = new HashMap<>();
    for (String name : names) {
      if (name.equals("*")) {
        return read(list().toArray(String[]::new));
      }
      if (name.isEmpty()) {
        throw new IllegalArgumentException("User-defined attribute without a name");
      }
      values.put(name, value(name));
    }
    return values;
  }

  private byte[] value(String name) throws IOException {
    checkName(file.path().toString(), name);
    return file.base().readUserAttribute(file.path(), file.follow(), name);
  }

  /**
   * Returns the change that sets an attribute.
   *
   * @param path for messages
   * @param value an array of bytes, which is copied, or a buffer, which is read
   * @throws ClassCastException if {@code value} is something else
   */
  static AttributeChange change(@Nullable String path, String name, @Nullable Object value)
      throws IOException {
    checkName(path, name);
    byte[] bytes;
    if (value instanceof byte[] array) {
      bytes = array.clone();
    } else {
      ByteBuffer buffer = (ByteBuffer) Objects.requireNonNull(value);
      bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
    }
    if (bytes.length > MAX_VALUE_BYTES) {
      throw new FileSystemException(
          path, null, "Error writing extended attribute '" + name + "': Argument list too long");
    }
    return new AttributeChange.User(name, bytes);
  }

  private static void checkName(@Nullable String path, String name) throws IOException {
    String full = VIEW + "." + Objects.requireNonNull(name, "'name' is null");
    if (full.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new FileSystemException(path, null, "'" + full + "' is too big");
    }
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new FileSystemException(
          path, null, "Extended attribute '" + name + "': Invalid argument");
    }
  }
}
