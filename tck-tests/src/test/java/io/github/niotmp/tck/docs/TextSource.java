package io.github.niotmp.tck.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;

/** A source file of Java in memory. */
class TextSource extends SimpleJavaFileObject {
  private final String code;

  TextSource(String className, String code) {
    super(URI.create("string:///" + className + Kind.SOURCE.extension), Kind.SOURCE);
    this.code = code;
  }

  final String code() {
    return code;
  }

  @Override
  public final CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return code;
  }

  /**
   * Compiles sources against the class path of this test, or fails with the compiler's messages.
   */
  static void compile(
      JavaCompiler compiler,
      StandardJavaFileManager files,
      Collection<? extends TextSource> sources,
      Path output) {
    StringWriter messages = new StringWriter();
    List<String> options =
        List.of(
            "-proc:none", "-cp", System.getProperty("java.class.path"), "-d", output.toString());
    boolean compiled = compiler.getTask(messages, files, null, options, null, sources).call();
    assertThat(compiled).as(messages.toString()).isTrue();
  }
}
