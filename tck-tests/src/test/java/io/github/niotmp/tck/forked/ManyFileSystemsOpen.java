package io.github.niotmp.tck.forked;

import io.github.niotmp.TmpFileSystems;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Keeps many file systems open, each with one file of 100 KiB that has left the memory. */
public final class ManyFileSystemsOpen {
  private static final int LENGTH = 100 << 10;

  private ManyFileSystemsOpen() {}

  /**
   * Takes the directory to spill to, the number of file systems, and the memory budget of each.
   * Prints the most descriptors that the process had, and the heap that one file system takes.
   */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    Map<String, Object> settings = Map.of("directory", arguments[0], "memoryBudget", arguments[2]);
    List<FileSystem> all = new ArrayList<>(count);
    byte[] bytes = new byte[LENGTH];
    long before = used();
    for (int i = 0; i < count; i++) {
      FileSystem made = TmpFileSystems.open(settings);
      all.add(made);
      Arrays.fill(bytes, (byte) i);
      Files.write(made.getPath("/file"), bytes);
    }
    long each = (used() - before) / count;
    int descriptors = descriptors();
    for (int i = 0; i < count; i++) {
      Path file = all.get(i).getPath("/file");
      Arrays.fill(bytes, (byte) i);
      if (!Arrays.equals(Files.readAllBytes(file), bytes)) {
        throw new IllegalStateException("not as written: file " + i);
      }
    }
    for (FileSystem open : all) {
      open.close();
    }
    System.out.println("descriptors " + descriptors + ", left " + spillFiles(arguments[0]));
    System.out.println("heap " + each);
  }

  private static long used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static int descriptors() {
    String[] open = new File("/proc/self/fd").list();
    return open == null ? 0 : open.length;
  }

  private static long spillFiles(String directory) throws IOException {
    long count = 0;
    File[] descriptors = new File("/proc/self/fd").listFiles();
    for (File descriptor : descriptors == null ? new File[0] : descriptors) {
      Path link = descriptor.toPath();
      if (Files.isSymbolicLink(link) && Files.readSymbolicLink(link).startsWith(directory)) {
        count++;
      }
    }
    return count;
  }
}
