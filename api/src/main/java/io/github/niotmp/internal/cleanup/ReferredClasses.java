package io.github.niotmp.internal.cleanup;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Loads all classes to which the classes of this library refer, directly or through each other.
 *
 * <p>A container closes the class loader of an application that it undeploys, and some loaders then
 * refuse even classes of the JDK to code that has not used them before. The code that frees leaked
 * files, and the code of the exit, may run after that. Once a loader has loaded a class, or has
 * returned it from its parent, the JVM does not call it again.
 *
 * <p>The system class loader and its parents are never closed, so their classes are skipped. This
 * class takes no lock. Safe for use by any number of threads.
 */
final class ReferredClasses {
  private static final String OURS = "io/github/niotmp/";

  private static final Pattern TYPE = Pattern.compile("L([^;<]+);");

  /**
   * Whether a class has been read, or need not be. A {@link ClassValue} stores it in the class,
   * which may be of another loader.
   */
  private static final ClassValue<AtomicBoolean> READ =
      new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
          return new AtomicBoolean();
        }
      };

  private final Deque<Class<?>> left = new ArrayDeque<>();
  private final Map<String, Boolean> seen = new HashMap<>();

  private ReferredClasses() {}

  /** Loads the classes to which {@code root} refers, once. */
  static void load(Class<?> root) {
    AtomicBoolean read = READ.get(root);
    if (read.get()) {
      return;
    }
    if (canClose(root.getClassLoader())) {
      new ReferredClasses().loadAll(root);
    } else {
      read.set(true);
    }
  }

  private static boolean canClose(@Nullable ClassLoader loader) {
    if (loader == null) {
      return false;
    }
    for (ClassLoader each = ClassLoader.getSystemClassLoader();
        each != null;
        each = each.getParent()) {
      if (each == loader) {
        return false;
      }
    }
    return true;
  }

  private void loadAll(Class<?> root) {
    left.push(root);
    for (Class<?> next = left.poll(); next != null; next = left.poll()) {
      if (READ.get(next).compareAndSet(false, true)) {
        loadReferred(next);
      }
    }
  }

  private void loadReferred(Class<?> type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      if (in != null) { // a lambda has no class file
        for (String name : referredBy(in.readAllBytes())) {
          load(name, type.getClassLoader());
        }
      }
    } catch (IOException | RuntimeException e) {
      // the class is then loaded on first use
    }
  }

  private void load(String name, @Nullable ClassLoader loader) {
    if (seen.put(name, true) != null) {
      return;
    }
    try {
      Class<?> loaded = Class.forName(name.replace('/', '.'), false, loader);
      if (name.startsWith(OURS)) {
        left.push(loaded);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // an annotation, or a class of a newer JDK
    }
  }

  /** Returns the internal names of classes in the constant pool of a class file. */
  static Set<String> referredBy(byte[] classFile) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile));
    in.skipNBytes(8);
    String[] texts = new String[in.readUnsignedShort()];
    Set<Integer> types = new HashSet<>();
    for (int i = 1; i < texts.length; i++) {
      switch (in.readUnsignedByte()) {
        case 1 -> texts[i] = in.readUTF();
        case 5, 6 -> { // long and double take two entries
          in.skipNBytes(8);
          i++;
        }
        case 7, 16 -> types.add(in.readUnsignedShort()); // a class, a method type
        case 8, 19, 20 -> in.skipNBytes(2);
        case 12 -> { // a name and a descriptor
          in.skipNBytes(2);
          types.add(in.readUnsignedShort());
        }
        case 15 -> in.skipNBytes(3);
        default -> in.skipNBytes(4);
      }
    }
    Set<String> names = new HashSet<>();
    for (int index : types) {
      addNames(texts[index], names);
    }
    return names;
  }

  private static void addNames(String type, Set<String> names) {
    if (type.indexOf(';') < 0) {
      if (!type.startsWith("[") && type.length() > 1 && type.indexOf('(') < 0) {
        names.add(type);
      }
      return;
    }
    for (Matcher matcher = TYPE.matcher(type); matcher.find(); ) {
      names.add(matcher.group(1));
    }
  }
}
