package io.github.niotmp.volume.host;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The identity of a file among all files of this JVM, as far as the host has one.
 *
 * <p>It declares {@code equals} itself, because a static cache of the JDK holds the generated one
 * and so keeps the class loader of this class from being collected.
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
