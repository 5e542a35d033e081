package io.github.niotmp.clients.servers;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import com.sun.net.httpserver.SimpleFileServer.OutputLevel;
import io.github.niotmp.clients.Client;
import io.github.niotmp.clients.SampleTree;
import io.github.niotmp.clients.Scenario;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

@Client(name = "SimpleFileServer")
class SimpleFileServerTest {
  @Scenario("serves files")
  void servesFiles(Path root) throws Exception {
    Path site = SampleTree.create(root.resolve("site"));
    HttpServer server =
        SimpleFileServer.createFileServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), site, OutputLevel.NONE);
    server.start();
    try {
      new Site(server.getAddress().getPort()).servesTheTree();
    } finally {
      server.stop(0);
    }
  }
}
