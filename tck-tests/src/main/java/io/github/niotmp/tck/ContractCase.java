package io.github.niotmp.tck;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * A test of a contract on one subject, with one row.
 *
 * @param contract the class that JUnit runs
 * @param row its name, or null if the test has no rows
 */
record ContractCase(Subject subject, Class<?> contract, Method test, @Nullable String row) {

  /** Returns the deviations that a subject states for the running JDK. */
  static List<Deviation> deviations(Subject subject) {
    int jdk = Runtime.version().feature();
    return AnnotationSupport.findRepeatableAnnotations(subject.getClass(), Deviation.class).stream()
        .filter(deviation -> deviation.fromJdk() <= jdk && jdk <= deviation.toJdk())
        .toList();
  }

  /** Returns the contract, the test and the row. */
  String title() {
    return test.getDeclaringClass().getSimpleName()
        + "."
        + test.getName()
        + (row == null ? "" : " [" + row + "]");
  }

  /** Returns the deviation that the subject states for this case. */
  Optional<Deviation> deviation() {
    return deviations(subject).stream()
        .filter(
            deviation ->
                deviation.in().isAssignableFrom(contract)
                    && deviation.test().equals(test.getName())
                    && (deviation.row().isEmpty() || deviation.row().equals(row)))
        .findFirst();
  }

  /** Returns the tier, or none for a test that a user added. */
  Optional<Tier> tier() {
    if (!sentences().isEmpty()) {
      return Optional.of(Tier.JAVADOC);
    }
    boolean linux =
        test.isAnnotationPresent(AsOnLinux.class)
            || AnnotationSupport.isAnnotated(test.getDeclaringClass(), AsOnLinux.class);
    return linux ? Optional.of(Tier.LINUX) : Optional.empty();
  }

  /** Returns the sentences of the Javadoc that require the behaviour. */
  List<Required> sentences() {
    return Arrays.asList(test.getAnnotationsByType(Required.class));
  }

  /** Returns the features that the test needs. */
  List<Feature> needed() {
    List<Feature> needed = new ArrayList<>();
    onClass(Needs.class).ifPresent(needs -> needed.addAll(Arrays.asList(needs.value())));
    onTest(Needs.class).ifPresent(needs -> needed.addAll(Arrays.asList(needs.value())));
    return needed;
  }

  /** Returns the features whose absence it tests. */
  List<Feature> absent() {
    List<Feature> absent = new ArrayList<>();
    onClass(Without.class).ifPresent(without -> absent.addAll(Arrays.asList(without.value())));
    onTest(Without.class).ifPresent(without -> absent.addAll(Arrays.asList(without.value())));
    return absent;
  }

  private <A extends Annotation> Optional<A> onTest(Class<A> annotation) {
    return Optional.ofNullable(test.getAnnotation(annotation));
  }

  private <A extends Annotation> Optional<A> onClass(Class<A> annotation) {
    return AnnotationSupport.findAnnotation(contract, annotation);
  }

  /** Returns the reason to skip the case. */
  Optional<String> reasonToSkip() {
    return tier()
        .filter(tier -> !subject.tiers().contains(tier))
        .map(tier -> subject + " does not claim the tier '" + tier + "'")
        .or(() -> firstOf(needed(), false, feature -> subject + " lacks " + feature))
        .or(() -> firstOf(absent(), true, feature -> subject + " has " + feature));
  }

  private Optional<String> firstOf(
      List<Feature> features, boolean present, Function<Feature, String> reason) {
    return features.stream()
        .filter(feature -> subject.features().contains(feature) == present)
        .findFirst()
        .map(reason);
  }
}
