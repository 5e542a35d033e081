package io.github.niotmp.tck.forked;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints by how many bytes the heap has grown after so many cycles. */
final class CreateAndClose {
  private static final int SETTLING = 20_000;
  private static final int COLLECTIONS = 5;

  private CreateAndClose() {}

  public static void main(String[] arguments) throws Exception {
    TempOptions onDisk = TempOptions.defaults().directory(Path.of(arguments[1]));
    cycles(SETTLING, onDisk);
    long before = used();
    cycles(Integer.parseInt(arguments[0]), onDisk);
    System.out.println(used() - before);
  }

  private static void cycles(int count, TempOptions onDisk) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(100);
    for (int i = 0; i < count; i++) {
      switch (i % 3) {
        case 0 -> {
          try (TempFile file = TempFile.create()) {
            file.channel().write(bytes.clear());
          }
        }
        case 1 -> {
          try (TempFile file = TempFile.createUnnamed()) {
            file.newOutputStream().write(1);
          }
        }
        default -> {
          try (TempDirectory directory = TempDirectory.create()) {
            Files.createFile(directory.resolve("a"));
          }
        }
      }
      if (i % 1000 == 0) {
        TempFile.create(onDisk).close();
        TempDirectory.create(onDisk).close();
      }
    }
  }

  private static long used() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
