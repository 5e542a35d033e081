package io.github.niotmp.tck.loader;

import io.github.niotmp.TmpFileSystems;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A class loader as an application server has: it looks at its own classes first. */
public final class ApplicationLoader extends URLClassLoader {
  public static final Path API = origin(TmpFileSystems.class);
  public static final Path PROVIDER = origin(TmpFileSystems.getDefault().provider().getClass());

  private static final Path APPLICATION = origin(ApplicationLoader.class);
  private static final String OURS = "io.github.niotmp.";

  private ApplicationLoader(String name, URL[] classPath, ClassLoader parent) {
    super(name, classPath, parent);
  }

  /** Makes one that knows, beside the JDK, this package and what is given. */
  public static ApplicationLoader of(String name, Path... classPath) {
    return of(name, ClassLoader.getPlatformClassLoader(), classPath);
  }

  static ApplicationLoader of(String name, ClassLoader parent, Path... classPath) {
    List<URL> urls = new ArrayList<>();
    for (Path entry : classPath) {
      urls.add(url(entry));
    }
    urls.add(url(APPLICATION));
    return new ApplicationLoader(name, urls.toArray(URL[]::new), parent);
  }

  /** Makes an instance of this loader's copy of a class; only classes of the JDK may go through. */
  @SuppressWarnings("unchecked") // the class says what it takes and gives
  public <T, R> Function<T, R> application(Class<? extends Function<T, R>> type) throws Exception {
    Class<?> copy = loadClass(type.getName());
    if (copy == type) {
      throw new IllegalStateException(type + " is not this loader's");
    }
    return (Function<T, R>) copy.getDeclaredConstructor().newInstance();
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      @Nullable Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      try {
        return findClass(name);
      } catch (ClassNotFoundException e) {
        return super.loadClass(name, resolve);
      }
    }
  }

  @Override
  public String toString() {
    return "loader '" + getName() + "'";
  }

  static Path origin(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static URL url(Path entry) {
    try {
      return entry.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
