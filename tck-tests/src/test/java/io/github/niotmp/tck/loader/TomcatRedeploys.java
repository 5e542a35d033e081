package io.github.niotmp.tck.loader;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.catalina.WebResourceSet;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.DirResourceSet;
import org.apache.catalina.webresources.JarResourceSet;
import org.apache.catalina.webresources.StandardRoot;

/**
 * A Tomcat in which {@link WebApplication} is deployed, used and undeployed again and again. Prints
 * what stays of that, in one line each.
 */
final class TomcatRedeploys {
  private static final long MOST_SECONDS = 20;

  /** Tomcat reports threads, thread locals and other leaks of an application to this one. */
  private static final Logger LEAKS = Logger.getLogger("org.apache.catalina.loader");

  private static final Logger REPORTS = Logger.getLogger("io.github.niotmp");

  private static final Queue<String> WARNINGS = new ConcurrentLinkedQueue<>();

  private final Tomcat tomcat = new Tomcat();
  private final Path base;
  private final List<Path> classPath;
  private final boolean holding;

  private TomcatRedeploys(Path base, List<Path> classPath, boolean holding) {
    this.base = base;
    this.classPath = classPath;
    this.holding = holding;
  }

  /**
   * Takes {@code holding} or {@code forgetting}, the number of deployments, a directory, and the
   * class path of the application.
   */
  public static void main(String[] arguments) throws Exception {
    Logger.getLogger("").setLevel(Level.WARNING);
    REPORTS.setLevel(Level.OFF); // on all that is forgotten
    LEAKS.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord record) {
            WARNINGS.add(record.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    List<Path> classPath = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      classPath.add(Path.of(arguments[i]));
    }
    new TomcatRedeploys(
            Path.of(arguments[2]), classPath, arguments[0].equals(WebApplication.HOLDING))
        .run(Integer.parseInt(arguments[1]));
  }

  private void run(int rounds) throws Exception {
    tomcat.setBaseDir(base.toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    tomcat.getHost();
    tomcat.start();
    try {
      redeploy(rounds);
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  private void redeploy(int rounds) throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < rounds; i++) {
      loaders.add(deploy());
      if (i == rounds / 2) {
        awaitNone(loaders, "nio-tmp");
        before = metaspace();
      }
    }
    awaitNone(loaders, "nio-tmp");
    long after = metaspace();

    String[] leaks = ((StandardHost) tomcat.getHost()).findReloadedContextMemoryLeaks();
    System.out.println("loaders " + count(loaders));
    System.out.println("leaks " + List.of(leaks));
    System.out.println("threads " + threads("nio-tmp"));
    System.out.println("warnings " + WARNINGS);
    System.out.println("metaspace " + before + " " + after);
  }

  private WeakReference<ClassLoader> deploy() throws Exception {
    Path root = Files.createDirectories(base.resolve("application"));
    StandardContext context = new StandardContext();
    context.setPath("");
    context.setDocBase(root.toString());
    context.addLifecycleListener(new Tomcat.FixContextListener());
    StandardRoot resources = new StandardRoot(context);
    for (Path entry : classPath) {
      resources.addPreResources(resourceSet(resources, entry));
    }
    context.setResources(resources);
    if (holding) {
      context.addParameter(WebApplication.HOLDING, "true");
    }
    context.addApplicationListener(WebApplication.Listener.class.getName());
    Tomcat.addServlet(context, "application", WebApplication.class.getName());
    context.addServletMapping("/", "application");
    tomcat.getHost().addChild(context); // starts it
    ClassLoader loader = context.getLoader().getClassLoader();
    for (int i = 0; i < 3; i++) {
      request();
    }
    if (loader.loadClass(WebApplication.class.getName()) == WebApplication.class) {
      throw new IllegalStateException("The application has not a class loader of its own");
    }
    tomcat.getHost().removeChild(context);
    return new WeakReference<>(loader);
  }

  private static WebResourceSet resourceSet(StandardRoot root, Path entry) {
    String classes = "/WEB-INF/classes";
    return Files.isDirectory(entry)
        ? new DirResourceSet(root, classes, entry.toString(), "/")
        : new JarResourceSet(root, classes, entry.toString(), "/");
  }

  private void request() throws IOException, InterruptedException {
    URI uri = URI.create("http://localhost:" + tomcat.getConnector().getLocalPort() + "/");
    var response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    if (!response.body().equals("used")) {
      throw new IllegalStateException(response.body());
    }
  }

  private static void awaitNone(List<WeakReference<ClassLoader>> loaders, String threads)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    while (System.nanoTime() - end < 0 && (count(loaders) > 0 || !threads(threads).isEmpty())) {
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long count(List<WeakReference<ClassLoader>> loaders) {
    return loaders.stream().filter(loader -> loader.get() != null).count();
  }

  private static List<String> threads(String prefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith(prefix))
        .toList();
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getUsed())
        .sum();
  }
}
