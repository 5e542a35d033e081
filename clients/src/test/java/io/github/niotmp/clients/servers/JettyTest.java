package io.github.niotmp.clients.servers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ResourceHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.resource.PathResourceFactory;
import org.eclipse.jetty.util.resource.ResourceFactory;
import org.junit.jupiter.api.BeforeAll;

@Client(name = "Jetty", artifact = "org.eclipse.jetty:jetty-server")
class JettyTest {
  /** The recipe: without it Jetty knows no resources with the scheme of {@code tmp:} paths. */
  @BeforeAll
  static void registerTmp() {
    ResourceFactory.registerResourceFactory("tmp", new PathResourceFactory());
  }

  @Scenario("serves static files, ranges of them and answers by time (ResourceHandler)")
  void servesStaticFiles(Path root) throws Exception {
    ResourceHandler files = new ResourceHandler();
    files.setBaseResource(
        ResourceFactory.of(files).newResource(SampleTree.create(root.resolve("site"))));

    onServer(
        files,
        site -> {
          site.servesTheTree();
          site.servesRangesAndKnowsTimes();
        });
  }

  @Scenario("stores the parts of a multipart upload (MultiPartConfig.location)")
  void storesUploads(Path root) throws Exception {
    Path parts = Files.createDirectory(root.resolve("parts"));
    Path stored = root.resolve("stored");
    MultiPartConfig config =
        new MultiPartConfig.Builder().location(parts).maxMemoryPartSize(100).build();
    Handler upload =
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
            try (MultiPartFormData.Parts form =
                MultiPartFormData.getParts(request, request, type, config)) {
              assertThat(form.getFirst("field").getContentAsString(UTF_8)).isEqualTo("a value");
              try (Stream<Path> onStorage = Files.list(parts)) {
                assertThat(onStorage).hasSize(1);
              }
              form.getFirst("file").writeTo(stored);
            }
            callback.succeeded();
            return true;
          }
        };

    onServer(upload, site -> site.takesAnUpload("", SampleTree.bytes(300_000)));

    assertThat(stored).hasBinaryContent(SampleTree.bytes(300_000));
    assertThat(parts).isEmptyDirectory();
  }

  private interface Requests {
    void send(Site site) throws Exception;
  }

  private static void onServer(Handler handler, Requests requests) throws Exception {
    Server server = new Server(new InetSocketAddress("localhost", 0));
    server.setHandler(handler);
    server.start();
    try {
      requests.send(new Site(((ServerConnector) server.getConnectors()[0]).getLocalPort()));
    } finally {
      server.stop();
    }
  }
}
