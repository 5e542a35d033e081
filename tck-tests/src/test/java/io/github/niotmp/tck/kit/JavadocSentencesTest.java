package io.github.niotmp.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.niotmp.tck.Required;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each test of the kit states its authority, and each quoted sentence stands in the Javadoc. */
class JavadocSentencesTest {
  private static final Path SOURCES = Path.of(System.getProperty("java.home"), "lib", "src.zip");
  private static final Pattern DOCUMENTED =
      Pattern.compile("/\\*\\*((?:[^*]++|\\*(?!/))*+)\\*/([^;{=]*+)", Pattern.DOTALL);
  private static final Pattern LINK =
      Pattern.compile("\\{@link(?:plain)?\\s+([^\\s}(]*(?:\\([^)]*\\))?)\\s*([^}]*)}");

  @Test
  void eachTestQuotesTheJavadocOrIsOfLinux() {
    assertThat(
            KitTests.all()
                .filter(test -> KitTests.sentences(test).isEmpty() && !KitTests.isOfLinux(test))
                .map(KitTests::name))
        .isEmpty();
  }

  @Test
  void eachSentenceStandsInTheSourceOfTheJdk() throws IOException {
    assumeTrue(Files.exists(SOURCES), "this JDK has no sources");
    List<String> missing = new ArrayList<>();
    try (FileSystem sources = FileSystems.newFileSystem(SOURCES)) {
      for (Method test : KitTests.all().toList()) {
        for (Required sentence : KitTests.sentences(test)) {
          List<String> comments = comments(sources, sentence);
          if (comments.stream().noneMatch(text -> text.contains(letters(sentence.sentence())))) {
            missing.add(
                KitTests.name(test)
                    + ": "
                    + sentence.by().getSimpleName()
                    + "."
                    + sentence.member()
                    + (comments.isEmpty() ? " is no member" : " does not say: ")
                    + sentence.sentence());
          }
        }
      }
    }
    assertThat(missing).isEmpty();
  }

  /** Returns the letters and digits of the comments of a member. */
  private static List<String> comments(FileSystem sources, Required sentence) throws IOException {
    Class<?> outer = sentence.by();
    while (outer.getDeclaringClass() != null) {
      outer = outer.getDeclaringClass();
    }
    String source =
        Files.readString(
            sources.getPath(
                outer.getModule().getName(), outer.getName().replace('.', '/') + ".java"));
    List<String> comments = new ArrayList<>();
    Matcher documented = DOCUMENTED.matcher(source);
    while (documented.find()) {
      if (isOf(documented.group(2), sentence)) {
        comments.add(letters(documented.group(1)));
      }
    }
    return comments;
  }

  private static boolean isOf(String declaration, Required sentence) {
    String plain =
        declaration.replaceAll("//[^\n]*", "").replaceAll("@\\w+(\\([^)]*\\))?", "").strip();
    if (sentence.member().isEmpty()) {
      return plain.matches(
          "(?s).*\\b(class|interface|enum|record)\\s+" + sentence.by().getSimpleName() + "\\b.*");
    }
    if (!sentence.member().contains("(")) {
      return plain.matches("(?s)(.*\\s)?" + sentence.member() + "(\\(.*|,.*)?");
    }
    String generic = plain.replaceAll("<[^<>]*>", "").replaceAll("<[^<>]*>", "");
    Matcher method = Pattern.compile("(?s)(\\w+)\\s*\\(([^)]*)\\)").matcher(generic);
    return method.find()
        && (method.group(1) + "(" + types(method.group(2)) + ")").equals(sentence.member());
  }

  private static String types(String parameters) {
    return Arrays.stream(parameters.split(",", -1))
        .map(String::strip)
        .filter(parameter -> !parameter.isEmpty())
        .map(parameter -> parameter.replaceFirst("^final\\s+", "").replaceFirst("\\s+\\w+$", ""))
        .map(type -> type.replaceAll("\\s", "").replaceAll(".*\\.(?=\\w)", ""))
        .collect(Collectors.joining(","));
  }

  /** Returns the letters and digits of a text, without tags. */
  private static String letters(String text) {
    String plain =
        LINK.matcher(text.replaceAll("\n\\s*\\*", " "))
            .replaceAll(
                link ->
                    Matcher.quoteReplacement(
                        link.group(2).isEmpty() ? link.group(1) : link.group(2)));
    return plain
        .replaceAll(
            "@(throws|param|return|code|linkplain|link|literal|see|implSpec|implNote)\\b", "")
        .replaceAll("<[^>]*>", "")
        .replaceAll("&[lg]t;", "")
        .replaceAll("[^\\p{Alnum}]", "");
  }
}
