package io.github.niotmp.clients.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import io.github.niotmp.clients.servers.Site;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.http.codec.multipart.DefaultPartHttpMessageReader;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.MultipartHttpMessageReader;
import org.springframework.http.server.reactive.JettyCoreHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

@Client(name = "Spring WebFlux", artifact = "org.springframework:spring-webflux")
class WebFluxTest {
  @Scenario("stores the parts of an upload in a directory, and moves them to a file (FilePart)")
  void storesUploads(Path root) throws Exception {
    Path parts = Files.createDirectory(root.resolve("parts"));
    DefaultPartHttpMessageReader reader = new DefaultPartHttpMessageReader();
    reader.setFileStorageDirectory(parts); // the recipe
    reader.setMaxInMemorySize(1000);

    storesUpload(reader, root.resolve("stored"));

    assertThat(parts).isEmptyDirectory();
  }

  @Scenario("writes parts in memory to a file by an AsynchronousFileChannel (FilePart)")
  void writesParts(Path root) throws Exception {
    DefaultPartHttpMessageReader reader = new DefaultPartHttpMessageReader();
    reader.setMaxInMemorySize(1_000_000);

    storesUpload(reader, root.resolve("stored"));
  }

  private static void storesUpload(DefaultPartHttpMessageReader reader, Path stored)
      throws Exception {
    onServer(
        RouterFunctions.route().POST("/", request -> store(request, stored)).build(),
        HandlerStrategies.builder()
            .codecs(
                codecs ->
                    codecs.defaultCodecs().multipartReader(new MultipartHttpMessageReader(reader)))
            .build(),
        site -> site.takesAnUpload("", SampleTree.bytes(300_000)));

    assertThat(stored).hasBinaryContent(SampleTree.bytes(300_000));
  }

  private static Mono<ServerResponse> store(ServerRequest request, Path stored) {
    return request
        .multipartData()
        .flatMap(
            parts -> {
              FilePart file = (FilePart) requireNonNull(parts.getFirst("file"));
              return file.transferTo(stored).then(file.delete());
            })
        .then(ServerResponse.ok().build());
  }

  @Scenario("serves static files (RouterFunctions.resources over a FileSystemResource)")
  void servesStaticFiles(Path root) throws Exception {
    Path tree = SampleTree.create(root.resolve("site"));

    onServer(
        RouterFunctions.resources("/**", Directories.resource(tree)),
        HandlerStrategies.withDefaults(),
        Site::servesTheTree);
  }

  private interface Requests {
    void send(Site site) throws Exception;
  }

  private static void onServer(
      RouterFunction<ServerResponse> routes, HandlerStrategies strategies, Requests requests)
      throws Exception {
    Server server = new Server(new InetSocketAddress("localhost", 0));
    server.setHandler(
        new JettyCoreHttpHandlerAdapter(RouterFunctions.toHttpHandler(routes, strategies)));
    server.start();
    try {
      requests.send(new Site(((ServerConnector) server.getConnectors()[0]).getLocalPort()));
    } finally {
      server.stop();
    }
  }
}
