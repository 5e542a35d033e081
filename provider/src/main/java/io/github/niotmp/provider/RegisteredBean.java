package io.github.niotmp.provider;

import io.github.niotmp.TmpFileSystemMXBean;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.TmpOpenHandle;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.event.CallSite;
import io.github.niotmp.internal.foreign.ForeignProvider;
import io.github.niotmp.internal.report.LogText;
import io.github.niotmp.usage.Figure;
import io.github.niotmp.usage.Usage;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.Descriptor;
import javax.management.DynamicMBean;
import javax.management.ImmutableDescriptor;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import org.jspecify.annotations.Nullable;

/**
 * The MBean of a file system, registered with the platform's MBean server until the file system is
 * closed. Its attributes are those of {@link TmpFileSystemMXBean}, one for each {@link Figure} and
 * the settings; its operations are those of that interface.
 *
 * <p>A JVM may lack {@code java.management}. Only this class refers to that module, so it is loaded
 * only if a user asks for the MBean.
 */
final class RegisteredBean implements DynamicMBean, Closeable {
  private static final String SETTINGS = "Settings";
  private static final String NAME = "Name";
  private static final String STORAGE = "Storage";
  private static final String DIRECTORY = "Directory";
  private static final String HOST_DIRECTORY = "HostDirectory";

  /** The attributes that are limits, with their settings. */
  private static final Map<String, String> LIMITS =
      Map.of(
          "MaxDescriptors", TmpSettings.MAX_DESCRIPTORS,
          "MaxSize", TmpSettings.MAX_SIZE,
          "MaxFileSize", TmpSettings.MAX_FILE_SIZE,
          "MaxFiles", TmpSettings.MAX_FILES);

  private static final String UNLIMITED = "; " + TmpSettings.UNLIMITED + " if there is none";

  private final ObjectName name;
  private final Supplier<TmpFileSystem> fileSystem;

  private final MBeanInfo info;

  private RegisteredBean(ObjectName name, Supplier<TmpFileSystem> fileSystem) {
    this.name = name;
    this.fileSystem = fileSystem;
    this.info = info(new Snapshot(fileSystem.get()));
  }

  /**
   * Registers the MBean of a file system. Its name has no character that an object name quotes. If
   * another class loader's copy of this class has registered an MBean of the same name, the object
   * name gets the additional key {@code copy}.
   *
   * @throws IOException if the MBean server refuses the registration
   */
  static Closeable register(String fileSystemName, Supplier<TmpFileSystem> fileSystem)
      throws IOException {
    String key = "io.github.niotmp:type=FileSystem,name=" + fileSystemName;
    try {
      for (int copy = 1; ; copy++) {
        ObjectName name = new ObjectName(copy == 1 ? key : key + ",copy=" + copy);
        RegisteredBean bean = new RegisteredBean(name, fileSystem);
        try {
          ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
          return bean;
        } catch (InstanceAlreadyExistsException e) {
          // try the next number
        }
      }
    } catch (JMException e) {
      throw new IOException("The MBean " + key + " cannot be registered", e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(name);
    } catch (InstanceNotFoundException e) {
      // other code of the application has unregistered it
    } catch (JMException e) {
      throw new IOException("The MBean " + name + " cannot be unregistered", e);
    }
  }

  @Override
  public Object getAttribute(String attribute) throws AttributeNotFoundException {
    return value(attribute, new Snapshot(fileSystem.get()));
  }

  /** The usage and the settings of a file system, read at most once. */
  private static final class Snapshot {
    private final TmpFileSystem fileSystem;
    private @Nullable Usage usage;
    private @Nullable TmpSettings settings;

    Snapshot(TmpFileSystem fileSystem) {
      this.fileSystem = fileSystem;
    }

    Usage usage() {
      Usage known = usage;
      if (known == null) {
        known = fileSystem.usage();
        usage = known;
      }
      return known;
    }

    TmpSettings settings() {
      TmpSettings known = settings;
      if (known == null) {
        known = fileSystem.effectiveSettings();
        settings = known;
      }
      return known;
    }
  }

  private static Object value(String attribute, Snapshot now) throws AttributeNotFoundException {
    String limit = LIMITS.get(attribute);
    if (limit != null) {
      return limit(limit, now.settings());
    }
    return switch (attribute) {
      case NAME -> now.fileSystem.toString();
      case SETTINGS -> lines(now.settings());
      case STORAGE -> String.valueOf(now.settings().get(TmpSettings.STORAGE));
      case DIRECTORY -> directory(now.settings().get(TmpSettings.DIRECTORY));
      case HOST_DIRECTORY -> directory(now.fileSystem.volume().hostDirectory());
      default -> now.usage().get(figure(attribute));
    };
  }

  private static boolean has(String attribute, Snapshot now) {
    try {
      value(attribute, now);
      return true;
    } catch (AttributeNotFoundException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static Object limit(String key, TmpSettings settings) {
    Object value = settings.get(key);
    if (value == null) {
      throw new UnsupportedOperationException(
          "A file system with storage=host has no limit '" + key + "'");
    }
    return value;
  }

  private static String directory(@Nullable Object value) {
    if (value instanceof Path path && path.getFileSystem() != FileSystems.getDefault()) {
      return ForeignProvider.text(path);
    }
    return value == null ? "" : value.toString();
  }

  /** Returns the settings as the open type of a list of text. */
  private static String[] lines(TmpSettings settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + text(setting.getValue()))
        .toArray(String[]::new);
  }

  private static Object text(Object value) {
    return value.equals(TmpSettings.UNLIMITED) ? "unlimited" : value;
  }

  private static Figure figure(String attribute) throws AttributeNotFoundException {
    for (Figure figure : Figure.values()) {
      if (attributeName(figure).equals(attribute)) {
        return figure;
      }
    }
    throw new AttributeNotFoundException(attribute);
  }

  private static String attributeName(Figure figure) {
    return figure.key().substring(0, 1).toUpperCase(Locale.ROOT) + figure.key().substring(1);
  }

  /** Reads all numbers from one {@link Usage}, so that they agree. */
  @Override
  public AttributeList getAttributes(String[] attributes) {
    Snapshot now = new Snapshot(fileSystem.get());
    AttributeList values = new AttributeList();
    for (String attribute : attributes) {
      try {
        values.add(new Attribute(attribute, value(attribute, now)));
      } catch (AttributeNotFoundException | UnsupportedOperationException e) {
        // left out, as the contract of this method says
      }
    }
    return values;
  }

  @Override
  public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
    throw new AttributeNotFoundException(attribute.getName() + " cannot be set");
  }

  @Override
  public AttributeList setAttributes(AttributeList attributes) {
    return new AttributeList();
  }

  @Override
  public Object invoke(String action, Object @Nullable [] given, String @Nullable [] signature)
      throws MBeanException, ReflectionException {
    Object[] arguments = given == null ? new Object[0] : given;
    try {
      if (action.equals("openHandles") && arguments.length == 0) {
        return lines(fileSystem.get().openHandleList(), RegisteredBean::line);
      }
      if (action.equals("largestFiles") && arguments.length == 1) {
        return lines(
            TmpFileSystems.largestFiles(fileSystem.get(), (Integer) arguments[0]),
            file -> file.size() + " " + file.storage() + " " + file.path());
      }
      if (action.equals("spillNow") && arguments.length == 0) {
        return fileSystem.get().spillNow();
      }
    } catch (IOException e) {
      throw new MBeanException(e);
    }
    throw new ReflectionException(new NoSuchMethodException(action));
  }

  private static <T> String[] lines(List<T> values, Function<T, String> line) {
    return values.stream()
        .map(value -> LogText.escaped(line.apply(value)).strip())
        .toArray(String[]::new);
  }

  private static String line(TmpOpenHandle handle) {
    String path = handle.path().isEmpty() ? "" : " on " + handle.path();
    String opener =
        handle.opener().flatMap(CallSite::of).map(site -> ", opened at " + site).orElse("");
    return handle.kind() + path + ", open for " + handle.age().toSeconds() + " s" + opener;
  }

  private static MBeanAttributeInfo number(String attribute, String unit, String description) {
    return new MBeanAttributeInfo(
        attribute, long.class.getName(), description, true, false, false, in(unit));
  }

  private static MBeanAttributeInfo info(String attribute, Class<?> type, String description) {
    return new MBeanAttributeInfo(attribute, type.getName(), description, true, false, false);
  }

  /** Returns the descriptor of a number, with the field that JMX has for units. */
  private static Descriptor in(String unit) {
    return new ImmutableDescriptor("units=" + unit);
  }

  private static MBeanOperationInfo operation(
      String name,
      Class<?> result,
      String description,
      int impact,
      @Nullable Descriptor descriptor,
      MBeanParameterInfo... taken) {
    return new MBeanOperationInfo(name, description, taken, result.getName(), impact, descriptor);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    return info;
  }

  /** Describes the attributes that the storage of the file system has, and the operations. */
  private static MBeanInfo info(Snapshot now) {
    Stream<MBeanAttributeInfo> numbers =
        Stream.of(Figure.values())
            .map(figure -> number(attributeName(figure), figure.unit(), figure.description()));
    Stream<MBeanAttributeInfo> settings =
        Stream.of(
            info(NAME, String.class, "The name of the file system in log lines and events"),
            number("MaxDescriptors", "descriptors", "The limit of Descriptors"),
            number("MaxSize", "bytes", "The limit of Size, in bytes" + UNLIMITED),
            number("MaxFileSize", "bytes", "The limit of each file's size, in bytes" + UNLIMITED),
            number("MaxFiles", "names", "The limit of Names"),
            info(STORAGE, String.class, "spooled: memory first, then disk; host: real files"),
            info(DIRECTORY, String.class, "The directory for files outside memory"),
            info(HOST_DIRECTORY, String.class, "The directory with the files of storage=host"),
            info(SETTINGS, String[].class, "Each setting and its value, the defaults included"));
    MBeanOperationInfo[] operations = {
      operation(
          "openHandles",
          String[].class,
          "Lists the open channels, streams and watch services, the oldest first: kind, path, age"
              + " in seconds, and the place that opened it if trackOpeners is true",
          MBeanOperationInfo.INFO,
          null),
      operation(
          "largestFiles",
          String[].class,
          "Lists the largest regular files, the largest first: size in bytes, storage and path",
          MBeanOperationInfo.INFO,
          null,
          new MBeanParameterInfo(
              "most", int.class.getName(), "The greatest number of files", in("files"))),
      operation(
          "spillNow",
          long.class,
          "Moves the files that no thread uses from memory to the disk; returns the bytes of"
              + " memory that this freed",
          MBeanOperationInfo.ACTION,
          in("bytes"))
    };
    Descriptor descriptor =
        new ImmutableDescriptor(
            "mxbean=true",
            "immutableInfo=true",
            "interfaceClassName=" + TmpFileSystemMXBean.class.getName());
    return new MBeanInfo(
        RegisteredBean.class.getName(),
        "Memory, disk, files, handles and settings of " + now.fileSystem,
        Stream.concat(numbers, settings)
            .filter(attribute -> has(attribute.getName(), now))
            .toArray(MBeanAttributeInfo[]::new),
        null,
        operations,
        null,
        descriptor);
  }
}
