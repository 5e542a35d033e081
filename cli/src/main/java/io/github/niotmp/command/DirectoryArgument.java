package io.github.niotmp.command;

import static java.util.Objects.requireNonNull;

import io.github.niotmp.internal.closing.Closer;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A directory as a user names it: a path of the default file system, or a URI of any installed
 * provider.
 */
final class DirectoryArgument {
  /** Two letters or more, because a scheme of one letter looks like a Windows drive. */
  private static final Pattern URI_START = Pattern.compile("\\p{Alpha}[\\p{Alnum}+.-]+:.*");

  private final @Nullable Path path;
  private final @Nullable URI uri;

  private DirectoryArgument(@Nullable Path path, @Nullable URI uri) {
    this.path = path;
    this.uri = uri;
  }

  /** A directory, and the file system that was opened for it. */
  record Opened(Path path, @Nullable FileSystem fileSystem) implements Closeable {
    @Override
    public void close() throws IOException {
      if (fileSystem != null) {
        fileSystem.close();
      }
    }
  }

  /** Parses a word; touches no file system. */
  static final class Converter implements ITypeConverter<DirectoryArgument> {
    @Override
    public DirectoryArgument convert(String word) {
      if (word.isEmpty()) {
        throw new TypeConversionException("an empty word names no directory");
      }
      try {
        return URI_START.matcher(word).matches()
            ? new DirectoryArgument(null, new URI(word))
            : new DirectoryArgument(Path.of(word).toAbsolutePath(), null);
      } catch (URISyntaxException e) {
        throw new TypeConversionException("'" + word + "' is no URI: " + e.getReason());
      } catch (InvalidPathException e) {
        throw new TypeConversionException("'" + word + "' is no path: " + e.getReason());
      }
    }
  }

  /**
   * Returns the directory. If its file system is not open, opens it.
   *
   * @throws IllegalArgumentException if no installed provider accepts the URI; the message says why
   * @throws IOException if its file system cannot be opened
   */
  Opened open() throws IOException {
    if (path != null) {
      return new Opened(path, null);
    }
    URI uri = requireNonNull(this.uri, "a path or a URI");
    if (uri.getRawQuery() != null) {
      return openFileSystem(uri); // the query holds settings, which only a new file system takes
    }
    try {
      return new Opened(Path.of(uri).toAbsolutePath(), null);
    } catch (FileSystemNotFoundException e) {
      return openFileSystem(uri);
    }
  }

  private static Opened openFileSystem(URI uri) throws IOException {
    FileSystem opened;
    try {
      opened = FileSystems.newFileSystem(uri, Map.of());
    } catch (ProviderNotFoundException e) {
      throw new IllegalArgumentException(
          "no provider of '" + uri.getScheme() + ":' is installed; installed: " + schemes(), e);
    } catch (FileSystemAlreadyExistsException e) {
      throw new IllegalArgumentException("'" + uri + "' takes no settings", e);
    }
    try {
      return new Opened(Path.of(withoutQuery(uri)).toAbsolutePath(), opened);
    } catch (RuntimeException e) {
      Closer.after(e, opened);
      throw e;
    }
  }

  private static URI withoutQuery(URI uri) {
    return URI.create(uri.toString().replaceFirst("\\?[^#]*", ""));
  }

  private static String schemes() {
    return FileSystemProvider.installedProviders().stream()
        .map(provider -> provider.getScheme() + ":")
        .collect(Collectors.joining(", "));
  }
}
