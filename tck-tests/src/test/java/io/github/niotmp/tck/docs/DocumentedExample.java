package io.github.niotmp.tck.docs;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * An example of the documentation.
 *
 * @param place its page: {@code manual "Use" 1} for the first block below a heading, {@code manual:
 *     file.path()} for a call in a table, {@code TempFile#persist(Path,PersistOptions)} for a
 *     member's Javadoc; later examples of the same comment have a number behind
 * @param text the statements
 */
record DocumentedExample(String place, String text) {
  private static final Pattern HEADING_OR_BLOCK =
      Pattern.compile("(?ms)^#+ ([^\n]*)$|^```java\n(.*?)^```");

  /** A table whose last column is headed "Java". */
  private static final Pattern JAVA_TABLE = Pattern.compile("(?s)\\| Java \\|\n(.*?\n)(?:\n|\\z)");

  private static final Pattern LAST_CELL = Pattern.compile("(?m)\\|([^|\n]*)\\|$");
  private static final Pattern CALL = Pattern.compile("`([^`]*\\([^`]*)`");
  private static final Pattern IN_JAVADOC =
      Pattern.compile("(?s)<pre>\\{@code\\s*?\n(.*?)\n\\s*}</pre>");

  /** Returns the code blocks and the calls in the tables of the README and the manual. */
  static List<DocumentedExample> ofManual(Path project) throws IOException {
    List<DocumentedExample> examples = new ArrayList<>(ofPage(project.resolve("README.md")));
    try (Stream<Path> pages = Files.list(project.resolve("docs"))) {
      for (Path page : pages.filter(path -> path.toString().endsWith(".md")).sorted().toList()) {
        examples.addAll(ofPage(page));
      }
    }
    return examples;
  }

  private static List<DocumentedExample> ofPage(Path page) throws IOException {
    String text = Files.readString(page);
    Map<String, DocumentedExample> examples = new LinkedHashMap<>();
    String heading = "";
    int number = 0;
    for (MatchResult found : HEADING_OR_BLOCK.matcher(text).results().toList()) {
      if (found.group(1) != null) {
        heading = found.group(1);
        number = 0;
      } else {
        number++;
        put(examples, "manual \"" + heading + "\" " + number, found.group(2));
      }
    }
    for (String table : matches(JAVA_TABLE, text)) {
      for (String cell : matches(LAST_CELL, table)) {
        matches(CALL, cell)
            .forEach(call -> put(examples, "manual: " + call, "cell(() -> " + call + ");"));
      }
    }
    return List.copyOf(examples.values());
  }

  private static void put(Map<String, DocumentedExample> examples, String place, String text) {
    examples.put(place, new DocumentedExample(place, text));
  }

  /** Returns the examples in the comments of all types and members of Java sources. */
  static List<DocumentedExample> ofJavadoc(Path directory) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<DocumentedExample> examples = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(directory)) {
      List<Path> classes =
          sources.filter(path -> path.toString().endsWith(".java")).sorted().toList();
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(classes));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new Comments(comments, examples).scan(unit, null);
      }
    }
    return examples;
  }

  /** Names the test. */
  @Override
  public String toString() {
    return place;
  }

  private static List<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  /** Collects the examples of one source. */
  private static final class Comments extends TreePathScanner<Void, @Nullable Void> {
    private final DocTrees comments;
    private final List<DocumentedExample> examples;
    private final Deque<String> types = new ArrayDeque<>();

    Comments(DocTrees comments, List<DocumentedExample> examples) {
      this.comments = comments;
      this.examples = examples;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      types.addLast(type.getSimpleName().toString());
      collect(String.join(".", types));
      super.visitClass(type, null);
      types.removeLast();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      String parameters =
          method.getParameters().stream().map(Comments::type).collect(Collectors.joining(","));
      boolean constructor = method.getReturnType() == null;
      String name = constructor ? types.getLast() : method.getName().toString();
      collect(String.join(".", types) + "#" + name + "(" + parameters + ")");
      return super.visitMethod(method, null);
    }

    private static String type(VariableTree parameter) {
      String type = parameter.getType().toString().replaceAll("<.*>", "");
      return parameter.toString().contains("...") ? type.replace("[]", "...") : type;
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
      if (getCurrentPath().getParentPath().getLeaf() instanceof ClassTree) {
        collect(String.join(".", types) + "#" + variable.getName());
      }
      return super.visitVariable(variable, null);
    }

    private void collect(String place) {
      String comment = comments.getDocComment(getCurrentPath());
      if (comment == null) {
        return;
      }
      Matcher example = IN_JAVADOC.matcher(comment);
      for (int number = 1; example.find(); number++) {
        examples.add(
            new DocumentedExample(number == 1 ? place : place + " " + number, example.group(1)));
      }
    }
  }
}
