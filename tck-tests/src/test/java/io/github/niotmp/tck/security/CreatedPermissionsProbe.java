package io.github.niotmp.tck.security;

import io.github.niotmp.TmpFileSystems;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Prints the modes that files and directories get at creation, for each kind of storage. */
public final class CreatedPermissionsProbe {
  private static final Set<PosixFilePermission> ALL = EnumSet.allOf(PosixFilePermission.class);
  private static final FileAttribute<?> FOR_ALL = PosixFilePermissions.asFileAttribute(ALL);

  private CreatedPermissionsProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    Path host = Path.of(arguments[0]);
    String here = host.toString();
    try (FileSystem spooled = TmpFileSystems.open(Map.of("directory", here));
        FileSystem tree = TmpFileSystems.open(Map.of("storage", "host", "directory", here))) {
      sayAll("default provider", Files.createDirectory(host.resolve("plain")));
      sayAll("spooled", spooled.getPath("/"));
      sayAll("host", tree.getPath("/"));
      sayOfOurs("spooled", spooled.getPath("/"));
      sayOfOurs("host", tree.getPath("/"));
    }
  }

  private static void sayAll(String provider, Path directory) throws IOException {
    Path opened = directory.resolve("opened");
    Set<StandardOpenOption> creating =
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    Files.newByteChannel(opened, creating, FOR_ALL).close();
    Path source = Files.setPosixFilePermissions(Files.createFile(directory.resolve("s")), ALL);
    say(
        provider + ", asked for rwxrwxrwx",
        Files.createFile(directory.resolve("file"), FOR_ALL),
        opened,
        Files.createTempFile(directory, "t", "", FOR_ALL),
        Files.createDirectory(directory.resolve("directory"), FOR_ALL),
        Files.createTempDirectory(directory, "t", FOR_ALL),
        Files.copy(source, directory.resolve("copy")));
    say(provider + ", changed later", source);
  }

  private static void sayOfOurs(String storage, Path directory) throws IOException {
    say(
        storage + ", not asked",
        Files.createFile(directory.resolve("plain file")),
        Files.createTempFile(directory, "t", ""),
        Files.createDirectory(directory.resolve("plain")),
        Files.createTempDirectory(directory, "t"));
    Path sticky = Files.createDirectory(directory.resolve("sticky"));
    Files.setAttribute(sticky, "unix:mode", 01777);
    say(storage + ", copied from 1777", Files.copy(sticky, directory.resolve("copy of sticky")));
  }

  private static void say(String what, Path... made) throws IOException {
    StringBuilder line = new StringBuilder(what).append(':');
    for (Path path : made) {
      int mode = (Integer) Files.getAttribute(path, "unix:mode");
      line.append(' ').append(Integer.toOctalString(mode & 07777));
    }
    System.out.println(line);
  }
}
