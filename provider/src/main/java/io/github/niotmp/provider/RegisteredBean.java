package io.github.niotmp.provider;

import io.github.niotmp.TmpFileSystemMXBean;
import io.github.niotmp.TmpUsage;
import java.io.Closeable;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.function.Supplier;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What a file system holds, shown by the platform's MBean server until it is closed. Nothing else
 * knows {@code java.management}, which a JVM may lack: touch this class only if it is asked for.
 */
final class RegisteredBean implements TmpFileSystemMXBean, Closeable {
  private final ObjectName name;
  private final Supplier<TmpUsage> usage;

  private RegisteredBean(ObjectName name, Supplier<TmpUsage> usage) {
    this.name = name;
    this.usage = usage;
  }

  /**
   * Registers a file system; under its name alone, or with one more key if another class loader's
   * copy of this class has one of the same name.
   *
   * @throws IOException if the server refuses it
   */
  static Closeable register(String fileSystem, Supplier<TmpUsage> usage) throws IOException {
    String key = "io.github.niotmp:type=FileSystem,name=" + ObjectName.quote(fileSystem);
    try {
      for (int copy = 1; ; copy++) {
        ObjectName name = new ObjectName(copy == 1 ? key : key + ",copy=" + copy);
        RegisteredBean bean = new RegisteredBean(name, usage);
        try {
          ManagementFactory.getPlatformMBeanServer().registerMBean(bean, name);
          return bean;
        } catch (InstanceAlreadyExistsException e) {
          // the next number
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
      // somebody else did it
    } catch (JMException e) {
      throw new IOException("The MBean " + name + " cannot be unregistered", e);
    }
  }

  @Override
  public long getFiles() {
    return usage.get().files();
  }

  @Override
  public long getFilesInMemory() {
    return usage.get().filesInMemory();
  }

  @Override
  public long getFilesPacked() {
    return usage.get().filesPacked();
  }

  @Override
  public long getFilesOnDisk() {
    return usage.get().filesOnDisk();
  }

  @Override
  public long getOpenHandles() {
    return usage.get().openHandles();
  }

  @Override
  public long getMemoryBytes() {
    return usage.get().memoryBytes();
  }

  @Override
  public long getMemoryPeak() {
    return usage.get().memoryPeak();
  }

  @Override
  public long getMetadataBytes() {
    return usage.get().metadataBytes();
  }

  @Override
  public long getMemoryBudget() {
    return usage.get().memoryBudget();
  }

  @Override
  public long getDiskBytes() {
    return usage.get().diskBytes();
  }

  @Override
  public long getSize() {
    return usage.get().size();
  }

  @Override
  public long getRollovers() {
    return usage.get().rollovers();
  }
}
