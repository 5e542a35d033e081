package io.github.niotmp.clients.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.SampleTree;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;

/** A server under test, as its users see it. */
public final class Site {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final String BOUNDARY = "boundary-of-the-parts";

  private final URI base;

  public Site(int port) {
    base = URI.create("http://localhost:" + port + "/");
  }

  /** Asserts that the server sends what {@link SampleTree#create} wrote. */
  public void servesTheTree() throws IOException, InterruptedException {
    HttpResponse<byte[]> page = get("index.html");
    assertThat(page.body()).isEqualTo("<p>Grüße</p>\n".getBytes(UTF_8));
    assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
    assertThat(get("empty").body()).isEmpty();
    assertThat(get("zwei%20W%C3%B6rter.txt").body()).isEqualTo("two words\n".getBytes(UTF_8));
    assertThat(get("a/b/large.bin").body()).isEqualTo(SampleTree.bytes(300_000));
    assertThat(status("a/b/missing")).isEqualTo(404);
  }

  /** Asserts that the server answers a range, and a question whether a file has changed. */
  public void servesRangesAndKnowsTimes() throws IOException, InterruptedException {
    HttpResponse<byte[]> part =
        CLIENT.send(
            request("a/b/large.bin").header("Range", "bytes=299000-").build(),
            BodyHandlers.ofByteArray());
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body())
        .isEqualTo(Arrays.copyOfRange(SampleTree.bytes(300_000), 299_000, 300_000));

    String time = get("a/b/large.bin").headers().firstValue("Last-Modified").orElseThrow();
    assertThat(
            CLIENT
                .send(
                    request("a/b/large.bin").header("If-Modified-Since", time).build(),
                    BodyHandlers.discarding())
                .statusCode())
        .isEqualTo(304);
  }

  /** Asserts that the server answers an upload, a form with a field and a file, with 200. */
  public void takesAnUpload(String path, byte[] file) throws IOException, InterruptedException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(part("name=\"field\"", "a value".getBytes(UTF_8)));
    body.writeBytes(part("name=\"file\"; filename=\"upload.bin\"", file));
    body.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(UTF_8));
    HttpResponse<String> response =
        CLIENT.send(
            request(path)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build(),
            BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private static byte[] part(String disposition, byte[] content) {
    ByteArrayOutputStream part = new ByteArrayOutputStream();
    part.writeBytes(
        ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
            .getBytes(UTF_8));
    part.writeBytes(content);
    part.writeBytes("\r\n".getBytes(UTF_8));
    return part.toByteArray();
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = CLIENT.send(request(path).build(), BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).as(path).isEqualTo(200);
    return response;
  }

  private int status(String path) throws IOException, InterruptedException {
    return CLIENT.send(request(path).build(), BodyHandlers.discarding()).statusCode();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve(path));
  }
}
