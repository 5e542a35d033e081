package io.github.niotmp.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.Cleaner;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The division of the heap budget among the class loaders that have loaded this library.
 *
 * <p>Each loader publishes its share, in bytes, as a system property of its own: text, so that
 * {@link Properties#store} and {@link Properties#list} still work. The monitor of the system
 * properties, which all loaders share, guards each raise.
 *
 * <p>If a loader is collected with a share, a {@link Cleaner} removes the property. Its action
 * consists of JDK objects, because an object of ours would keep the loader from being collected.
 * The thread of the cleaner lives while the loader has a share.
 *
 * <p>One thread at a time calls the methods, but any number of threads {@link #ofOthers()}.
 */
final class LoaderShares {
  /** The prefix of each property's name; a random text follows. */
  static final String PREFIX = "io.github.niotmp.memoryShare.";

  private final String prefix;
  private final String key;
  private Cleaner.@Nullable Cleanable removal;

  /**
   * Creates an object without a share.
   *
   * @param prefix the prefix of the properties of all loaders that divide one limit
   */
  LoaderShares(String prefix) {
    this.prefix = prefix;
    this.key = prefix + UUID.randomUUID();
  }

  /**
   * Raises the share of this loader.
   *
   * @param share the current share
   * @param least the smallest useful share; if less is free, the share stays
   * @param wanted the share to take if it is free
   * @param limit the limit of the sum of all shares
   * @return the new share
   */
  long raise(long share, long least, long wanted, long limit) {
    Properties properties = System.getProperties();
    synchronized (properties) {
      long free = Math.max(0, limit - ofOthers(properties));
      if (free < least) {
        return share;
      }
      long raised = Math.min(wanted, free);
      properties.setProperty(key, Long.toString(raised));
      if (removal == null) {
        removal = removedWith(this, key);
      }
      return raised;
    }
  }

  /** Publishes a lower share. */
  void set(long share) {
    System.setProperty(key, Long.toString(share));
  }

  /** Removes the property, and ends the thread of the cleaner. */
  void end() {
    Cleaner.Cleanable there = removal;
    removal = null;
    if (there != null) {
      there.clean();
    }
  }

  /** Returns the sum of the shares of all other loaders, in bytes. */
  long ofOthers() {
    return ofOthers(System.getProperties());
  }

  private long ofOthers(Properties properties) {
    long sum = 0;
    for (Map.Entry<Object, Object> property : properties.entrySet()) {
      if (property.getKey() instanceof String name
          && name.startsWith(prefix)
          && !name.equals(key)
          && property.getValue() instanceof String text) {
        sum += bytes(text);
      }
    }
    return sum;
  }

  /** Returns the number, or 0 for a text that the application has set. */
  private static long bytes(String text) {
    try {
      return Math.max(0, Long.parseLong(text));
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static Cleaner.Cleanable removedWith(Object owner, String key) {
    return Cleaner.create().register(owner, removal(key));
  }

  /** Returns an action of JDK classes only that removes a property. */
  private static Runnable removal(String key) {
    MethodType type = MethodType.methodType(String.class, String.class);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      MethodHandle clear =
          MethodHandles.publicLookup().findStatic(System.class, "clearProperty", type);
      // JDK 17 defines the proxy in the context class loader, which the action would then keep.
      thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
      return MethodHandleProxies.asInterfaceInstance(
          Runnable.class,
          MethodHandles.insertArguments(clear, 0, key).asType(MethodType.methodType(void.class)));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("System.clearProperty", e);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
