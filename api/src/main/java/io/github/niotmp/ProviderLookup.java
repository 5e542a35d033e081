package io.github.niotmp;

import java.nio.file.ProviderNotFoundException;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the provider that was linked with these very classes, by the class loader that has them.
 *
 * <p>Where {@code Path.of(URI)} finds a provider linked with these classes, it is an instance of
 * the same class, and instances share all they have.
 */
final class ProviderLookup {
  private static final String SCHEME = "tmp";

  /** A class loader that cannot be read at all fails anew at each step. */
  private static final int MOST_FAILURES = 100;

  private static volatile @Nullable FileSystemProvider found;

  private ProviderLookup() {}

  /**
   * Returns the provider; finds it at the first call that can.
   *
   * @throws ProviderNotFoundException if there is none; what was in the way is suppressed in it
   */
  static FileSystemProvider provider() {
    FileSystemProvider provider = found;
    if (provider == null) {
      ClassLoader loader = ProviderLookup.class.getClassLoader();
      provider = find(ServiceLoader.load(FileSystemProvider.class, loader), loader);
      found = provider;
    }
    return provider;
  }

  static FileSystemProvider find(
      Iterable<FileSystemProvider> services, @Nullable ClassLoader loader) {
    List<Throwable> failures = new ArrayList<>();
    Iterator<FileSystemProvider> each = services.iterator();
    while (failures.size() < MOST_FAILURES) {
      try {
        FileSystemProvider provider = each.next();
        if (SCHEME.equalsIgnoreCase(provider.getScheme()) && isLinkedWithUs(provider)) {
          return provider;
        }
      } catch (NoSuchElementException e) {
        break;
      } catch (ServiceConfigurationError | LinkageError e) {
        failures.add(e); // somebody else's, as long as ours is found
      }
    }
    ProviderNotFoundException missing =
        new ProviderNotFoundException(
            "No provider of tmp: file systems beside io.github.niotmp in "
                + loader
                + "; nio-tmp-provider belongs on the same class path or module path");
    failures.forEach(missing::addSuppressed);
    throw missing;
  }

  /** Another class loader's copy would answer with classes that are not ours. */
  private static boolean isLinkedWithUs(FileSystemProvider provider) {
    try {
      return Class.forName(TmpUsage.class.getName(), false, provider.getClass().getClassLoader())
          == TmpUsage.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
