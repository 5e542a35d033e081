package io.github.niotmp.command.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileAttributes.Storage;
import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObservedJvmTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final ObservedJvm jvm = new ObservedJvm(ProcessHandle.current(), () -> {}, server);

  /** A bean under the name of a file system's, with the answers of a test. */
  private static final class Bean extends StandardMBean {
    private final Supplier<AttributeList> attributes;
    private final Function<Object[], @Nullable Object> operation;

    Bean(Supplier<AttributeList> attributes, Function<Object[], @Nullable Object> operation) {
      super((Runnable) () -> {}, Runnable.class, false);
      this.attributes = attributes;
      this.operation = operation;
    }

    @Override
    public AttributeList getAttributes(String[] names) {
      return attributes.get();
    }

    @Override
    public @Nullable Object invoke(String name, Object[] arguments, String[] types) {
      return operation.apply(arguments);
    }
  }

  private void register(
      String name, Supplier<AttributeList> attributes, Function<Object[], @Nullable Object> lines)
      throws JMException {
    server.registerMBean(
        new Bean(attributes, lines),
        new ObjectName("io.github.niotmp:type=FileSystem,name=" + name));
  }

  private static AttributeList attribute(String name, @Nullable Object value) {
    return new AttributeList(List.of(new Attribute(name, value)));
  }

  /** A bean has only the attributes of its storage. */
  @Test
  void theAttributesOfBothStoragesAreKnown() throws Exception {
    Set<String> attributes = new HashSet<>();
    for (String storage : List.of("spooled", "host")) {
      try (FileSystem observed =
          TmpFileSystems.open("observed", Map.of("mxbean", true, "storage", storage))) {
        ObjectName bean = new ObjectName("io.github.niotmp:type=FileSystem,name=observed");
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();

        assertThat(beans.getAttribute(bean, "Name")).isEqualTo(observed.toString());
        for (MBeanAttributeInfo attribute : beans.getMBeanInfo(bean).getAttributes()) {
          attributes.add(attribute.getName());
        }
      }
    }
    attributes.remove("Settings");

    assertThat(attributes).containsExactlyInAnyOrderElementsOf(ObservedFileSystem.NAMES.values());
  }

  @Test
  void aFileSystemThatIsClosedMeanwhileIsLeftOut() throws Exception {
    register("open", () -> attribute("Name", "tmp://open/"), arguments -> new String[0]);
    register(
        "closed",
        () -> {
          throw new ClosedFileSystemException();
        },
        arguments -> new String[0]);
    register(
        "closing",
        () -> attribute("Name", "tmp://closing/"),
        arguments -> {
          throw new ClosedFileSystemException();
        });

    assertThat(jvm.fileSystems(1, null, true))
        .extracting(ObservedFileSystem::name)
        .containsExactly("tmp://open/");
  }

  @Test
  void anotherFailureOfABeanIsOneLine() throws Exception {
    register(
        "failing",
        () -> {
          throw new IllegalStateException("first\nsecond");
        },
        arguments -> null);

    assertThatThrownBy(() -> jvm.fileSystems(0, null, false))
        .isInstanceOf(IOException.class)
        .hasMessage("the beans cannot be read: java.lang.IllegalStateException: first");
  }

  static Stream<Arguments> unexpectedAttributes() {
    return Stream.of(
        Arguments.of("Name", 5L, "class java.lang.Long"),
        Arguments.of("HostDirectory", null, "null"),
        Arguments.of("Size", 5, "class java.lang.Integer"),
        Arguments.of("Settings", "a=b", "class java.lang.String"),
        Arguments.of("Settings", new @Nullable String[] {null}, "class [Ljava.lang.String;"));
  }

  @ParameterizedTest
  @MethodSource("unexpectedAttributes")
  void anAttributeOfAnotherTypeIsRefused(String name, @Nullable Object value, String type)
      throws Exception {
    register("other", () -> attribute(name, value), arguments -> null);

    assertThatThrownBy(() -> jvm.fileSystems(0, null, false))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the beans cannot be read: " + name + " has an unexpected value of type " + type);
  }

  static Stream<Arguments> unexpectedLines() {
    return Stream.of(
        Arguments.of(null, "has an unexpected value of type null"),
        Arguments.of(new int[0], "has an unexpected value of type class [I"),
        Arguments.of(new String[] {""}, "has an unexpected line: "),
        Arguments.of(new String[] {"5"}, "has an unexpected line: 5"),
        Arguments.of(new String[] {"x DISK /a"}, "has an unexpected line: x DISK /a"),
        Arguments.of(
            new String[] {"9999999999999999999 DISK /a"},
            "has an unexpected line: 9999999999999999999 DISK /a"));
  }

  @ParameterizedTest
  @MethodSource("unexpectedLines")
  void linesOfAnotherFormAreRefused(@Nullable Object lines, String reason) throws Exception {
    register("other", AttributeList::new, arguments -> lines);

    assertThatThrownBy(() -> jvm.fileSystems(1, null, false))
        .isInstanceOf(IOException.class)
        .hasMessage("the beans cannot be read: largestFiles " + reason);
    assertThatThrownBy(() -> jvm.fileSystems(1, Storage.DISK, false))
        .isInstanceOf(IOException.class)
        .hasMessage("the beans cannot be read: largestFiles " + reason);
    assertThatThrownBy(() -> jvm.fileSystems(0, null, true))
        .isInstanceOf(IOException.class)
        .hasMessage("the beans cannot be read: openHandles " + reason);
  }

  @Test
  void aSearchForFilesInAStorageHasAnEnd() throws Exception {
    List<Object> asked = new ArrayList<>();
    String[] lines = new String[100_000];
    Arrays.fill(lines, "5 DISK /a");
    register(
        "large",
        AttributeList::new,
        arguments -> {
          asked.add(arguments[0]);
          return Arrays.copyOf(lines, (Integer) arguments[0]);
        });

    assertThat(jvm.fileSystems(2, Storage.PACK, false).get(0).largest()).isEmpty();
    assertThat(asked).containsExactly(2, 32, 512, 8192, 65_536);

    asked.clear();
    assertThat(jvm.fileSystems(70_000, Storage.PACK, false).get(0).largest()).isEmpty();
    assertThat(asked).containsExactly(70_000);
  }
}
