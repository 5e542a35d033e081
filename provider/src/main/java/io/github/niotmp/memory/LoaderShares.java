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
 * {@link Properties#store} and {@link Properties#list} of the system properties go on working. The
 * monitor of the system properties, which all loaders have in common, guards each change.
 *
 * <p>If a loader is collected with a share, the property is removed by a {@link Cleaner}. The
 * action of the cleaner consists of the JDK's own objects: one of ours would keep the loader from
 * being collected. The thread of the cleaner lives while there is a share.
 *
 * <p>The caller lets one thread in at a time.
 */
final class LoaderShares {
  /** Begins the name of each property; a random text follows. */
  static final String PREFIX = "io.github.niotmp.memoryShare.";

  private final String prefix;
  private final String key;
  private Cleaner.@Nullable Cleanable removal;

  /**
   * Starts without a share.
   *
   * @param prefix begins the properties of all loaders that divide one limit
   */
  LoaderShares(String prefix) {
    this.prefix = prefix;
    this.key = prefix + UUID.randomUUID();
  }

  /**
   * Raises the share of this loader.
   *
   * @param share the share so far
   * @param least the share that is of use; if that much is not free, the share stays
   * @param wanted the share to have if that much is free
   * @param limit the sum of all shares
   * @return the share
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

  /** Returns 0 for a text that a program of the user has put there. */
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

  /** Returns an action of the JDK's classes that removes a property. */
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
