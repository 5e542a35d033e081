package io.github.niotmp.tck.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.SPARSE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpLimitException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.MalformedURLException;
import java.net.ProtocolException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
  private static String read(URL url) throws IOException {
    try (InputStream in = url.openStream()) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static void write(URL url, String text) throws IOException {
    URLConnection connection = url.openConnection();
    connection.setDoOutput(true);
    try (OutputStream out = connection.getOutputStream()) {
      assertThat(connection.getOutputStream()).isSameAs(out);
      out.write(text.getBytes(UTF_8));
    }
    try (InputStream in = connection.getInputStream()) {
      assertThat(in.readAllBytes()).isEqualTo(text.getBytes(UTF_8));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void aConnectionForOutputCreatesOrEmptiesTheFile(String storage) throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("storage", storage))) {
      Path file = tmp.getPath("/file");
      write(file.toUri().toURL(), "a long text");
      assertThat(Files.readString(file)).isEqualTo("a long text");
      write(file.toUri().toURL(), "short");
      assertThat(Files.readString(file)).isEqualTo("short");
    }
  }

  @Test
  void aFileThatCannotBeWrittenSaysWhy() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("maxFiles", 1))) {
      Path directory = tmp.getPath("/directory");
      assertThatExceptionOfType(FileNotFoundException.class)
          .isThrownBy(() -> write(directory.resolve("file").toUri().toURL(), "text"))
          .withMessageContaining("No such file or directory");
      Files.createDirectory(directory);
      assertThatExceptionOfType(FileNotFoundException.class)
          .isThrownBy(() -> write(directory.toUri().toURL(), "text"))
          .withMessageContaining("Is a directory");
      assertThatExceptionOfType(TmpLimitException.class)
          .isThrownBy(() -> write(directory.resolve("file").toUri().toURL(), "text"));
    }
  }

  @Test
  void aConnectionDoesOnlyWhatItWasSetUpFor() throws IOException {
    URL url = new URL("tmp:/file");
    URLConnection connection = url.openConnection();
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(connection::getOutputStream);
    connection.setDoInput(false);
    assertThatExceptionOfType(ProtocolException.class).isThrownBy(connection::getInputStream);
  }

  @Test
  void aFileThatMayNotBeReadIsNotFound() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      Path file =
          Files.createFile(
              tmp.getPath("/file"),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("-w-------")));
      URLConnection connection = file.toUri().toURL().openConnection();
      if (Files.isReadable(file)) {
        connection.connect(); // root reads all
      } else {
        assertThatExceptionOfType(FileNotFoundException.class)
            .isThrownBy(connection::connect)
            .withMessageContaining("Permission denied");
      }
    }
  }

  @Test
  void fieldsThatTheHeaderDoesNotHaveAreNull() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      URLConnection connection =
          Files.writeString(tmp.getPath("/file"), "text").toUri().toURL().openConnection();

      assertThat(connection.getHeaderField(null)).isNull();
      assertThat(connection.getHeaderField(-1)).isNull();
      assertThat(connection.getHeaderFieldKey(9)).isNull();
      assertThat(connection.getContentLength()).isEqualTo(4);
    }
  }

  @Test
  void aControlCharacterInAUrlIsThatOfTheName() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      Files.writeString(tmp.getPath("/a\u007fb"), "text");

      assertThat(read(new URL(tmp.getPath("/").toUri().toURL(), "a\u007fb"))).isEqualTo("text");
    }
  }

  @Test
  void aLengthThatAnIntCannotHoldIsToldAsALong() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of("storage", "host"))) {
      Path file = tmp.getPath("/file");
      try (FileChannel channel = FileChannel.open(file, CREATE_NEW, WRITE, SPARSE)) {
        channel.write(ByteBuffer.wrap(new byte[1]), 1L << 31);
      }
      URLConnection connection = file.toUri().toURL().openConnection();

      assertThat(connection.getContentLength()).isEqualTo(-1);
      assertThat(connection.getContentLengthLong()).isEqualTo((1L << 31) + 1);
    }
  }

  @Test
  void theTypeOfAMissingFileIsUnknown() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      assertThat(tmp.getPath("/missing").toUri().toURL().openConnection().getContentType())
          .isEqualTo("content/unknown");
    }
  }

  @Test
  void aFragmentAndAQueryMeanNothing() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      Path file = Files.writeString(tmp.getPath("/file"), "text");
      assertThat(read(new URL(file.toUri() + "#runtime"))).isEqualTo("text");
      assertThat(read(new URL(file.toUri().toURL(), "file?version=1"))).isEqualTo("text");
    }
  }

  @Test
  void aUrlHoldsAnyCharacterAsItIs() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open("characters", Map.of())) {
      Files.writeString(tmp.getPath("/a [b] \"ü\""), "text");
      assertThat(read(new URL("tmp://characters/a [b] \"ü\""))).isEqualTo("text");
      assertThat(read(new URL("tmp://characters//a%20%5Bb%5D \"%C3%BC\""))).isEqualTo("text");
    }
  }

  @Test
  void eachFormOfAUriIsAUrlOfTheDefaultFileSystem() throws IOException {
    Path file = TmpFileSystems.getDefault().getPath("/form");
    Files.writeString(file, "text");
    try {
      for (String form : List.of("tmp:form", "tmp:/form", "tmp:///form", "TMP:/form")) {
        assertThat(read(new URL(form))).isEqualTo("text");
      }
    } finally {
      Files.delete(file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tmp:/a%", "tmp:/a%2Fb", "tmp:/a%00b", "tmp:/%FF", "tmp://na$me/a"})
  void whatNamesNoPathIsMalformed(String text) throws IOException {
    URL url = new URL(text);
    assertThatExceptionOfType(MalformedURLException.class)
        .isThrownBy(url::openStream)
        .withMessageContaining(text);
  }

  @Test
  void aFileSystemThatIsNotOpenIsNotFound() throws IOException {
    FileSystem tmp = TmpFileSystems.open(Map.of());
    URL url = Files.writeString(tmp.getPath("/file"), "text").toUri().toURL();
    URLConnection connection = url.openConnection();
    connection.connect();
    tmp.close();
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(url::openStream)
        .withMessageEndingWith("(its file system is not open)");
    assertThatExceptionOfType(FileNotFoundException.class).isThrownBy(connection::getInputStream);
  }

  @Test
  void theHostIsTheNameOfAFileSystemAndItsCaseMatters() throws IOException {
    URL url = new URL("tmp://name/a");
    assertThat(url).isEqualTo(new URL("tmp://name/a")).hasSameHashCodeAs(new URL("tmp://name/a"));
    assertThat(url).isNotEqualTo(new URL("tmp://Name/a")).isNotEqualTo(new URL("tmp:/a"));
    assertThat(new URL("tmp:/a")).isEqualTo(new URL("tmp:///a"));
    assertThat(new URL("tmp:/a").sameFile(new URL("tmp:/a#b"))).isTrue();
  }

  @Test
  void aProxyIsNotUsed() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of())) {
      URL url = Files.writeString(tmp.getPath("/file"), "text").toUri().toURL();
      assertThat(url.openConnection(Proxy.NO_PROXY).getContentLength()).isEqualTo(4);
    }
  }

  @Test
  void nothingIsOpenButTheStreamsThatAreNotClosed() throws IOException {
    FileSystem tmp = TmpFileSystems.open(Map.of("openAtClose", "fail"));
    Path file = Files.writeString(tmp.getPath("/file"), "text");
    URLConnection connection = file.toUri().toURL().openConnection();
    assertThat(connection.getContentType()).isEqualTo("content/unknown");
    assertThat(connection.getContentLength()).isEqualTo(4);
    assertThatExceptionOfType(FileNotFoundException.class)
        .isThrownBy(() -> tmp.getPath("/missing").toUri().toURL().openStream());
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {tmp.getPath("/").toUri().toURL()}, null)) {
      assertThat(loader.findResource("file")).isNotNull();
      try (InputStream in = loader.getResourceAsStream("file")) {
        assertThat(in).hasContent("text");
      }
    }
    tmp.close();
  }

  @Test
  void aUrlOfTheApiNeedsNoHandlerThatTheJdkSees() throws IOException {
    try (FileSystem tmp = TmpFileSystems.open(Map.of());
        FileSystem view = TmpFileSystems.readOnly(tmp)) {
      Files.writeString(tmp.getPath("/a file"), "text");
      URL url = TmpFileSystems.url(tmp.getPath("/a file"));
      assertThat(url).isEqualTo(tmp.getPath("/a file").toUri().toURL());
      assertThat(read(url)).isEqualTo("text");
      assertThat(read(new URL(TmpFileSystems.url(tmp.getPath("/")), "a%20file"))).isEqualTo("text");
      URL readOnly = TmpFileSystems.url(view.getPath("/a file"));
      assertThat(read(readOnly)).isEqualTo("text");
      assertThatExceptionOfType(FileNotFoundException.class)
          .isThrownBy(() -> write(readOnly, "other"))
          .withMessageContaining("Read-only file system");
    }
    assertThatExceptionOfType(ProviderMismatchException.class)
        .isThrownBy(() -> TmpFileSystems.url(Path.of("file")));
  }

  /** A host name begins with a letter; java.xml takes one with a digit for an address. */
  @Test
  void theHostOfAUriIsAHostName() throws IOException {
    for (int i = 0; i < 100; i++) { // one in five random names begins with a digit
      try (FileSystem tmp = TmpFileSystems.open(Map.of());
          FileSystem view = TmpFileSystems.readOnly(tmp)) {
        assertThat(tmp.getPath("/file").toUri().getHost()).matches("[a-z][a-z0-9]*");
        assertThat(view.getPath("/file").toUri().getHost()).matches("[a-z][a-z0-9]*");
      }
    }
  }
}
