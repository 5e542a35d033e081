package io.github.niotmp.tck.kit;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.niotmp.tck.FileSystemContract;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.MappedByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.Watchable;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.DosFileAttributeView;
import java.nio.file.attribute.DosFileAttributes;
import java.nio.file.attribute.FileOwnerAttributeView;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnJre;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads what the contracts of the kit call. Later JDKs have methods that a kit for 17 can't. */
@EnabledOnJre(JRE.JAVA_17)
class CoverageOfTheKitTest {
  private static final JavaClasses KIT =
      new ClassFileImporter()
          .importUrl(FileSystemContract.class.getProtectionDomain().getCodeSource().getLocation());

  @ParameterizedTest
  @ValueSource(
      classes = {
        FileSystem.class,
        FileStore.class,
        Path.class,
        PathMatcher.class,
        Files.class,
        SeekableByteChannel.class,
        FileChannel.class,
        FileLock.class,
        AsynchronousFileChannel.class,
        MappedByteBuffer.class,
        DirectoryStream.class,
        SecureDirectoryStream.class,
        BasicFileAttributeView.class,
        FileOwnerAttributeView.class,
        PosixFileAttributeView.class,
        DosFileAttributeView.class,
        UserDefinedFileAttributeView.class,
        BasicFileAttributes.class,
        PosixFileAttributes.class,
        DosFileAttributes.class,
        UserPrincipalLookupService.class,
        WatchService.class,
        WatchKey.class,
        WatchEvent.class,
        Watchable.class
      })
  void everyMethodIsCalled(Class<?> type) {
    Set<String> missing = publicMethodsOf(type);
    missing.removeAll(calledOn(type));
    // without a directory they are the default provider's
    missing.removeIf(method -> method.matches("createTemp.+\\(java.lang.String.*"));
    assertThat(missing).isEmpty();
  }

  /** Most are called by a static method of the same name. */
  @Test
  void everyMethodOfAProviderIsCalledByItsName() {
    Set<String> called =
        Stream.of(FileSystemProvider.class, Files.class, Path.class, FileSystems.class)
            .flatMap(type -> calledOn(type).stream())
            .map(CoverageOfTheKitTest::name)
            .collect(Collectors.toSet());
    assertThat(called)
        .containsAll(
            publicMethodsOf(FileSystemProvider.class).stream()
                .map(CoverageOfTheKitTest::name)
                .toList());
  }

  private static String name(String signature) {
    return signature.substring(0, signature.indexOf('('));
  }

  @Test
  void thereAreAThousandAssertions() {
    assertThat(targets().filter(CoverageOfTheKitTest::isAssertion).count())
        .isGreaterThanOrEqualTo(1_000);
  }

  private static boolean isAssertion(CodeUnitAccessTarget target) {
    return target.getOwner().getName().equals("org.assertj.core.api.Assertions")
        && target.getName().startsWith("assertThat");
  }

  private static Stream<? extends CodeUnitAccessTarget> targets() {
    return KIT.stream()
        .flatMap(type -> type.getCodeUnitAccessesFromSelf().stream())
        .map(JavaCodeUnitAccess::getTarget);
  }

  private static Set<String> calledOn(Class<?> type) {
    return targets()
        .filter(
            target ->
                target.getOwner().isAssignableTo(type) || target.getOwner().isAssignableFrom(type))
        .map(
            target ->
                signature(
                    target.getName(),
                    target.getRawParameterTypes().stream().map(JavaClass::getName)))
        .collect(Collectors.toSet());
  }

  private static String signature(String name, Stream<String> parameters) {
    return name + parameters.collect(Collectors.joining(", ", "(", ")"));
  }

  private static String signature(Method method) {
    return signature(
        method.getName(), Arrays.stream(method.getParameterTypes()).map(Class::getName));
  }

  private static Set<String> publicMethodsOf(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !isOf(type.getSuperclass(), method) && !isOf(Object.class, method))
        .map(method -> signature(method))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Says whether a class has such a method already. */
  private static boolean isOf(@Nullable Class<?> type, Method method) {
    return type != null
        && Arrays.stream(type.getMethods())
            .anyMatch(other -> signature(other).equals(signature(method)));
  }
}
