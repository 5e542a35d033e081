package io.github.niotmp.command;

import java.io.IOException;
import picocli.CommandLine.IVersionProvider;

/** The versions of the command, of Java and of the system, for bug reports. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() throws IOException {
    return new String[] {
      JsonOptions.resource("version.txt"),
      "Java "
          + System.getProperty("java.runtime.version")
          + ", "
          + System.getProperty("java.vendor"),
      System.getProperty("os.name")
          + " "
          + System.getProperty("os.version")
          + ", "
          + System.getProperty("os.arch")
    };
  }
}
