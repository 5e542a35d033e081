package io.github.niotmp.tck.security;

import io.github.niotmp.SystemTemp;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.security.Provider;
import java.security.SecureRandomSpi;
import java.security.Security;
import java.util.concurrent.atomic.AtomicLong;

/** Prints two names and the bytes that were asked of {@code SecureRandom} for each. */
final class NamesOfOurRandom {
  /** The bytes of the source are 0 to this, less one, again and again. */
  static final int CYCLE = 7;

  private static final AtomicLong ASKED = new AtomicLong();

  private NamesOfOurRandom() {}

  public static void main(String[] arguments) throws IOException {
    Security.insertProviderAt(new Counting(), 1);
    SystemTemp.setDirectory(Path.of(arguments[0]));
    TempOptions onDisk = TempOptions.defaults().directory(Path.of(arguments[0]));
    long before = ASKED.get();
    try (TempFile file = TempFile.create(onDisk)) {
      print(file.path(), ASKED.get() - before);
    }
    before = ASKED.get();
    try (TempDirectory directory = TempDirectory.create(onDisk)) {
      print(directory.path(), ASKED.get() - before);
    }
  }

  private static void print(Path made, long bytes) {
    System.out.println(made.getFileName() + " " + bytes);
  }

  /** Stands before the JDK's providers. */
  @SuppressWarnings("serial") // never written
  private static final class Counting extends Provider {
    Counting() {
      super("Counting", "1", "counts what is asked for");
      put("SecureRandom.Counting", Source.class.getName());
    }
  }

  /** A source of which all is known. */
  @SuppressWarnings("serial") // never written
  public static final class Source extends SecureRandomSpi {
    public Source() {}

    @Override
    protected void engineSetSeed(byte[] seed) {
      // stays as it is
    }

    @Override
    protected void engineNextBytes(byte[] bytes) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] = (byte) (ASKED.getAndIncrement() % CYCLE);
      }
    }

    @Override
    protected byte[] engineGenerateSeed(int length) {
      return new byte[length];
    }
  }
}
