package io.github.niotmp.clients.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import io.github.niotmp.clients.servers.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.codec.multipart.DefaultPartHttpMessageReader;
import org.springframework.http.codec.multipart.FilePart;
import org.springframework.http.codec.multipart.MultipartHttpMessageReader;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.JettyCoreHttpHandlerAdapter;
import org.springframework.web.reactive.function.server.HandlerStrategies;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.reactive.handler.WebFluxResponseStatusExceptionHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;

@Client(name = "Spring WebFlux", artifact = "org.springframework:spring-webflux")
class WebFluxTest {
  @Scenario("stores the parts of an upload in a directory, and moves them to a file (FilePart)")
  void storesUploads(Path root) throws Exception {
    Path parts = Files.createDirectory(root.resolve("parts"));
    AtomicInteger seen = new AtomicInteger();

    storesUpload(storingIn(parts, 1000), root.resolve("stored"), () -> seen.set(count(parts)));

    assertThat(seen).hasValue(1);
    assertThat(parts).isEmptyDirectory();
  }

  @Scenario("writes parts in memory to a file by an AsynchronousFileChannel (FilePart)")
  void writesParts(Path root) throws Exception {
    storesUpload(storingIn(root, 1_000_000), root.resolve("stored"), () -> {});
  }

  @Scenario("serves static files (RouterFunctions.resources over a FileSystemResource)")
  void servesStaticFiles(Path root) throws Exception {
    Path tree = SampleTree.create(root.resolve("site"));

    onServer(
        RouterFunctions.resources("/**", Directories.resource(tree)),
        storingIn(root, 0),
        Site::servesTheTree);
  }

  /**
   * The recipe: keeps large parts of uploads in a directory. It is one of the server's codecs,
   * because those of {@link HandlerStrategies} do not read the parts of {@code multipartData()}.
   */
  private static ServerCodecConfigurer storingIn(Path parts, int maxInMemorySize)
      throws IOException {
    DefaultPartHttpMessageReader reader = new DefaultPartHttpMessageReader();
    reader.setFileStorageDirectory(parts);
    reader.setMaxInMemorySize(maxInMemorySize);
    ServerCodecConfigurer codecs = ServerCodecConfigurer.create();
    codecs.defaultCodecs().multipartReader(new MultipartHttpMessageReader(reader));
    return codecs;
  }

  private static void storesUpload(ServerCodecConfigurer codecs, Path stored, Runnable received)
      throws Exception {
    onServer(
        RouterFunctions.route().POST("/", request -> store(request, stored, received)).build(),
        codecs,
        site -> site.takesAnUpload("", SampleTree.bytes(300_000)));

    assertThat(stored).hasBinaryContent(SampleTree.bytes(300_000));
  }

  private static Mono<ServerResponse> store(ServerRequest request, Path stored, Runnable received) {
    return request
        .multipartData()
        .flatMap(
            parts -> {
              received.run();
              FilePart file = (FilePart) requireNonNull(parts.getFirst("file"));
              return file.transferTo(stored).then(file.delete());
            })
        .then(ServerResponse.ok().build());
  }

  private static int count(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return (int) files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private interface Requests {
    void send(Site site) throws Exception;
  }

  private static void onServer(
      RouterFunction<ServerResponse> routes, ServerCodecConfigurer codecs, Requests requests)
      throws Exception {
    HttpHandler handler =
        WebHttpHandlerBuilder.webHandler(RouterFunctions.toWebHandler(routes))
            .codecConfigurer(codecs)
            .exceptionHandler(new WebFluxResponseStatusExceptionHandler())
            .build();
    Server server = new Server(new InetSocketAddress("localhost", 0));
    server.setHandler(new JettyCoreHttpHandlerAdapter(handler));
    server.start();
    try {
      requests.send(new Site(((ServerConnector) server.getConnectors()[0]).getLocalPort()));
    } finally {
      server.stop();
    }
  }
}
