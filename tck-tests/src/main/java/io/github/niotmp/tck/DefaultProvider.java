package io.github.niotmp.tck;

import com.google.auto.service.AutoService;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The oracle: a fresh directory in the default file system. */
@AutoService(Subject.class)
public final class DefaultProvider implements Subject {

  @Override
  public FileSystemFixture open() throws IOException {
    Path root = Files.createTempDirectory("nio-tmp-tck-");
    return new FileSystemFixture() {
      @Override
      public Path root() {
        return root;
      }

      @Override
      public void close() throws IOException {
        delete(root);
      }
    };
  }

  @Override
  public Set<Feature> features() {
    return EnumSet.of(Feature.MAP, Feature.SPARSE_FILES);
  }

  @Override
  public String toString() {
    return "default provider";
  }

  private static void delete(Path tree) throws IOException {
    Files.walkFileTree(
        tree,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
