package io.github.niotmp.provider;

import io.github.niotmp.TmpFileSystemMXBean;
import io.github.niotmp.TmpUsage;
import io.github.niotmp.usage.Figure;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.function.Supplier;
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
 * closed. Its attributes are those of {@link TmpFileSystemMXBean}, made from {@link Figure#ALL}.
 *
 * <p>A JVM may lack {@code java.management}. Only this class refers to that module, so it is loaded
 * only if a user asks for the MBean.
 */
final class RegisteredBean implements DynamicMBean, Closeable {
  private final ObjectName name;
  private final Supplier<TmpUsage> usage;

  private RegisteredBean(ObjectName name, Supplier<TmpUsage> usage) {
    this.name = name;
    this.usage = usage;
  }

  /**
   * Registers the MBean of a file system. Its name has no character that an object name quotes. If
   * another class loader's copy of this class has registered an MBean of the same name, the object
   * name gets the additional key {@code copy}.
   *
   * @throws IOException if the MBean server refuses the registration
   */
  static Closeable register(String fileSystem, Supplier<TmpUsage> usage) throws IOException {
    String key = "io.github.niotmp:type=FileSystem,name=" + fileSystem;
    try {
      for (int copy = 1; ; copy++) {
        ObjectName name = new ObjectName(copy == 1 ? key : key + ",copy=" + copy);
        RegisteredBean bean = new RegisteredBean(name, usage);
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
    return figure(attribute).of().applyAsLong(usage.get());
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

  /** Reads all attributes from one {@link TmpUsage}, so that they agree. */
  @Override
  public AttributeList getAttributes(String[] attributes) {
    TmpUsage now = usage.get();
    AttributeList values = new AttributeList();
    for (String attribute : attributes) {
      try {
        values.add(new Attribute(attribute, figure(attribute).of().applyAsLong(now)));
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

  @Override
  public MBeanInfo getMBeanInfo() {
    MBeanAttributeInfo[] attributes =
        Figure.ALL.stream()
            .map(
                figure ->
                    new MBeanAttributeInfo(
                        attributeName(figure), "long", figure.description(), true, false, false))
            .toArray(MBeanAttributeInfo[]::new);
    Descriptor descriptor =
        new ImmutableDescriptor(
            "mxbean=true",
            "immutableInfo=true",
            "interfaceClassName=" + TmpFileSystemMXBean.class.getName());
    return new MBeanInfo(
        RegisteredBean.class.getName(),
        "Memory, disk, files and handles of a tmp: file system",
        attributes,
        null,
        null,
        null,
        descriptor);
  }
}
