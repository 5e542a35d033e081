package io.github.niotmp.volume.host;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells a file from all others of this JVM, as far as its host can tell it.
 *
 * <p>It has its own {@code equals}: that of a record stays in a static cache of the JDK, and keeps
 * the class loader of this class from being collected.
 */
record HostKey(long device, @Nullable Object key) {
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof HostKey that && device == that.device && Objects.equals(key, that.key);
  }

  @Override
  public int hashCode() {
    return 31 * Long.hashCode(device) + Objects.hashCode(key);
  }
}
