package io.github.niotmp.clients.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.UrlResource;

/** The application in the jar, where the loader of Spring Boot is beside all classes. */
final class BootApplication {
  private BootApplication() {}

  /** Writes a file in {@code tmp:} and prints it as resources of Spring. */
  public static void main(String[] arguments) throws IOException {
    try (FileSystem scratch = TmpFileSystems.open(Map.of("spoolThreshold", 7))) {
      Path file = Files.writeString(scratch.getPath("/file"), arguments[0]);
      System.out.println(new FileSystemResource(file).getContentAsString(UTF_8));
      // file.toUri().toURL() finds no handler: java.net looks in the system class loader alone
      System.out.println(new UrlResource(TmpFileSystems.url(file)).getContentAsString(UTF_8));
    }
  }
}
