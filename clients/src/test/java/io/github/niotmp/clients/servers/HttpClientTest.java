package io.github.niotmp.clients.servers;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.Scenario;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

@Client(name = "java.net.http")
class HttpClientTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private HttpServer echo;

  @BeforeEach
  void startServer() throws Exception {
    echo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    echo.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().add("Content-Disposition", "attachment; filename=sent");
          exchange.sendResponseHeaders(200, body.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
          }
        });
    echo.start();
  }

  @AfterEach
  void stopServer() {
    echo.stop(0);
  }

  @Scenario("sends a file as the body of a request and stores the response in a file")
  void sendsAndReceivesFiles(Path root) throws Exception {
    byte[] content = new byte[300_000];
    new Random(1).nextBytes(content);
    Path sent = Files.write(root.resolve("sent"), content);

    HttpResponse<Path> response =
        client.send(post(sent), BodyHandlers.ofFile(root.resolve("received")));

    assertThat(response.body()).isEqualTo(root.resolve("received"));
    assertThat(root.resolve("received")).hasBinaryContent(content);
  }

  @Limit(
      of = "java.net.http",
      asks = "jdk.internal.net.http.ResponseBodyHandlers$FileDownloadBodyHandler.create")
  @Scenario("stores a download under the name that the server gives")
  void storesADownload(Path root) throws Exception {
    Path sent = Files.writeString(root.resolve("text"), "a body");
    Path downloads = Files.createDirectory(root.resolve("downloads"));

    HttpResponse<Path> response =
        client.send(post(sent), BodyHandlers.ofFileDownload(downloads, CREATE, WRITE));

    assertThat(response.body()).hasFileName("sent").hasContent("a body");
  }

  private HttpRequest post(Path file) throws Exception {
    return HttpRequest.newBuilder(
            URI.create("http://localhost:" + echo.getAddress().getPort() + "/"))
        .POST(HttpRequest.BodyPublishers.ofFile(file))
        .build();
  }
}
