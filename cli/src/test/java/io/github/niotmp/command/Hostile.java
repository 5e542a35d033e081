package io.github.niotmp.command;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.Serial;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/** A value of a bean whose deserialization creates a file. */
final class Hostile implements Serializable {
  @Serial private static final long serialVersionUID = 1;

  private final String file;

  private Hostile(String file) {
    this.file = file;
  }

  /** A bean that looks like that of a file system. */
  public interface Bean {
    /** Returns the value. */
    Object getName();
  }

  /** Registers a bean with such a value. */
  static void register(Path file) {
    Bean bean = () -> new Hostile(file.toString());
    try {
      ManagementFactory.getPlatformMBeanServer()
          .registerMBean(
              new StandardMBean(bean, Bean.class),
              new ObjectName("io.github.niotmp:type=FileSystem,name=hostile"));
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Serial
  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    Files.createFile(Path.of(file));
  }
}
