package io.github.niotmp.clients.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.Limit;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.form.FormData;
import io.undertow.server.handlers.form.FormDataParser;
import io.undertow.server.handlers.form.FormParserFactory;
import io.undertow.server.handlers.form.MultiPartParserDefinition;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.server.handlers.resource.ResourceChangeEvent;
import io.undertow.server.handlers.resource.ResourceHandler;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

@Client(name = "Undertow", artifact = "io.undertow:undertow-core")
class UndertowTest {
  @Scenario("serves static files, ranges of them and answers by time (PathResourceManager)")
  void servesStaticFiles(Path root) throws Exception {
    Path site = SampleTree.create(root.resolve("site"));
    try (PathResourceManager files = new PathResourceManager(site)) {
      onServer(
          new ResourceHandler(files),
          served -> {
            served.servesTheTree();
            served.servesRangesAndKnowsTimes();
          });
    }
  }

  @Limit(
      of = "Undertow",
      asks =
          "io.undertow.server.handlers.resource.PathResourceManager.registerResourceChangeListener",
      fails = IllegalStateException.class)
  @Scenario("tells listeners of changed files (registerResourceChangeListener)")
  void tellsListeners(Path root) throws Exception {
    BlockingQueue<ResourceChangeEvent> events = new LinkedBlockingQueue<>();
    try (PathResourceManager files = new PathResourceManager(root, 1024, true, true)) {
      files.registerResourceChangeListener(events::addAll);
      Files.writeString(root.resolve("added"), "text");

      assertThat(events.poll(30, TimeUnit.SECONDS))
          .isNotNull()
          .extracting(ResourceChangeEvent::getResource)
          .isEqualTo("added");
    }
  }

  @Limit(
      of = "Undertow",
      asks =
          "io.undertow.server.handlers.form.MultiPartParserDefinition$MultiPartUploadHandler.data")
  @Scenario("stores uploads over its threshold in a directory (MultiPartParserDefinition)")
  void storesLargeUploads(Path root) throws Exception {
    Path parts = Files.createDirectory(root.resolve("parts"));
    storesUploads(new MultiPartParserDefinition(parts), root.resolve("stored"), 300_000);
    assertThat(parts).isEmptyDirectory();
  }

  @Scenario("writes uploads that it keeps in memory to a file (FileItem.write)")
  void writesSmallUploads(Path root) throws Exception {
    MultiPartParserDefinition multipart = new MultiPartParserDefinition();
    multipart.setFileSizeThreshold(1_000_000);
    storesUploads(multipart, root.resolve("stored"), 300_000);
  }

  private static void storesUploads(MultiPartParserDefinition multipart, Path stored, int size)
      throws Exception {
    FormParserFactory forms = FormParserFactory.builder(false).addParser(multipart).build();
    HttpHandler upload =
        exchange -> {
          try (FormDataParser parser = forms.createParser(exchange)) {
            FormData form = parser.parseBlocking();
            assertThat(form.getFirst("field").getValue()).isEqualTo("a value");
            form.getFirst("file").getFileItem().write(stored);
          }
        };

    onServer(upload, site -> site.takesAnUpload("", SampleTree.bytes(size)));

    assertThat(stored).hasBinaryContent(SampleTree.bytes(size));
  }

  private interface Requests {
    void send(Site site) throws Exception;
  }

  private static void onServer(HttpHandler handler, Requests requests) throws Exception {
    List<Throwable> failures = new CopyOnWriteArrayList<>();
    HttpHandler watched =
        exchange -> {
          try {
            handler.handleRequest(exchange);
          } catch (Throwable e) {
            failures.add(e);
            throw e;
          }
        };
    Undertow server =
        Undertow.builder().addHttpListener(0, "localhost", new BlockingHandler(watched)).build();
    server.start();
    try {
      InetSocketAddress address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
      requests.send(new Site(address.getPort()));
    } catch (AssertionError e) {
      failures.forEach(e::addSuppressed); // the response has the status alone
      throw e;
    } finally {
      server.stop();
    }
  }
}
