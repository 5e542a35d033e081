package io.github.niotmp.tck;

import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.ParameterDeclarations;
import org.junit.platform.commons.support.ReflectionSupport;

/** Provides the subjects that the suite names, or the subject services if it names none. */
final class Subjects implements ArgumentsProvider {
  private static final String PATTERN = System.getProperty("niotmp.tck.subjects", ".*");

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return context
        .getConfigurationParameter(ConformanceKit.SUBJECTS)
        .map(Subjects::named)
        .orElseGet(Subjects::services)
        .filter(subject -> subject.toString().matches(PATTERN))
        .map(Arguments::of);
  }

  private static Stream<Subject> named(String classes) {
    return Arrays.stream(classes.split(",", -1)).map(name -> newSubject(name.strip()));
  }

  private static Subject newSubject(String name) {
    Class<?> type =
        ReflectionSupport.tryToLoadClass(name)
            .getOrThrow(
                cause ->
                    new IllegalArgumentException(
                        "'"
                            + ConformanceKit.SUBJECTS
                            + "' names '"
                            + name
                            + "'; allowed: the class of a subject, with a constructor that takes"
                            + " nothing",
                        cause));
    return (Subject) ReflectionSupport.newInstance(type);
  }

  private static Stream<Subject> services() {
    return ServiceLoader.load(Subject.class).stream().map(ServiceLoader.Provider::get);
  }
}
