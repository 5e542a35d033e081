package io.github.niotmp.tck.fault;

import com.google.common.collect.Iterators;
import com.google.common.collect.Lists;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * An object of a faulty file system that is all interface: a path, a directory stream or an
 * attribute view. Paths that go in are those of the file system below, paths that come out are not.
 */
final class Decoration implements InvocationHandler {
  private static final int MOST_REPEATED = 50_000;

  private final Object below;
  private final Path path;
  private final FaultyFileSystem fileSystem;
  private boolean closed;

  private Decoration(Object below, Path path, FaultyFileSystem fileSystem) {
    this.below = below;
    this.path = path;
    this.fileSystem = fileSystem;
  }

  /** Decorates {@code below}, which belongs to {@code path} of the file system below. */
  static <T> T of(Class<T> type, T below, Path path, FaultyFileSystem fileSystem) {
    Object proxy =
        Proxy.newProxyInstance(
            Decoration.class.getClassLoader(),
            new Class<?>[] {type},
            new Decoration(below, path, fileSystem));
    return type.cast(proxy);
  }

  /** Returns the path below, of one that was wrapped. */
  static Path unwrap(Path path) {
    return (Path) belowOf(path);
  }

  private static Object belowOf(Object object) {
    return Proxy.isProxyClass(object.getClass())
            && Proxy.getInvocationHandler(object) instanceof Decoration decoration
        ? decoration.below
        : object;
  }

  @Override
  public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
      throws Throwable {
    if (method.getName().equals("getFileSystem")) {
      return fileSystem;
    }
    if (!(below instanceof Path)) {
      called(method.getName());
    }
    Object[] unwrapped = arguments == null ? new Object[0] : arguments.clone();
    for (int i = 0; i < unwrapped.length; i++) {
      if (unwrapped[i] != null) {
        unwrapped[i] = belowOf(unwrapped[i]);
      }
    }
    try {
      return wrap(method.invoke(below, unwrapped));
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private void called(String method) throws IOException {
    if (!method.equals("close")) {
      if (!method.equals("name") && !method.equals("iterator")) {
        fileSystem.before(method, path);
      }
    } else if (!closed && below instanceof Closeable) {
      closed = true;
      fileSystem.open().remove(path);
    }
  }

  private @Nullable Object wrap(@Nullable Object result) {
    if (result instanceof Path found) {
      return fileSystem.wrap(found);
    }
    if (result instanceof SecureDirectoryStream<?> stream) {
      return fileSystem.opened(stream, path);
    }
    if (result instanceof PosixFileAttributeView view) {
      return of(PosixFileAttributeView.class, view, path, fileSystem);
    }
    if (result instanceof Iterator<?> paths) {
      Iterator<Path> wrapped = Iterators.transform(paths, path -> fileSystem.wrap((Path) path));
      return fileSystem.fault().isRepeating()
          ? Iterators.limit(Iterators.cycle(Lists.newArrayList(wrapped)), MOST_REPEATED)
          : wrapped;
    }
    return result;
  }
}
