package io.github.niotmp.volume.spooled;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Node;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** User-defined attributes, with the limits and messages of extended attributes on Linux. */
final class UserAttributes {
  private static final String PREFIX = "user.";
  private static final int LONGEST_NAME = 255;
  private static final int MOST_BYTES = 64 * 1024;
  private static final String DENIED = "Permission denied";

  private UserAttributes() {}

  static List<String> names(Node node, TmpPath path) throws FileSystemException {
    AttributeChanges.requireReadable(node, path);
    return List.copyOf(node.userAttributes());
  }

  static byte[] read(Node node, String name, TmpPath path) throws FileSystemException {
    AttributeChanges.requireReadable(node, path);
    checkName(name, path);
    byte[] value = node.userAttribute(name);
    if (value == null) {
      throw failure(path, "Error reading", name, "No data available");
    }
    return value.clone();
  }

  /**
   * Sets or removes an attribute of a node that can be read.
   *
   * @param writable whether this process may also write to the node
   */
  static void set(Node node, AttributeChange.User change, boolean writable, TmpPath path)
      throws IOException {
    String name = change.name();
    byte[] value = change.value();
    checkName(name, path);
    String refusal =
        value == null
            ? refusalToDelete(node, name, writable)
            : refusalToWrite(node, name, value.length, writable);
    if (refusal != null) {
      throw failure(path, value == null ? "Unable to delete" : "Error writing", name, refusal);
    }
    node.setUserAttribute(name, value, path);
  }

  private static @Nullable String refusalToDelete(Node node, String name, boolean writable) {
    if (!writable) {
      return DENIED;
    }
    return node.userAttribute(name) == null ? "No data available" : null;
  }

  private static @Nullable String refusalToWrite(
      Node node, String name, int length, boolean writable) {
    if (length > MOST_BYTES) {
      return "Argument list too long"; // Linux looks at the size before the file
    }
    if (!writable) {
      return DENIED;
    }
    if (name.isEmpty()) {
      return "Invalid argument";
    }
    return bytesBeside(node, name) + length > MOST_BYTES ? "No space left on device" : null;
  }

  /** Returns the bytes of the other attributes, because a disk limits their sum. */
  private static long bytesBeside(Node node, String name) {
    long bytes = 0;
    for (String other : node.userAttributes()) {
      byte[] value = other.equals(name) ? null : node.userAttribute(other);
      bytes += value == null ? 0 : other.length() + value.length;
    }
    return bytes;
  }

  private static void checkName(String name, TmpPath path) throws FileSystemException {
    String full = PREFIX + name;
    if (full.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
      throw new FileSystemException(path.toString(), null, "'" + full + "' is too big");
    }
  }

  private static FileSystemException failure(
      TmpPath path, String what, String name, String reason) {
    return new FileSystemException(
        path.toString(), null, what + " extended attribute '" + name + "': " + reason);
  }
}
