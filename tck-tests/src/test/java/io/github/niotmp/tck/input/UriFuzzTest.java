package io.github.niotmp.tck.input;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.provider.ValueSource;

/** A {@code tmp:} URI names a path or a file system, and the path's own URI leads back to it. */
class UriFuzzTest {
  private static final Pattern PRINTABLE = Pattern.compile("tmp://(fuzz)?/[!-~]*");

  private static FileSystem fileSystem;

  @BeforeAll
  static void open() throws IOException {
    fileSystem = FileSystems.newFileSystem(URI.create("tmp://fuzz"), Map.of());
  }

  @AfterAll
  static void close() throws IOException {
    fileSystem.close();
  }

  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  @ValueSource(
      strings = {
        "/a/b",
        "///a//b/",
        "a/b",
        "a:b?c#d",
        "//fuzz",
        "//fuzz/",
        "//fuzz/%C3%A9%F0%9F%98%80/%25%00",
        "//fuzz/../%2e%2E/./x",
        "//fuzz/a%2fb",
        "//fuzz/%ED%A0%80%FF",
        "//fuzz/é\ue000",
        "//fuzz?maxSize=1",
        "//other",
        "//other/a",
        "//user@fuzz:80/a",
        "//[::1]/a",
        "//f%75zz/a",
        "//FUZZ/a",
        "//-._/",
      })
  @FuzzTest
  void aUriNamesAPathOrAFileSystemOrIsRefused(@NotNull String text) throws IOException {
    URI uri;
    try {
      uri = new URI("tmp:" + Surrogates.in(text));
    } catch (URISyntaxException e) {
      return;
    }
    Answer named =
        Answer.of(
            () -> Path.of(uri), IllegalArgumentException.class, FileSystemNotFoundException.class);
    if (named.value() instanceof Path path) {
      Law.holds(path.isAbsolute(), path);
      Law.same(Path.of(path.toUri()), path);
      Law.holds(PRINTABLE.matcher(path.toUri().toString()).matches(), path.toUri());
    }
    Answer.of(
        () -> FileSystems.getFileSystem(uri),
        IllegalArgumentException.class,
        FileSystemNotFoundException.class);
    checkOpening(uri);
  }

  private static void checkOpening(URI uri) throws IOException {
    if (uri.getRawQuery() != null) {
      return; // these are settings, which have a target of their own
    }
    Answer opened =
        Answer.of(
            () -> FileSystems.newFileSystem(uri, Map.of()),
            IllegalArgumentException.class,
            FileSystemAlreadyExistsException.class);
    if (opened.value() instanceof FileSystem fresh) {
      Law.same(FileSystems.getFileSystem(uri), fresh);
      Law.same(Path.of(uri), fresh.getPath("/"));
      fresh.close();
    }
  }
}
