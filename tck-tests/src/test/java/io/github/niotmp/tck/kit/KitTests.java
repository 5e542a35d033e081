package io.github.niotmp.tck.kit;

import io.github.niotmp.tck.AsOnLinux;
import io.github.niotmp.tck.ConformanceKit;
import io.github.niotmp.tck.ContractTest;
import io.github.niotmp.tck.FileSystemContract;
import io.github.niotmp.tck.Required;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The tests in the jar of the kit. */
final class KitTests {
  private KitTests() {}

  /** Returns the contracts, in the order of their names. */
  static List<Class<?>> contracts() {
    return ReflectionSupport.findAllClassesInPackage(
            ConformanceKit.class.getPackageName(), KitTests::isContract, name -> true)
        .stream()
        .sorted(Comparator.comparing(Class::getName))
        .toList();
  }

  private static boolean isContract(Class<?> type) {
    return FileSystemContract.class.isAssignableFrom(type)
        && !Modifier.isAbstract(type.getModifiers())
        && type.getProtectionDomain().equals(ConformanceKit.class.getProtectionDomain());
  }

  /** Returns the tests of a contract, in the order of their names. */
  static List<Method> of(Class<?> contract) {
    return ReflectionSupport.findMethods(
            contract,
            method -> method.isAnnotationPresent(ContractTest.class),
            HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  static Stream<Method> all() {
    return contracts().stream().flatMap(contract -> of(contract).stream()).distinct();
  }

  static String name(Method test) {
    return test.getDeclaringClass().getSimpleName() + "." + test.getName();
  }

  static List<Required> sentences(Method test) {
    return List.of(test.getAnnotationsByType(Required.class));
  }

  static boolean isOfLinux(Method test) {
    return sentences(test).isEmpty() && onTestOrContract(test, AsOnLinux.class).isPresent();
  }

  static <A extends Annotation> Optional<A> onTestOrContract(Method test, Class<A> annotation) {
    return Optional.ofNullable(test.getAnnotation(annotation))
        .or(() -> AnnotationSupport.findAnnotation(test.getDeclaringClass(), annotation));
  }
}
