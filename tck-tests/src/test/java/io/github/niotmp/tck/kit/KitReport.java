package io.github.niotmp.tck.kit;

import io.github.niotmp.tck.FileSystemsUnderTest;
import io.github.niotmp.tck.Subject;
import io.github.niotmp.tck.suite.ConformanceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.platform.commons.support.ReflectionSupport;

/** Runs the kit over every subject and writes what came of it into a Markdown file. */
final class KitReport {
  private static final String START = "<!-- report: written by tck-tests/report -->";
  private static final String END = "<!-- end of the report -->";

  private KitReport() {}

  /** Takes the file, which has the two marks that the table goes between. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    StringBuilder table = new StringBuilder(START).append('\n');
    table.append("| file system | passed | failed | skipped | tests with a failure |\n");
    table.append("|---|---|---|---|---|\n");
    for (Subject subject : subjects()) {
      KitRun run = KitRun.of(".*", subject.getClass());
      String row =
          String.format(
              "| %s | %,d | %,d | %,d | %,d |%n",
              subject, run.passed(), run.failed(), run.skipped(), run.failedTests().size());
      System.out.print(row);
      table.append(row);
    }
    String text = Files.readString(file);
    int start = text.indexOf(START);
    int end = text.indexOf(END);
    Files.writeString(file, text.substring(0, start) + table + text.substring(end));
    System.exit(0); // calls that a peer never returns from may still run
  }

  private static List<Subject> subjects() {
    List<Subject> subjects = new ArrayList<>();
    for (Class<? extends Subject> subject :
        ConformanceTest.class.getAnnotation(FileSystemsUnderTest.class).value()) {
      subjects.add(ReflectionSupport.newInstance(subject));
    }
    subjects.add(new PeerSubject.OfJimfs());
    subjects.add(new PeerSubject.OfMemoryFileSystem());
    return subjects;
  }
}
