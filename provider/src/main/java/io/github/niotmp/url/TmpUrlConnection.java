package io.github.niotmp.url;

import io.github.niotmp.TmpLimitException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.Charset;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.attribute.BasicFileAttributes;
import java.text.Collator;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a file that behaves like one of a {@code file:} URL: {@link #connect} reads the
 * header, and a directory reads as the list of its names.
 *
 * <p>It also writes: with {@code setDoOutput(true)}, the opening of the output stream creates the
 * file, or truncates it. The file is open only from {@link #getInputStream} or {@link
 * #getOutputStream} until that stream is closed.
 *
 * <p>The connection's monitor guards its fields.
 */
final class TmpUrlConnection extends URLConnection {
  private static final String CONTENT_LENGTH = "content-length";
  private static final String CONTENT_TYPE = "content-type";
  private static final String LAST_MODIFIED = "last-modified";
  private static final String UNKNOWN_TYPE = "content/unknown";
  private static final String LINKS = "Too many levels of symbolic links";

  /** The date format of RFC 9110, which always has two digits for the day. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.US)
          .withZone(ZoneOffset.UTC);

  private final URI uri;
  private final Function<URI, Path> paths;
  private Map<String, String> header = Map.of();
  private long length;
  private long modified;
  private @Nullable List<String> names;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  TmpUrlConnection(URL url, URI uri, Function<URI, Path> paths) {
    super(url);
    this.uri = uri;
    this.paths = paths;
  }

  /**
   * Reads the attributes, and the names in a directory. With {@code doOutput} the file need not
   * exist.
   */
  @Override
  public synchronized void connect() throws IOException {
    if (connected) {
      return;
    }
    onPath(
        path -> {
          try {
            readHeader(path);
          } catch (IOException e) {
            if (!doOutput) {
              throw e;
            }
          }
          return path;
        });
    connected = true;
  }

  private void readHeader(Path path) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      names = namesIn(path);
    } else {
      path.getFileSystem().provider().checkAccess(path, AccessMode.READ);
    }
    length = attributes.size();
    modified = attributes.lastModifiedTime().toMillis();
    Map<String, String> fields = new LinkedHashMap<>();
    String type = attributes.isDirectory() ? "text/plain" : typeByName();
    if (type != null) {
      fields.put(CONTENT_TYPE, type);
    }
    if (!attributes.isDirectory()) {
      fields.put(CONTENT_LENGTH, Long.toString(length));
      if (modified != 0) { // a file: URL returns 0 for an unknown time
        fields.put(LAST_MODIFIED, DATE.format(Instant.ofEpochMilli(modified)));
      }
    }
    header = fields;
  }

  private static List<String> namesIn(Path directory) throws IOException {
    List<String> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        found.add(String.valueOf(entry.getFileName()));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    found.sort(Collator.getInstance());
    return found;
  }

  private @Nullable String typeByName() {
    return getFileNameMap().getContentTypeFor(url.getPath());
  }

  /** Connects and returns the header, which is empty if that fails. */
  private Map<String, String> header() {
    try {
      connect();
    } catch (IOException e) {
      // as with a file: URL; the streams throw the failure
    }
    return header;
  }

  @Override
  public synchronized @Nullable String getHeaderField(@Nullable String name) {
    return name == null ? null : header().get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public synchronized @Nullable String getHeaderFieldKey(int n) {
    return nth(new ArrayList<>(header().keySet()), n);
  }

  @Override
  public synchronized @Nullable String getHeaderField(int n) {
    return nth(new ArrayList<>(header().values()), n);
  }

  private static @Nullable String nth(List<String> list, int n) {
    return n >= 0 && n < list.size() ? list.get(n) : null;
  }

  @Override
  public synchronized Map<String, List<String>> getHeaderFields() {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    header().forEach((name, value) -> fields.put(name, List.of(value)));
    return Collections.unmodifiableMap(fields);
  }

  @Override
  public synchronized long getContentLengthLong() {
    header();
    return length;
  }

  @Override
  public synchronized int getContentLength() {
    long count = getContentLengthLong();
    return count > Integer.MAX_VALUE ? -1 : (int) count;
  }

  /** Returns milliseconds; the header has whole seconds. */
  @Override
  public synchronized long getLastModified() {
    header();
    return modified;
  }

  /**
   * Returns the type by the name, otherwise by the first bytes, otherwise {@code content/unknown}.
   */
  @Override
  public synchronized String getContentType() {
    String type = header().get(CONTENT_TYPE);
    if (type == null && !header.isEmpty()) {
      try (InputStream in = new BufferedInputStream(onPath(Files::newInputStream))) {
        type = guessContentTypeFromStream(in);
      } catch (IOException e) {
        // the type is unknown; a read of the file throws the same exception
      }
    }
    return type == null ? UNKNOWN_TYPE : type;
  }

  /** Returns the stream of the file's bytes; each call returns the same stream. */
  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (!doInput) {
      throw new ProtocolException("Cannot read from a URLConnection if doInput=false");
    }
    connect();
    if (input == null) {
      input =
          names == null ? new BufferedInputStream(onPath(Files::newInputStream)) : listing(names);
    }
    return input;
  }

  private static InputStream listing(List<String> names) {
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append(name).append('\n'));
    return new ByteArrayInputStream(text.toString().getBytes(Charset.defaultCharset()));
  }

  /** Creates or truncates the file and returns its stream; each call returns the same stream. */
  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (!doOutput) {
      throw new ProtocolException("Cannot write to a URLConnection if doOutput=false");
    }
    connect();
    if (output == null) {
      output = onPath(Files::newOutputStream);
    }
    return output;
  }

  /** I/O on the path that the URL names. */
  @FunctionalInterface
  private interface PathIo<T> {
    T on(Path path) throws IOException;
  }

  private <T> T onPath(PathIo<T> io) throws IOException {
    try {
      return io.on(paths.apply(uri));
    } catch (IllegalArgumentException e) {
      throw UrlText.malformed(url, e);
    } catch (FileSystemNotFoundException | ClosedFileSystemException e) {
      throw notFound("its file system is not open", e);
    } catch (ReadOnlyFileSystemException e) {
      throw notFound("Read-only file system", e);
    } catch (TmpLimitException e) {
      throw e;
    } catch (NoSuchFileException e) {
      throw notFound("No such file or directory", e);
    } catch (AccessDeniedException e) {
      throw notFound("Permission denied", e);
    } catch (FileSystemException e) {
      throw notFound(ofLinks(e.getReason()), e);
    }
  }

  /** Shortens the message of a symbolic link loop to that of the {@code java.io} streams. */
  private static @Nullable String ofLinks(@Nullable String reason) {
    return reason != null && reason.startsWith(LINKS) ? LINKS : reason;
  }

  /**
   * Returns the exception that the {@code java.io} streams throw for a file that cannot be opened.
   */
  private FileNotFoundException notFound(@Nullable String reason, Exception cause) {
    FileNotFoundException failure =
        new FileNotFoundException(url + (reason == null ? "" : " (" + reason + ")"));
    failure.initCause(cause);
    return failure;
  }
}
