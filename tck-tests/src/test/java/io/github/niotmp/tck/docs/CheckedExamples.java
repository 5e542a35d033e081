package io.github.niotmp.tck.docs;

import static java.util.Objects.requireNonNull;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Examples as classes, compiled by one run of javac. A comment behind a statement of an example, in
 * the line in which that ends, becomes an assertion in two cases:
 *
 * <ul>
 *   <li>The statement is {@code System.out.println(...)} or {@code System.err.println(...)}: the
 *       comment is the printed line.
 *   <li>The statement is an expression or declares a variable with a value, and the whole comment
 *       is a literal: a string in quotes, an integer, {@code true}, {@code false}, {@code null}, an
 *       enum constant in upper case, a path that starts with a slash, or the elements of an array
 *       or collection in square brackets. The comment is the value of the expression or variable.
 * </ul>
 *
 * <p>All other comments are prose.
 */
final class CheckedExamples {
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"(?:[^\"\\\\]|\\\\.)*\"|-?[0-9][0-9_]*|true|false|null|[A-Z][A-Z0-9_]+"
              + "|/\\S*|\\[.*]");

  private static final String HEAD =
      """
      import io.github.niotmp.*;
      import io.github.niotmp.tck.docs.Example;
      import java.io.*;
      import java.net.*;
      import java.nio.ByteBuffer;
      import java.nio.channels.*;
      import java.nio.charset.*;
      import java.nio.file.*;
      import java.nio.file.attribute.*;
      import java.time.*;
      import java.util.*;
      import static java.nio.charset.StandardCharsets.*;
      import static java.nio.file.StandardOpenOption.*;
      """;

  private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
  private final Map<DocumentedExample, Integer> assertions = new HashMap<>();
  private final Map<DocumentedExample, String> classNames = new HashMap<>();

  /** Compiles the examples, each as it stands, and as a subclass of {@link Example} that checks. */
  CheckedExamples(List<DocumentedExample> examples, Path output) throws IOException {
    Map<URI, Source> sources = new LinkedHashMap<>();
    for (DocumentedExample example : examples) {
      String name = "E" + sources.size() + example.place().replaceAll("[^A-Za-z0-9]+", "_");
      classNames.put(example, name);
      Source source = new Source(name, "AsWritten", example, example.text());
      sources.put(source.toUri(), source);
    }
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      JavacTask parse =
          (JavacTask)
              compiler.getTask(null, files, null, List.of("-proc:none"), null, sources.values());
      Trees trees = Trees.instance(parse);
      List<Source> checked = new ArrayList<>();
      for (CompilationUnitTree unit : parse.parse()) {
        Source source = requireNonNull(sources.get(unit.getSourceFile().toUri()));
        checked.add(withAssertions(source, unit, trees));
      }
      TextSource.compile(
          compiler,
          files,
          Stream.concat(sources.values().stream(), checked.stream()).toList(),
          output);
    }
  }

  private Source withAssertions(Source source, CompilationUnitTree unit, Trees trees) {
    Commented commented = new Commented(source.code(), unit, trees.getSourcePositions());
    commented.scan(unit, null);
    StringBuilder text = new StringBuilder(source.code());
    List<Edit> edits = new ArrayList<>(commented.edits);
    edits.sort((one, other) -> Integer.compare(other.at, one.at));
    for (Edit edit : edits) {
      text.insert(edit.at, edit.text);
    }
    assertions.put(source.example, commented.found);
    String code = text.substring(source.head.length(), text.length() - Source.TAIL.length());
    return new Source(source.name, "", source.example, code);
  }

  /** Returns the class that runs and checks an example. */
  String className(DocumentedExample example) {
    return classNames.getOrDefault(example, "");
  }

  /** Returns the number of comments that are assertions. */
  int assertions(DocumentedExample example) {
    return assertions.getOrDefault(example, 0);
  }

  /** A class around an example. */
  private static final class Source extends TextSource {
    private static final String TAIL = "\n  }\n}\n";

    private final String name;
    private final DocumentedExample example;
    private final String head;

    Source(String name, String suffix, DocumentedExample example, String statements) {
      this(name, name + suffix, example, head(name + suffix), statements);
    }

    private Source(
        String name, String className, DocumentedExample example, String head, String statements) {
      super(className, head + statements + TAIL);
      this.name = name;
      this.example = example;
      this.head = head;
    }

    private static String head(String className) {
      return HEAD
          + """
          public final class %s extends Example {
            public %1$s(Path scratch, Path elsewhere) throws Exception {
              super(scratch, elsewhere);
            }
            @Override public void run() throws Exception {
          """
              .formatted(className);
    }
  }

  private record Edit(int at, String text) {}

  /** Collects the edits that make assertions of comments. */
  private static final class Commented extends TreeScanner<Void, @Nullable Void> {
    private final String code;
    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final List<Edit> edits = new ArrayList<>();
    private int found;

    Commented(String code, CompilationUnitTree unit, SourcePositions positions) {
      this.code = code;
      this.unit = unit;
      this.positions = positions;
    }

    @Override
    public @Nullable Void visitExpressionStatement(
        ExpressionStatementTree statement, @Nullable Void nothing) {
      Tree expression = statement.getExpression();
      String comment = commentBehind(statement);
      if (comment != null && prints(expression)) {
        add(end(statement), " printed(" + quoted(comment) + ");");
      } else if (comment != null && LITERAL.matcher(comment).matches()) {
        edits.add(new Edit(start(statement), "check("));
        add(end(expression), ", " + quoted(comment) + ")");
      }
      return super.visitExpressionStatement(statement, null);
    }

    @Override
    public @Nullable Void visitVariable(VariableTree variable, @Nullable Void nothing) {
      String comment = variable.getInitializer() == null ? null : commentBehind(variable);
      if (comment != null && LITERAL.matcher(comment).matches()) {
        add(end(variable), " check(" + variable.getName() + ", " + quoted(comment) + ");");
      }
      return super.visitVariable(variable, null);
    }

    private static boolean prints(Tree expression) {
      return expression instanceof MethodInvocationTree call
          && call.getMethodSelect().toString().matches("System\\.(out|err)\\.println");
    }

    private @Nullable String commentBehind(Tree statement) {
      int from = end(statement);
      String rest = code.substring(from, code.indexOf('\n', from)).strip();
      return rest.startsWith("//") ? rest.substring(2).strip() : null;
    }

    private void add(int at, String text) {
      edits.add(new Edit(at, text));
      found++;
    }

    private int start(Tree tree) {
      return (int) positions.getStartPosition(unit, tree);
    }

    private int end(Tree tree) {
      return (int) positions.getEndPosition(unit, tree);
    }

    private static String quoted(String comment) {
      return "\"" + comment.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
  }
}
