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
 * Finds the provider that is linked with these classes, through the class loader of this class.
 *
 * <p>If {@code Path.of(URI)} finds a provider linked with these classes, it is another instance of
 * the same class; instances share all state.
 */
final class ProviderLookup {
  private static final String SCHEME = "tmp";

  /**
   * The most failures of the service loader: an unreadable class loader fails again at each step.
   */
  private static final int MOST_FAILURES = 100;

  private static volatile @Nullable FileSystemProvider found;

  private ProviderLookup() {}

  /**
   * Returns the provider, which the first successful call finds.
   *
   * @throws ProviderNotFoundException if no provider is found; the failures of the search are
   *     suppressed in it
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
        failures.add(e); // a failure of another provider does not matter if ours is found
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

  /** Says whether the provider uses these API classes, not another class loader's copy of them. */
  private static boolean isLinkedWithUs(FileSystemProvider provider) {
    try {
      return Class.forName(TmpUsage.class.getName(), false, provider.getClass().getClassLoader())
          == TmpUsage.class;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
