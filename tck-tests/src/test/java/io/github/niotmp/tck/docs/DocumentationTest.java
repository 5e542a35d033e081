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
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
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

  /** The interfaces that users implement. */
  private static final Set<String> FOR_USERS = Set.of("PersistProgress", "TempResource.Maker");

  @Test
  void eachPublicTypeAndMethodHasAnExample() throws IOException {
    assertThat(places(member -> !member.isNested() && !member.comment().contains("<pre>{@code")))
        .isEmpty();
  }

  @Test
  void eachInterfaceButThoseForUsersSaysThatUsersMustNotImplementIt() throws IOException {
    Pattern saying = Pattern.compile("users must not, as a later version may add");

    assertThat(
            places(
                member ->
                    member.kind() == Tree.Kind.INTERFACE
                        && !saying.matcher(member.comment().replaceAll("\\s+", " ")).find()))
        .containsExactlyInAnyOrderElementsOf(FOR_USERS);
  }

  @Test
  void noCommentOfAPublicTypeOrMemberNamesAnInternalPackage() throws IOException {
    assertThat(places(member -> member.comment().contains(".internal"))).isEmpty();
  }

  /**
   * A public type, or a public method that overrides none and is no constructor.
   *
   * @param name with the types around it
   * @param comment empty if there is none
   */
  private record Member(String name, Tree.Kind kind, String comment) {
    /** Says whether it is a type in another type. */
    boolean isNested() {
      return kind != Tree.Kind.METHOD && name.contains(".");
    }
  }

  /** Returns the names of some public types and methods. */
  private static List<String> places(Predicate<Member> which) throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    List<Member> members = new ArrayList<>();
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
        new PublicMembers(comments, members).scan(unit, null);
      }
    }
    assertThat(members).hasSizeGreaterThan(100);
    return members.stream().filter(which).map(Member::name).toList();
  }

  /** Collects the public types and methods of a source. */
  private static final class PublicMembers extends TreePathScanner<Void, @Nullable Void> {
    private final DocTrees comments;
    private final List<Member> members;
    private final Deque<String> types = new ArrayDeque<>();

    PublicMembers(DocTrees comments, List<Member> members) {
      this.comments = comments;
      this.members = members;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
      if (!isPublic(type.getModifiers())) {
        return null;
      }
      types.addLast(type.getSimpleName().toString());
      add(String.join(".", types), type.getKind());
      super.visitClass(type, null);
      types.removeLast();
      return null;
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
      boolean inherited = method.getModifiers().toString().contains("@Override");
      boolean constructor = method.getReturnType() == null;
      if (isPublic(method.getModifiers()) && !inherited && !constructor) {
        add(String.join(".", types) + "." + method.getName(), method.getKind());
      }
      return null;
    }

    private boolean isPublic(ModifiersTree modifiers) {
      TreePath parent = getCurrentPath().getParentPath();
      return modifiers.getFlags().contains(Modifier.PUBLIC)
          || parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
    }

    private void add(String name, Tree.Kind kind) {
      String comment = comments.getDocComment(getCurrentPath());
      members.add(new Member(name, kind, comment == null ? "" : comment));
    }
  }
}
