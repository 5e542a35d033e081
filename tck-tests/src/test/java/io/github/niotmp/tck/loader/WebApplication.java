package io.github.niotmp.tck.loader;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileAttributeView;
import io.github.niotmp.TmpFileSystems;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A web application that uses all of the library in each request. It closes all that it opens, but
 * for a file system and handles that it forgets; if {@link #HOLDING} is set, it keeps those in a
 * static list and shuts the library down as it is undeployed.
 */
public final class WebApplication extends HttpServlet {
  static final String HOLDING = "holding";

  private static final long serialVersionUID = 1;
  private static final List<Object> OPEN = new ArrayList<>();

  /** Is made by name. */
  public WebApplication() {}

  /** The listener that the container calls before the first request and after the last. */
  public static final class Listener implements ServletContextListener {
    /** Is made by name. */
    public Listener() {}

    @Override
    public void contextDestroyed(ServletContextEvent event) {
      if (event.getServletContext().getInitParameter(HOLDING) != null) {
        try {
          TmpFileSystems.shutdown();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    List<Object> unclosed = new ArrayList<>();
    try {
      use(TmpFileSystems.getDefault(), unclosed);
      try (FileSystem named = TmpFileSystems.open("request", Map.of())) {
        use(named, unclosed);
      }
      try (FileSystem host = TmpFileSystems.open(Map.of("storage", "host"))) {
        use(host, unclosed);
      }
      FileSystem unnamed = TmpFileSystems.open(Map.of());
      use(unnamed, unclosed);
      unclosed.add(unnamed);
      useDisk(unclosed);
    } catch (Exception e) {
      throw new ServletException(e);
    }
    if (getServletContext().getInitParameter(HOLDING) != null) {
      synchronized (OPEN) {
        OPEN.addAll(unclosed);
      }
    }
    response.getWriter().write("used");
  }

  private static void use(FileSystem fileSystem, List<Object> unclosed) throws Exception {
    Path directory = Files.createTempDirectory(fileSystem.getPath("/"), "request");
    Path large = Files.write(directory.resolve("large"), new byte[2 << 20]);
    Files.getFileAttributeView(large, TmpFileAttributeView.class).hostPath();
    Path small = directory.resolve("small");
    try (WatchService watch = fileSystem.newWatchService();
        AsynchronousFileChannel channel =
            AsynchronousFileChannel.open(large, StandardOpenOption.WRITE)) {
      directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      channel.write(ByteBuffer.allocate(10), 0).get();
      Files.writeString(small, "text");
    }
    useUrls(directory);
    unclosed.add(Files.newInputStream(small));
    unclosed.add(fileSystem.newWatchService());
    Files.delete(small);
    Files.delete(large);
    Files.delete(directory);
  }

  private static void useUrls(Path directory) throws IOException {
    URL[] urls = {TmpFileSystems.url(directory)};
    try (URLClassLoader loader = new URLClassLoader(urls);
        InputStream resource = loader.getResourceAsStream("small");
        InputStream in = TmpFileSystems.url(directory.resolve("small")).openStream()) {
      if (!Arrays.equals(resource.readAllBytes(), in.readAllBytes())) {
        throw new IOException("Other bytes");
      }
    }
  }

  private static void useDisk(List<Object> unclosed) throws IOException {
    TempOptions onDisk = TempOptions.defaults().directory(SystemTemp.directory());
    try (TempDirectory directory = TempDirectory.create(onDisk);
        TempFile file = TempFile.create(onDisk)) {
      Files.writeString(directory.resolve("file"), "text");
      file.newOutputStream().write(1);
    }
    unclosed.add(TempFile.create(onDisk));
    unclosed.add(TempDirectory.create(onDisk));
    unclosed.add(TempFile.createUnnamed(onDisk));
  }
}
