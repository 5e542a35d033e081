package io.github.niotmp.volume.spooled;

import io.github.niotmp.path.TmpPath;
import io.github.niotmp.tree.Node;
import io.github.niotmp.volume.AttributeChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.util.List;

/** User-defined attributes, with the limits and words of extended attributes on Linux. */
final class UserAttributes {
  private static final String PREFIX = "user.";
  private static final int LONGEST_NAME = 255;
  private static final int MOST_BYTES = 64 * 1024;

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

  static void set(Node node, AttributeChange.User change, TmpPath path) throws IOException {
    String name = change.name();
    checkName(name, path);
    if (change.value() == null) {
      if (node.userAttribute(name) == null) {
        throw failure(path, "Unable to delete", name, "No data available");
      }
    } else if (name.isEmpty()) {
      throw failure(path, "Error writing", name, "Invalid argument");
    } else if (change.value().length > MOST_BYTES) {
      throw failure(path, "Error writing", name, "Argument list too long");
    } else if (bytesBeside(node, name) + change.value().length > MOST_BYTES) {
      throw failure(path, "Error writing", name, "No space left on device");
    }
    node.setUserAttribute(name, change.value(), path);
  }

  /** Returns how many bytes the values of the other attributes have, which a disk limits too. */
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
