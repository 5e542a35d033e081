package io.github.niotmp.tck.monitoring;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.TmpFileSystemMXBean;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.tck.forked.ForkedJvm;
import io.github.niotmp.tck.kit.UsageNumbers;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DescriptorRead;
import javax.management.JMX;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MXBean;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MBeanTest {
  private static final Map<String, String> TEXTS =
      Map.of(
          "Name", String.class.getName(),
          "Storage", String.class.getName(),
          "Directory", String.class.getName(),
          "HostDirectory", String.class.getName(),
          "Settings", String[].class.getName());

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  @Test
  void eachNumberOfTheUsageIsAnAttribute() throws Exception {
    try (FileSystem tmp = openWithBean("bean-usage");
        OutputStream open = Files.newOutputStream(tmp.getPath("/open"))) {
      open.write(new byte[1000]);
      Files.write(tmp.getPath("/large"), new byte[100_000]);
      ObjectName name = only("bean-usage");
      TmpUsage usage = TmpFileSystems.usage(tmp);

      assertThat(name)
          .isEqualTo(new ObjectName("io.github.niotmp:type=FileSystem,name=bean-usage"));
      assertThat(usage.openHandles()).isEqualTo(1);
      assertThat(usage.rollovers()).isEqualTo(1);
      Map<String, Long> numbers = UsageNumbers.of(usage);
      for (Map.Entry<String, Long> number : numbers.entrySet()) {
        String attribute =
            number.getKey().substring(0, 1).toUpperCase(Locale.ROOT) + number.getKey().substring(1);
        assertThat(server.getAttribute(name, attribute)).as(attribute).isEqualTo(number.getValue());
      }
      assertThat(server.getMBeanInfo(name).getAttributes())
          .hasSize(numbers.size() + 8)
          .noneMatch(attribute -> attribute.isWritable());
      assertThat(JMX.newMXBeanProxy(server, name, TmpFileSystemMXBean.class).getSize())
          .isEqualTo(usage.size());
    }
  }

  @Test
  void eachAttributeIsDescribedAndNothingElseIsOffered() throws Exception {
    try (FileSystem tmp = openWithBean("bean-info")) {
      ObjectName name = only("bean-info");
      assertThat(server.getMBeanInfo(name).getAttributes())
          .allSatisfy(
              attribute -> {
                assertThat(attribute.getType())
                    .isEqualTo(TEXTS.getOrDefault(attribute.getName(), "long"));
                assertThat(attribute.getDescription()).contains(" ");
              });
      assertThat(server.getMBeanInfo(name).getDescription()).endsWith(" of " + tmp);
      assertThat(server.getMBeanInfo(name).getOperations())
          .allSatisfy(operation -> assertThat(operation.getDescription()).contains(" "))
          .extracting(MBeanOperationInfo::getName)
          .containsExactly("openHandles", "largestFiles", "spillNow");
      assertThat(server.getAttributes(name, new String[] {"Files", "Colour", "Size"}).asList())
          .containsExactly(new Attribute("Files", 0L), new Attribute("Size", 0L));
      assertThatThrownBy(() -> server.getAttribute(name, "Colour"))
          .isInstanceOf(AttributeNotFoundException.class);
      assertThatThrownBy(() -> server.setAttribute(name, new Attribute("Files", 1L)))
          .isInstanceOf(AttributeNotFoundException.class)
          .hasMessage("Files cannot be set");
      assertThat(server.setAttributes(name, new AttributeList())).isEmpty();
      assertThatThrownBy(() -> server.invoke(name, "close", new Object[0], new String[0]))
          .isInstanceOf(ReflectionException.class);
      assertThat(tmp.isOpen()).isTrue();
    }
  }

  /** A console that reads all attributes of a bean gets a value for each. */
  @ParameterizedTest
  @ValueSource(strings = {"spooled", "host"})
  void theBeanOffersTheAttributesThatItsStorageHas(String storage, @TempDir Path directory)
      throws Exception {
    String shortName = "bean-all-" + storage;
    try (FileSystem tmp =
        TmpFileSystems.open(
            shortName, Map.of("mxbean", true, "storage", storage, "directory", directory))) {
      ObjectName name = only(shortName);
      assertThat(tmp.isOpen()).isTrue();
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        assertThat(server.getAttribute(name, attribute.getName()))
            .as(attribute.getName())
            .isNotNull();
      }
      assertThat(server.getMBeanInfo(name).getAttributes())
          .extracting(MBeanAttributeInfo::getName)
          .contains(storage.equals("host") ? "HostDirectory" : "MemoryBudget")
          .doesNotContain(storage.equals("host") ? "MemoryBudget" : "HostDirectory");
    }
  }

  @Test
  void eachNumberHasItsUnitInTheFieldThatJmxHasForIt() throws Exception {
    try (FileSystem tmp = openWithBean("bean-units")) {
      MBeanInfo info = server.getMBeanInfo(only("bean-units"));

      assertThat(tmp.isOpen()).isTrue();
      assertThat(info.getAttributes())
          .allSatisfy(
              attribute ->
                  assertThat(unit(attribute) == null)
                      .as(attribute.getName())
                      .isEqualTo(TEXTS.containsKey(attribute.getName())));
      assertThat(
              Stream.of(info.getAttributes())
                  .filter(attribute -> unit(attribute) != null)
                  .collect(
                      groupingBy(MBeanTest::unit, mapping(MBeanAttributeInfo::getName, toSet()))))
          .containsEntry("names", Set.of("Names", "MaxFiles"))
          .containsEntry("descriptors", Set.of("Descriptors", "MaxDescriptors"))
          .containsEntry("handles", Set.of("OpenHandles", "Leaks"))
          .containsEntry("calls", Set.of("Refusals"))
          .hasEntrySatisfying(
              "files", names -> assertThat(names).contains("Files", "FilesOnHost", "Rollovers"))
          .hasEntrySatisfying(
              "bytes",
              names -> assertThat(names).contains("Size", "MaxSize", "JvmMemoryBytes").hasSize(10))
          .hasSize(6);
      assertThat(
              Stream.of(info.getOperations())
                  .filter(operation -> unit(operation) != null)
                  .map(operation -> operation.getName() + " " + unit(operation)))
          .containsExactly("spillNow bytes");
      assertThat(unit(info.getOperations()[1].getSignature()[0])).isEqualTo("files");
    }
  }

  private static Object unit(DescriptorRead described) {
    return described.getDescriptor().getFieldValue("units");
  }

  @Test
  void theSettingsAreLinesOfKeyAndValue() throws Exception {
    try (FileSystem tmp = openWithBean("bean-settings")) {
      ObjectName name = only("bean-settings");
      List<String> lines =
          JMX.newMXBeanProxy(server, name, TmpFileSystemMXBean.class).getSettings();

      assertThat(lines)
          .containsExactly((String[]) server.getAttribute(name, "Settings"))
          .isSorted()
          .contains("spoolThreshold=65536", "maxSize=unlimited", "mxbean=true", "storage=spooled")
          .hasSameSizeAs(TmpFileSystems.settings(tmp).keySet());
      assertThat(server.getAttributes(name, new String[] {"Settings"}).asList()).hasSize(1);
    }
  }

  @Test
  void theLimitsAreAttributes(@TempDir Path directory) throws Exception {
    Map<String, Object> limits =
        Map.of(
            "mxbean",
            true,
            "directory",
            directory,
            "maxSize",
            "1MiB",
            "maxFileSize",
            "1KiB",
            "maxFiles",
            7,
            "maxDescriptors",
            3);
    try (FileSystem tmp = TmpFileSystems.open("bean-limits", limits)) {
      TmpFileSystemMXBean bean = proxy("bean-limits");

      assertThat(bean.getName()).isEqualTo(tmp.toString());
      assertThat(bean.getMaxSize()).isEqualTo(1 << 20);
      assertThat(bean.getMaxFileSize()).isEqualTo(1 << 10);
      assertThat(bean.getMaxFiles()).isEqualTo(7);
      assertThat(bean.getMaxDescriptors()).isEqualTo(3);
      assertThat(bean.getStorage()).isEqualTo("spooled");
      assertThatThrownBy(bean::getHostDirectory).hasStackTraceContaining("storage=host");
      assertThat(bean.getDirectory()).isEqualTo(directory.toString());
      assertThat(bean.getDescriptors()).isEqualTo(TmpFileSystems.usage(tmp).descriptors());
    }
  }

  @Test
  void aHostVolumeHasNoLimitsAndNoMemoryToFree(@TempDir Path directory) throws Exception {
    Map<String, Object> host = Map.of("mxbean", true, "directory", directory, "storage", "host");
    try (FileSystem tmp = TmpFileSystems.open("bean-host", host)) {
      Files.write(tmp.getPath("/f"), new byte[1000]);
      TmpFileSystemMXBean bean = proxy("bean-host");

      assertThat(bean.getStorage()).isEqualTo("host");
      assertThat(bean.largestFiles(5)).containsExactly("1000 HOST /f");
      assertThatThrownBy(bean::getMaxSize)
          .hasStackTraceContaining("storage=host has no limit 'maxSize'");
      assertThatThrownBy(bean::spillNow).hasStackTraceContaining("no content in memory");
      assertThatThrownBy(bean::getMemoryBudget)
          .hasStackTraceContaining("storage=host has no 'memoryBudget'");
      assertThatThrownBy(bean::getJvmMemoryBytes)
          .hasStackTraceContaining("storage=host has no 'jvmMemoryBytes'");
      assertThatThrownBy(bean::getJvmMemoryBudget)
          .hasStackTraceContaining("storage=host has no 'jvmMemoryBudget'");
      assertThat(bean.getFilesOnHost()).isEqualTo(1);
      assertThat(bean.getFilesOnDisk()).isZero();
      assertThat(bean.getDirectory()).isEqualTo(directory.toString());
      assertThat(Path.of(bean.getHostDirectory()).resolve("f")).hasSize(1000);
      assertThat(
              server
                  .getAttributes(
                      only("bean-host"), new String[] {"MaxSize", "MemoryBudget", "Size"})
                  .asList())
          .containsExactly(new Attribute("Size", 1000L));
    }
  }

  @Test
  void aDirectoryOfAnotherProviderIsItsUri() throws Exception {
    try (FileSystem disk = TmpFileSystems.open("bean-disk", Map.of());
        FileSystem tmp =
            TmpFileSystems.open(
                "bean-foreign", Map.of("mxbean", true, "directory", disk.getPath("/")))) {
      assertThat(tmp.isOpen()).isTrue();
      assertThat(proxy("bean-foreign").getDirectory()).isEqualTo("tmp://bean-disk/");
    }
  }

  @Test
  void aTreeOfAnotherProviderIsItsUri() throws Exception {
    try (FileSystem disk = TmpFileSystems.open("bean-tree-disk", Map.of());
        FileSystem tmp =
            TmpFileSystems.open(
                "bean-tree",
                Map.of("mxbean", true, "storage", "host", "directory", disk.getPath("/")))) {
      Files.write(tmp.getPath("/f"), new byte[10]);
      String tree = proxy("bean-tree").getHostDirectory();

      assertThat(tree).startsWith("tmp://bean-tree-disk/");
      assertThat(Path.of(URI.create(tree)).resolve("f")).hasSize(10);
    }
  }

  @Test
  void theOperationsListHandlesAndFilesAndFreeMemory() throws Exception {
    try (FileSystem tmp =
            TmpFileSystems.open("bean-operations", Map.of("mxbean", true, "trackOpeners", true));
        OutputStream open = Files.newOutputStream(tmp.getPath("/two\nlines"))) {
      open.write(new byte[1000]);
      Files.write(tmp.getPath("/larger"), new byte[2000]);
      TmpFileSystemMXBean bean = proxy("bean-operations");

      assertThat(bean.openHandles())
          .singleElement()
          .asString()
          .startsWith("OutputStream on /two\\nlines, open for ");
      assertThat(bean.largestFiles(5))
          .containsExactly("2000 MEMORY /larger", "1000 MEMORY /two\\nlines");
      assertThat(bean.largestFiles(1)).containsExactly("2000 MEMORY /larger");
      assertThatThrownBy(() -> bean.largestFiles(0))
          .hasStackTraceContaining("most is 0; allowed: 1 or more");
      assertThat(bean.spillNow()).isEqualTo(3000);
      assertThat(bean.getMemoryBytes()).isZero();
      assertThat(bean.getFilesPacked()).isEqualTo(2);
      assertThat(server.invoke(only("bean-operations"), "spillNow", null, null)).isEqualTo(0L);
    }
  }

  private TmpFileSystemMXBean proxy(String name) throws Exception {
    return JMX.newMXBeanProxy(server, only(name), TmpFileSystemMXBean.class);
  }

  @Test
  void itIsThereFromOpenToClose() throws Exception {
    FileSystem tmp = openWithBean("bean-life");
    assertThat(beans("bean-life")).hasSize(1);
    tmp.close();
    tmp.close();
    assertThat(beans("bean-life")).isEmpty();

    openWithBean("bean-life").close();
    assertThat(beans("bean-life")).isEmpty();
  }

  @Test
  void itGoesThoughAnotherThreadClosesTheFileSystem() throws Exception {
    FutureTask<FileSystem> opening = new FutureTask<>(() -> openWithBean("bean-thread"));
    Thread thread = new Thread(opening);
    thread.start();
    FileSystem tmp = opening.get();
    thread.join();
    assertThat(beans("bean-thread")).hasSize(1);

    tmp.close();

    assertThat(beans("bean-thread")).isEmpty();
  }

  @Test
  void aFileThatSharesASpillFileIsCountedAsPacked() throws Exception {
    try (FileSystem tmp =
        TmpFileSystems.open(
            "bean-packed",
            Map.of(
                TmpSettings.MXBEAN, "true",
                TmpSettings.MEMORY_BUDGET, "16KiB",
                TmpSettings.SPOOL_THRESHOLD, "64KiB"))) {
      for (int i = 0; i < 40; i++) {
        Files.write(tmp.getPath("/" + i), new byte[1000]);
      }
      long packed = TmpFileSystems.usage(tmp).filesPacked();

      assertThat(packed).isPositive();
      assertThat(server.getAttribute(only("bean-packed"), "FilesPacked")).isEqualTo(packed);
    }
  }

  @Test
  void whoAsksForNoneGetsNone() throws Exception {
    try (FileSystem plain = TmpFileSystems.open("bean-none", Map.of());
        FileSystem refused = TmpFileSystems.open("bean-no", Map.of(TmpSettings.MXBEAN, "false"))) {
      assertThat(plain.isOpen() && refused.isOpen()).isTrue();
      assertThat(beans("bean-none")).isEmpty();
      assertThat(beans("bean-no")).isEmpty();
    }
  }

  @Test
  void theQueryAsksToo() throws Exception {
    try (FileSystem tmp =
        FileSystems.newFileSystem(URI.create("tmp://bean-query?mxbean=true"), Map.of())) {
      assertThat(tmp.isOpen()).isTrue();
      assertThat(beans("bean-query")).hasSize(1);
    }
  }

  @Test
  void aRefusedOpenLeavesTheBeanOfTheOpenOne() throws Exception {
    try (FileSystem tmp = openWithBean("bean-twice")) {
      assertThatExceptionOfType(FileSystemAlreadyExistsException.class)
          .isThrownBy(() -> openWithBean("bean-twice"));
      assertThat(tmp.isOpen()).isTrue();
      assertThat(beans("bean-twice")).hasSize(1);
    }
  }

  @Test
  void aTakenNameGetsOneMoreKey() throws Exception {
    ObjectName taken = new ObjectName("io.github.niotmp:type=FileSystem,name=bean-taken");
    server.registerMBean(new Foreign(), taken);
    try {
      try (FileSystem tmp = openWithBean("bean-taken")) {
        assertThat(tmp.isOpen()).isTrue();
        assertThat(beans("bean-taken"))
            .containsExactlyInAnyOrder(taken, new ObjectName(taken + ",copy=2"));
      }
      assertThat(beans("bean-taken")).containsExactly(taken);
    } finally {
      server.unregisterMBean(taken);
    }
  }

  @Test
  void whoUnregistersItDisturbsNobody() throws Exception {
    try (FileSystem tmp = openWithBean("bean-gone")) {
      server.unregisterMBean(only("bean-gone"));
      assertThat(tmp.isOpen()).isTrue();
    }
  }

  @Test
  void aServerThatRefusesItIsToldOfAndTheFileSystemIsClosed(@TempDir Path logs) throws Exception {
    Path errors = logs.resolve("errors");
    Process process =
        ForkedJvm.start(
            RefusingBeans.class,
            errors,
            List.of("-Djavax.management.builder.initial=" + RefusingBeans.class.getName()));

    assertThat(process.inputReader().lines())
        .containsExactly(
            "The MBean io.github.niotmp:type=FileSystem,name=refused cannot be registered",
            "The MBean io.github.niotmp:type=FileSystem,name=kept cannot be unregistered",
            "false");
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "True", ""})
  void anotherValueIsRefused(String value) throws Exception {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TmpFileSystems.open("bean-bad", Map.of(TmpSettings.MXBEAN, value)))
        .withMessage("Setting 'mxbean' is '" + value + "'; allowed: true, false");
    assertThat(beans("bean-bad")).isEmpty();
  }

  private static FileSystem openWithBean(String name) throws IOException {
    return TmpFileSystems.open(
        name, Map.of(TmpSettings.MXBEAN, "true", TmpSettings.SPOOL_THRESHOLD, "64KiB"));
  }

  private ObjectName only(String name) throws Exception {
    return beans(name).iterator().next();
  }

  private Set<ObjectName> beans(String name) throws Exception {
    return server.queryNames(
        new ObjectName("io.github.niotmp:type=FileSystem,name=" + name + ",*"), null);
  }

  /** Somebody else's bean. */
  @MXBean
  public interface Anything {}

  /** Somebody else's bean. */
  private static final class Foreign implements Anything {}
}
