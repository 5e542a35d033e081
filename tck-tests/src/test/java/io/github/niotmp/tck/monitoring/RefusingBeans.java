package io.github.niotmp.tck.monitoring;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.FileSystem;
import java.util.Map;
import javax.management.MBeanRegistrationException;
import javax.management.MBeanServer;
import javax.management.MBeanServerBuilder;
import javax.management.MBeanServerDelegate;
import org.jspecify.annotations.Nullable;

/**
 * A platform's MBean server that keeps the beans of some file systems out, and those of others in;
 * and a process that has it. Prints what it is told of either.
 */
public final class RefusingBeans extends MBeanServerBuilder {
  /** Is made by the platform. */
  public RefusingBeans() {}

  /** Opens and closes a file system that is refused, and one that is not let go. */
  public static void main(String[] arguments) throws IOException {
    try {
      TmpFileSystems.open("refused", Map.of("mxbean", true)).close();
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    TmpFileSystems.open("refused", Map.of()).close(); // the name is free
    FileSystem kept = TmpFileSystems.open("kept", Map.of("mxbean", true));
    try {
      kept.close();
    } catch (IOException e) {
      System.out.println(e.getMessage());
    }
    System.out.println(kept.isOpen());
  }

  @Override
  public MBeanServer newMBeanServer(
      String domain, MBeanServer outer, MBeanServerDelegate delegate) {
    MBeanServer below = super.newMBeanServer(domain, outer, delegate);
    return (MBeanServer)
        Proxy.newProxyInstance(
            RefusingBeans.class.getClassLoader(),
            new Class<?>[] {MBeanServer.class},
            (proxy, method, arguments) -> call(below, method, arguments));
  }

  private static @Nullable Object call(
      MBeanServer below, Method method, Object @Nullable [] arguments) throws Throwable {
    String bean = arguments == null ? "" : String.valueOf(arguments[arguments.length - 1]);
    if ((method.getName().equals("registerMBean") && bean.contains("refused"))
        || (method.getName().equals("unregisterMBean") && bean.contains("kept"))) {
      throw new MBeanRegistrationException(new IllegalStateException(bean));
    }
    try {
      return method.invoke(below, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
