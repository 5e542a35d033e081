package io.github.niotmp.clients.spring;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import io.github.niotmp.clients.servers.Site;
import jakarta.servlet.MultipartConfigElement;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.Globals;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.context.support.GenericWebApplicationContext;
import org.springframework.web.multipart.MultipartHttpServletRequest;
import org.springframework.web.multipart.support.StandardServletMultipartResolver;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/** In Tomcat, whose own temporary files are on the disk: the Servlet API names them by strings. */
@Client(name = "Spring MVC", artifact = "org.springframework:spring-webmvc")
class WebMvcTest {
  @TempDir Path disk;

  @Scenario("serves static files, ranges of them and answers by time (FileSystemResource)")
  void servesStaticFiles(Path root) throws Exception {
    ResourceHttpRequestHandler files = new ResourceHttpRequestHandler();
    files.setLocations(List.of(Directories.resource(SampleTree.create(root.resolve("site")))));

    onServer(
        files,
        site -> {
          site.servesTheTree();
          site.servesRangesAndKnowsTimes();
        });
  }

  @Scenario("stores an upload (MultipartFile.transferTo)")
  void storesUploads(Path root) throws Exception {
    Path stored = root.resolve("stored");

    onServer(
        (request, response) ->
            requireNonNull(((MultipartHttpServletRequest) request).getFile("file"))
                .transferTo(stored),
        site -> site.takesAnUpload("", SampleTree.bytes(300_000)));

    assertThat(stored).hasBinaryContent(SampleTree.bytes(300_000));
  }

  private interface Requests {
    void send(Site site) throws Exception;
  }

  private void onServer(HttpRequestHandler handler, Requests requests) throws Exception {
    SimpleUrlHandlerMapping mapping = new SimpleUrlHandlerMapping(Map.of("/**", handler), 0);
    GenericWebApplicationContext application = new GenericWebApplicationContext();
    application.registerBean("handler", HttpRequestHandler.class, () -> handler);
    application.registerBean(HandlerMapping.class, () -> mapping);
    application.registerBean(
        DispatcherServlet.MULTIPART_RESOLVER_BEAN_NAME,
        StandardServletMultipartResolver.class,
        StandardServletMultipartResolver::new);
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(disk.toString());
    tomcat.setPort(0);
    Context context = tomcat.addContext("", disk.toString());
    Wrapper servlet = Tomcat.addServlet(context, "spring", new DispatcherServlet(application));
    servlet.setMultipartConfigElement(new MultipartConfigElement(disk.toString()));
    servlet.addMapping("/");
    application.setServletContext(context.getServletContext());
    tomcat.start();
    try {
      requests.send(new Site(tomcat.getConnector().getLocalPort()));
    } finally {
      tomcat.stop();
      tomcat.destroy();
      System.clearProperty(Globals.CATALINA_HOME_PROP); // else the next one creates it anew
      System.clearProperty(Globals.CATALINA_BASE_PROP);
    }
  }
}
