package io.github.niotmp.command.jvm;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import com.sun.tools.attach.VirtualMachineDescriptor;
import io.github.niotmp.TmpFileAttributes.Storage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.jspecify.annotations.Nullable;

/**
 * A connection to the MBeans of a running JVM of this machine. It starts the management agent
 * there, which listens on a local port for this user, and stays until that JVM ends.
 */
public final class ObservedJvm implements Closeable {
  private static final String BEANS = "io.github.niotmp:type=FileSystem,*";

  /** The remedy for a wrong process ID. */
  private static final String JPS = "; 'jps -l' lists the JVMs of this user";

  /** The bit of SIGQUIT in a mask of signals. */
  private static final int QUIT = 1 << 2;

  /**
   * The most files that a search for those in one storage looks through, because the observed JVM
   * sorts and sends them at each refresh.
   */
  static final int MOST_SEARCHED = 65_536;

  /** A JVM closes its connections just before its process ends. */
  private static final long SECONDS_TO_END = 2;

  private final ProcessHandle process;
  private final Closeable connection;
  private final MBeanServerConnection server;

  ObservedJvm(ProcessHandle process, Closeable connection, MBeanServerConnection server) {
    this.process = process;
    this.connection = connection;
    this.server = server;
  }

  /**
   * Connects to a process.
   *
   * @throws IOException if it is no JVM that this user may attach to; the message is one line
   */
  public static ObservedJvm attach(long pid) throws IOException {
    ProcessHandle process =
        ProcessHandle.of(pid).orElseThrow(() -> new IOException("no process " + pid + JPS));
    checkUser(process);
    checkJvm(pid);
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(pid));
      String url;
      try {
        url = machine.startLocalManagementAgent();
      } finally {
        machine.detach();
      }
      return connect(process, new JMXServiceURL(url));
    } catch (AttachNotSupportedException e) {
      throw cannotAttach(
          pid, firstLine(e) + "; a JVM with -XX:+DisableAttachMechanism must start without it", e);
    } catch (IOException e) {
      throw cannotAttach(pid, firstLine(e), e);
    }
  }

  @SuppressWarnings("BanJNDI") // the URL is that of the agent that the caller has started
  private static ObservedJvm connect(ProcessHandle process, JMXServiceURL agent)
      throws IOException {
    JMXConnector connector = JMXConnectorFactory.connect(agent);
    try {
      return new ObservedJvm(process, connector, connector.getMBeanServerConnection());
    } catch (Throwable e) {
      connector.close();
      throw e;
    }
  }

  private static IOException cannotAttach(long pid, String reason, Exception cause) {
    return new IOException("cannot attach to process " + pid + ": " + reason, cause);
  }

  private static void checkUser(ProcessHandle process) throws IOException {
    Optional<String> self = ProcessHandle.current().info().user();
    Optional<String> owner = process.info().user();
    boolean mayAttach =
        owner.isEmpty() || owner.equals(self) || self.filter("root"::equals).isPresent();
    if (!mayAttach) {
      throw new IOException(
          "process " + process.pid() + " is of user " + owner.get() + "; run nio-tmp as that user");
    }
  }

  /**
   * Checks that the process handles SIGQUIT, with which an attachment begins and which ends other
   * processes.
   */
  private static void checkJvm(long pid) throws IOException {
    boolean listed =
        VirtualMachine.list().stream()
            .map(VirtualMachineDescriptor::id)
            .anyMatch(Long.toString(pid)::equals);
    if (!listed && !handlesQuit(pid)) {
      throw new IOException(
          "process " + pid + " is no JVM, or one that allows no attachment" + JPS);
    }
  }

  private static boolean handlesQuit(long pid) throws IOException {
    try {
      return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
          .filter(line -> line.startsWith("SigCgt:"))
          .map(line -> line.substring(line.length() - 8))
          .anyMatch(mask -> (Long.parseLong(mask, 16) & QUIT) != 0);
    } catch (NoSuchFileException e) {
      return false; // not Linux
    }
  }

  private static String firstLine(Exception e) {
    String message = e.getMessage() == null ? e.toString() : e.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  /**
   * Reads the file systems that have an MBean, by name.
   *
   * @param largest how many of the largest files of each to list
   * @param in where the bytes of the listed files are; null for any place
   * @param handles whether to list the open handles of each
   * @throws IOException if the process has ended, or its beans are not those of file systems
   */
  public List<ObservedFileSystem> fileSystems(int largest, @Nullable Storage in, boolean handles)
      throws IOException {
    try {
      List<ObservedFileSystem> found = new ArrayList<>();
      for (ObjectName bean : server.queryNames(new ObjectName(BEANS), null)) {
        try {
          found.add(read(bean, largest, in, handles));
        } catch (InstanceNotFoundException e) {
          // the file system was closed meanwhile
        } catch (RuntimeMBeanException e) {
          if (!(e.getCause() instanceof ClosedFileSystemException)) {
            throw e;
          }
        }
      }
      found.sort(Comparator.comparing(ObservedFileSystem::name));
      return found;
    } catch (JMException | RuntimeException e) {
      throw new IOException("the beans cannot be read: " + firstLine(e), e);
    }
  }

  private ObservedFileSystem read(
      ObjectName bean, int largest, @Nullable Storage in, boolean handles)
      throws JMException, IOException {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> names = new ArrayList<>(ObservedFileSystem.NAMES.values());
    names.add(ObservedFileSystem.SETTINGS);
    server
        .getAttributes(bean, names.toArray(String[]::new))
        .asList()
        .forEach(attribute -> values.put(attribute.getName(), attribute.getValue()));
    return new ObservedFileSystem(
        values,
        largest == 0 ? List.of() : largest(bean, largest, in),
        handles ? lines(bean, "openHandles", Map.of()) : List.of());
  }

  /**
   * Lists the largest files in a storage. The operation of the bean takes none, so this method asks
   * for more and more files of all storages until enough of them match, or until it has looked
   * through {@link #MOST_SEARCHED}.
   */
  private List<String> largest(ObjectName bean, int largest, @Nullable Storage in)
      throws JMException, IOException {
    for (int asked = largest; ; asked = Math.min(16 * asked, MOST_SEARCHED)) {
      List<String> lines = lines(bean, "largestFiles", Map.of(int.class.getName(), asked));
      List<String> matching =
          lines.stream()
              .filter(line -> in == null || in.name().equals(ObservedFileSystem.storage(line)))
              .limit(largest)
              .toList();
      if (matching.size() == largest || lines.size() < asked || asked >= MOST_SEARCHED) {
        return matching;
      }
    }
  }

  /** Calls an operation that returns lines; {@code argument} has the type and the value. */
  private List<String> lines(ObjectName bean, String operation, Map<String, Object> argument)
      throws JMException, IOException {
    Object lines =
        server.invoke(
            bean, operation, argument.values().toArray(), argument.keySet().toArray(String[]::new));
    return ObservedFileSystem.lines(operation, lines);
  }

  /** Returns whether the process has ended, after it has had a moment to do so. */
  public boolean hasEnded() throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_END);
    while (process.isAlive() && System.nanoTime() - deadline < 0) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    return !process.isAlive();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      // the process has ended
    }
  }
}
