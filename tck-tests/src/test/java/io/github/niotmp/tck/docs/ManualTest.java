package io.github.niotmp.tck.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the manual, as files. */
class ManualTest {
  private static final Path PROJECT = Path.of("").toAbsolutePath().resolve("..").normalize();

  /** A link to a page or directory of the project, without its anchor. */
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)(?:#[^)]*)?\\)");

  private static List<Path> pages() throws IOException {
    List<Path> pages = new ArrayList<>();
    for (Path directory : List.of(PROJECT, PROJECT.resolve("docs"), PROJECT.resolve("docs/adr"))) {
      try (Stream<Path> files = Files.list(directory)) {
        files.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
      }
    }
    return pages;
  }

  @Test
  void eachLinkLeadsToAFileOfTheProject() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      List<MatchResult> links = LINK.matcher(Files.readString(page)).results().toList();
      for (MatchResult link : links) {
        if (!Files.exists(Objects.requireNonNull(page.getParent()).resolve(link.group(1)))) {
          broken.add(PROJECT.relativize(page) + ": " + link.group(1));
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void aNewcomerReadsTheFrontPageInASitting() throws IOException {
    assertThat(Files.readAllLines(PROJECT.resolve("README.md"))).hasSizeLessThanOrEqualTo(150);
  }

  @Test
  void theFrontPageLeadsToEachPageOfTheManual() throws IOException {
    String front = Files.readString(PROJECT.resolve("README.md"));
    try (Stream<Path> pages = Files.list(PROJECT.resolve("docs"))) {
      assertThat(
              pages
                  .filter(page -> page.toString().endsWith(".md"))
                  .map(page -> "(docs/" + page.getFileName() + ")"))
          .allMatch(front::contains);
    }
  }
}
