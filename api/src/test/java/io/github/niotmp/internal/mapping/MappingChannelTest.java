package io.github.niotmp.internal.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

class MappingChannelTest {
  private static final String VERSION =
      "META-INF/versions/22/io/github/niotmp/internal/mapping/MappingChannel.class";

  /** Returns how many methods of the JDK map into a segment. */
  private static long methodsWithAnArena() {
    return Arrays.stream(FileChannel.class.getMethods())
        .filter(method -> method.getName().equals("map"))
        .map(Method::getParameterCount)
        .filter(count -> count == 4)
        .count();
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_21)
  void beforeJava22NoChannelMapsIntoASegment() {
    assertThat(methodsWithAnArena()).isZero();
  }

  @Test
  @DisabledForJreRange(max = JRE.JAVA_21)
  void sinceJava22TheJdkHasTheOneMethodThatIsOverridden() {
    assertThat(methodsWithAnArena()).isOne();
    assertThat(ClassLoader.getSystemResource(VERSION)).isNotNull();
  }
}
