package io.github.niotmp.tck.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Looks at what is written about each public type and method of the API. */
class DocumentationTest {
  private static final Path API =
      Path.of("").toAbsolutePath().resolve("../api/src/main/java/io/github/niotmp").normalize();

  @Test
  void eachPublicTypeAndMethodHasAnExample() throws IOException {
    assertThat(undocumented(true, "<pre>{@code")).isEmpty();
  }

  @Test
  void eachPublicTypeSaysWhatIsSafeAndWhatHappensWhenItIsNotClosed() throws IOException {
    assertThat(undocumented(false, "<h2>Security</h2>")).isEmpty();
    assertThat(undocumented(false, "<h2>When it is not closed</h2>")).isEmpty();
  }

  /** Returns the public types, and perhaps methods, whose comment lacks {@code text}. */
  private static List<String> undocumented(boolean methods, String text) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<String> missing = new ArrayList<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.list(API)) {
      List<Path> classes =
          sources
              .filter(path -> path.toString().endsWith(".java"))
              .filter(path -> !path.endsWith("package-info.java"))
              .toList();
      assertThat(classes).hasSizeGreaterThan(10);
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, files, null, null, null, files.getJavaFileObjectsFromPaths(classes));
      DocTrees comments = DocTrees.instance(task);
      for (CompilationUnitTree unit : task.parse()) {
        new PublicMembers(comments, methods, text, missing).scan(unit, null);
      }
    }
    return missing;
  }

  /** Collects what lacks a text. */
  private static final class PublicMembers extends TreePathScanner<Void, @Nullable Void> {
    private final DocTrees comments;
    private final boolean methods;
    private final String text;
    private final List<String> missing;

    PublicMembers(DocTrees comments, boolean methods, String text, List<String> missing) {
      this.comments = comments;
      this.methods = methods;
      this.text = text;
      this.missing = missing;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (!isPublic(type.getModifiers())) {
        return null;
      }
      boolean nested = getCurrentPath().getParentPath().getLeaf() instanceof ClassTree;
      if (!nested) {
        check(type.getSimpleName().toString());
      }
      return super.visitClass(type, null);
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      boolean inherited = method.getModifiers().toString().contains("@Override");
      boolean constructor = method.getReturnType() == null;
      if (methods && isPublic(method.getModifiers()) && !inherited && !constructor) {
        ClassTree type = (ClassTree) getCurrentPath().getParentPath().getLeaf();
        check(type.getSimpleName() + "." + method.getName());
      }
      return null;
    }

    private boolean isPublic(ModifiersTree modifiers) {
      TreePath parent = getCurrentPath().getParentPath();
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private void check(String name) {
      String comment = comments.getDocComment(getCurrentPath());
      if (comment == null || !comment.contains(text)) {
        missing.add(name);
      }
    }
  }
}
