package io.github.niotmp.provider;

import io.github.niotmp.TmpFileSystemMXBean;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.usage.Figure;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
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
import javax.management.MBeanInfo;
import javax.management.ObjectName;
import javax.management.ReflectionException;

/**
 * The MBean of a file system, registered with the platform's MBean server until the file system is
 * closed. Its attributes are those of {@link TmpFileSystemMXBean}, made from {@link Figure#ALL},
 * and the settings.
 *
 * <p>A JVM may lack {@code java.management}. Only this class refers to that module, so it is loaded
 * only if a user asks for the MBean.
 */
final class RegisteredBean implements DynamicMBean, Closeable {
  private static final String SETTINGS = "Settings";

  private final ObjectName name;
  private final Supplier<TmpFileSystem> fileSystem;

  /** The name of the file system in log lines and events. */
  private final String shownAs;

  private RegisteredBean(ObjectName name, Supplier<TmpFileSystem> fileSystem) {
    this.name = name;
    this.fileSystem = fileSystem;
    this.shownAs = fileSystem.get().toString();
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
    return value(attribute, fileSystem.get().usage());
  }

  private Object value(String attribute, TmpUsage now) throws AttributeNotFoundException {
    return attribute.equals(SETTINGS) ? settings() : figure(attribute).of().applyAsLong(now);
  }

  /** Returns the settings as the open type of a list of text. */
  private String[] settings() {
    return fileSystem.get().effectiveSettings().entrySet().stream()
        .map(setting -> setting.getKey() + "=" + text(setting.getValue()))
        .toArray(String[]::new);
  }

  private static Object text(Object value) {
    return value.equals(TmpSettings.UNLIMITED) ? "unlimited" : value;
  }

  private static Figure figure(String attribute) throws AttributeNotFoundException {
    for (Figure figure : Figure.ALL) {
      if (attributeName(figure).equals(attribute)) {
        return figure;
      }
    }
    throw new AttributeNotFoundException(attribute);
  }

  private static String attributeName(Figure figure) {
    return figure.name().substring(0, 1).toUpperCase(Locale.ROOT) + figure.name().substring(1);
  }

  /** Reads all numbers from one {@link TmpUsage}, so that they agree. */
  @Override
  public AttributeList getAttributes(String[] attributes) {
    TmpUsage now = fileSystem.get().usage();
    AttributeList values = new AttributeList();
    for (String attribute : attributes) {
      try {
        values.add(new Attribute(attribute, value(attribute, now)));
      } catch (AttributeNotFoundException e) {
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
  public Object invoke(String action, Object[] arguments, String[] signature)
      throws ReflectionException {
    throw new ReflectionException(new NoSuchMethodException(action));
  }

  private static MBeanAttributeInfo info(String attribute, Class<?> type, String description) {
    return new MBeanAttributeInfo(attribute, type.getName(), description, true, false, false);
  }

  @Override
  public MBeanInfo getMBeanInfo() {
    Stream<MBeanAttributeInfo> numbers =
        Figure.ALL.stream()
            .map(figure -> info(attributeName(figure), long.class, figure.description()));
    MBeanAttributeInfo settings =
        info(SETTINGS, String[].class, "Each setting and its value, the defaults included");
    Descriptor descriptor =
        new ImmutableDescriptor(
            "mxbean=true",
            "immutableInfo=true",
            "interfaceClassName=" + TmpFileSystemMXBean.class.getName());
    return new MBeanInfo(
        RegisteredBean.class.getName(),
        "Memory, disk, files, handles and settings of " + shownAs,
        Stream.concat(numbers, Stream.of(settings)).toArray(MBeanAttributeInfo[]::new),
        null,
        null,
        null,
        descriptor);
  }
}
