package io.github.niotmp.tck;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.condition.OS;

/** The reference subject: a fresh directory in the default file system. */
@Deviation(
    in = io.github.niotmp.tck.attribute.AttributeContract.class,
    test = "permissionsOfALinkCannotBeSet",
    reason = "JDK 25 follows the link, though told not to",
    fromJdk = 18)
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
    return EnumSet.complementOf(
        EnumSet.of(
            Feature.CLOSABLE,
            Feature.DELETES_AT_THE_LAST_CLOSE,
            Feature.LEAVES_THE_TARGET_OF_A_FAILED_MOVE));
  }

  @Override
  public Set<Tier> tiers() {
    return OS.LINUX.isCurrentOs() ? EnumSet.allOf(Tier.class) : EnumSet.of(Tier.JAVADOC);
  }

  @Override
  public String toString() {
    return "default provider";
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
