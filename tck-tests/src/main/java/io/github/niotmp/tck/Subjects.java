package io.github.niotmp.tck;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.UniqueId;

/** Finds the subjects of a contract: its own, those of its suite, or those of the parameter. */
final class Subjects {
  private static final String SUITE = "suite";

  private Subjects() {}

  static List<Subject> of(ExtensionContext context) {
    Class<?> contract = context.getRequiredTestClass();
    List<Subject> all =
        annotated(contract)
            .or(() -> suite(context).flatMap(Subjects::annotated))
            .or(
                () ->
                    context.getConfigurationParameter(ConformanceKit.SUBJECTS).map(Subjects::named))
            .orElseGet(Stream::empty)
            .<Subject>map(ReflectionSupport::newInstance)
            .toList();
    if (all.isEmpty()) {
      throw new IllegalStateException(
          contract.getSimpleName()
              + " has no file system to test. Annotate the suite, or a subclass of the contract,"
              + " with @FileSystemsUnderTest(MySubject.class); or set the configuration parameter '"
              + ConformanceKit.SUBJECTS
              + "' to the name of a class that implements Subject");
    }
    for (Subject subject : all) {
      if (subject.tiers().isEmpty()) {
        throw new IllegalStateException(
            subject
                + " claims no tier, so that no test would run; allowed: "
                + List.of(Tier.values()));
      }
    }
    return context
        .getConfigurationParameter(ConformanceKit.SELECT)
        .map(pattern -> selected(all, pattern))
        .orElse(all);
  }

  private static Optional<Stream<Class<? extends Subject>>> annotated(Class<?> type) {
    return AnnotationSupport.findAnnotation(type, FileSystemsUnderTest.class)
        .map(annotation -> Arrays.stream(annotation.value()));
  }

  /** Returns the class of the suite that runs the contract: its name is in the identifier. */
  private static Optional<Class<?>> suite(ExtensionContext context) {
    return UniqueId.parse(context.getUniqueId()).getSegments().stream()
        .filter(segment -> segment.getType().equals(SUITE))
        .map(UniqueId.Segment::getValue)
        .reduce((outer, inner) -> inner)
        .flatMap(name -> ReflectionSupport.tryToLoadClass(name).toOptional());
  }

  private static Stream<Class<? extends Subject>> named(String classes) {
    return Arrays.stream(classes.split(",", -1)).map(name -> subjectClass(name.strip()));
  }

  private static Class<? extends Subject> subjectClass(String name) {
    try {
      return ReflectionSupport.tryToLoadClass(name).get().asSubclass(Subject.class);
    } catch (Exception e) {
      throw new IllegalArgumentException(
          "The configuration parameter '"
              + ConformanceKit.SUBJECTS
              + "' names '"
              + name
              + "'; allowed: a class that implements Subject and has a constructor without"
              + " parameters",
          e);
    }
  }

  private static List<Subject> selected(List<Subject> all, String pattern) {
    List<Subject> selected = new ArrayList<>(all);
    selected.removeIf(subject -> !subject.toString().matches(pattern));
    if (selected.isEmpty()) {
      throw new IllegalArgumentException(
          "The configuration parameter '"
              + ConformanceKit.SELECT
              + "' is '"
              + pattern
              + "' and matches none of "
              + all);
    }
    return selected;
  }
}
