package io.github.niotmp.tck.permission;

import java.io.IOException;
import java.net.URI;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tries each operation under each set of the owner's permission bits and under some of others, on
 * the disk and in {@code tmp:} file systems of both kinds, and prints where they differ. Runs
 * without anything but the provider, since it runs as a user who may not read much else.
 */
public final class PermissionProbe {
  private static final String[] BITS = {
    "---------",
    "--x------",
    "-w-------",
    "-wx------",
    "r--------",
    "r-x------",
    "rw-------",
    "---r-x-wx"
  };

  private interface Operation {
    void on(Path directory) throws IOException;
  }

  private PermissionProbe() {}

  /** Expects the path of a directory that can be written to. */
  public static void main(String[] arguments) throws IOException {
    Path onDisk = Path.of(arguments[0]);
    List<String> differences = new ArrayList<>();
    try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://probe"), Map.of())) {
      differences.addAll(differences(onDisk, tmp.getPath("/")));
    }
    Path directory = Files.createDirectory(onDisk.resolve("host"));
    Map<String, ?> host = Map.of("storage", "host", "directory", directory);
    try (FileSystem tmp = FileSystems.newFileSystem(URI.create("tmp://probe"), host)) {
      differences(onDisk, tmp.getPath("/"))
          .forEach(line -> differences.add("on the host: " + line));
    }
    differences.forEach(System.out::println);
    System.out.println("done");
  }

  /** Returns a line for each operation that has another outcome in {@code tested}. */
  static List<String> differences(Path oracle, Path tested) throws IOException {
    List<String> differences = new ArrayList<>();
    for (Map.Entry<String, Operation> operation : operations().entrySet()) {
      for (String bits : BITS) {
        for (String restricted : new String[] {"d", "d/file", "d/sub"}) {
          String expected = outcome(oracle, restricted, bits, operation.getValue());
          String actual = outcome(tested, restricted, bits, operation.getValue());
          if (!expected.equals(actual)) {
            differences.add(
                String.join(
                    " ",
                    operation.getKey(),
                    restricted,
                    bits,
                    "expected",
                    expected,
                    "was",
                    actual));
          }
        }
      }
    }
    return differences;
  }

  private static Map<String, Operation> operations() {
    Map<String, Operation> all = new LinkedHashMap<>();
    all.put("read", d -> Files.readAllBytes(d.resolve("file")));
    all.put("write", d -> Files.newOutputStream(d.resolve("file")).close());
    all.put("append", d -> open(d.resolve("file"), StandardOpenOption.APPEND));
    all.put(
        "readWrite",
        d -> open(d.resolve("file"), StandardOpenOption.READ, StandardOpenOption.WRITE));
    all.put("create", d -> Files.createFile(d.resolve("new")));
    all.put("createBelow", d -> Files.createFile(d.resolve("sub/new")));
    all.put("mkdir", d -> Files.createDirectory(d.resolve("new")));
    all.put("symlink", d -> Files.createSymbolicLink(d.resolve("new"), d));
    all.put("link", d -> Files.createLink(d.resolve("new"), d.resolve("file")));
    all.put("linkToDirectory", d -> Files.createLink(d.resolve("new"), d.resolve("sub")));
    all.put("delete", d -> Files.delete(d.resolve("file")));
    all.put("deleteMissing", d -> Files.delete(d.resolve("missing")));
    all.put("rmdir", d -> Files.delete(d.resolve("sub")));
    all.put("list", PermissionProbe::list);
    all.put("listBelow", d -> list(d.resolve("sub")));
    all.put("statListed", PermissionProbe::statListed);
    all.put("listFile", d -> list(d.resolve("file")));
    all.put("listThroughFile", d -> list(d.resolve("file/x")));
    all.put("listFileFromAStream", d -> listFrom(d, "file"));
    all.put("watch", PermissionProbe::watch);
    all.put("watchBelow", d -> watch(d.resolve("sub")));
    all.put("statThrough", d -> Files.readAttributes(d.resolve("sub/../file"), "*"));
    all.put("stat", d -> Files.readAttributes(d.resolve("file"), "*"));
    all.put("statBelow", d -> Files.readAttributes(d.resolve("sub/."), "*"));
    all.put("statMissing", d -> Files.readAttributes(d.resolve("missing"), "*"));
    all.put("rename", d -> Files.move(d.resolve("file"), d.resolve("new")));
    all.put("renameOut", d -> Files.move(d.resolve("file"), d.resolveSibling("out")));
    all.put("renameIn", d -> Files.move(d.resolveSibling("outside"), d.resolve("in")));
    all.put(
        "replace",
        d ->
            Files.move(
                d.resolveSibling("outside"),
                d.resolve("file"),
                StandardCopyOption.REPLACE_EXISTING));
    all.put("copy", d -> Files.copy(d.resolve("file"), d.resolveSibling("copy")));
    all.put("copyOver", d -> replace(d.resolve("file"), d.resolveSibling("outside")));
    if (Runtime.version().feature()
        >= 21) { // Java 17 deletes the target before it opens the source
      all.put("copyOverFull", d -> replace(d.resolve("file"), full(d.resolveSibling("full"))));
    }
    all.put("copyIn", d -> Files.copy(d.resolveSibling("outside"), d.resolve("copy")));
    all.put(
        "chmod",
        d ->
            Files.setPosixFilePermissions(
                d.resolve("file"), PosixFilePermissions.fromString("rwx------")));
    all.put("touch", d -> Files.setLastModifiedTime(d.resolve("file"), FileTime.fromMillis(0)));
    all.put("setXattr", d -> Files.setAttribute(d.resolve("file"), "user:a", new byte[1]));
    all.put("setXattrOfNoName", d -> Files.setAttribute(d.resolve("file"), "user:", new byte[1]));
    all.put(
        "setLargeXattr", d -> Files.setAttribute(d.resolve("file"), "user:a", new byte[100_000]));
    all.put("deleteXattr", d -> deleteAttribute(d.resolve("file")));
    all.put("listXattr", d -> Files.readAttributes(d.resolve("file"), "user:*"));
    all.put("chown", d -> Files.setAttribute(d.resolve("file"), "unix:uid", 1));
    all.put("chownToOneself", d -> chownToOneself(d.resolve("file")));
    all.put("chgrp", d -> Files.setAttribute(d.resolve("file"), "unix:gid", 1));
    all.put("realPath", d -> Files.readString(d.resolve("./file").toRealPath()));
    all.put(
        "deleteOnClose",
        d -> {
          open(d.resolve("file"), StandardOpenOption.DELETE_ON_CLOSE);
          throw new IOException("stays: " + Files.exists(d.resolve("file")));
        });
    all.put(
        "access",
        d -> {
          Path file = d.resolve("file");
          throw new IOException(
              Files.exists(file)
                  + " "
                  + Files.notExists(file)
                  + " "
                  + Files.isReadable(file)
                  + " "
                  + Files.isWritable(file)
                  + " "
                  + Files.isExecutable(file));
        });
    if (Runtime.version().feature() <= 17) {
      // JDK 25 names one path where it could not rename a directory, and opens one to copy it
      all.put("renameDirectoryOut", d -> Files.move(d.resolve("sub"), d.resolveSibling("out")));
      all.put(
          "copyDirectoryWithAttributes",
          d -> Files.copy(d, d.resolveSibling("copy"), StandardCopyOption.COPY_ATTRIBUTES));
    }
    return all;
  }

  private static void list(Path directory) throws IOException {
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      listing.forEach(entry -> {});
    }
  }

  private static void listFrom(Path directory, String name) throws IOException {
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      ((SecureDirectoryStream<Path>) listing)
          .newDirectoryStream(directory.getFileSystem().getPath(name))
          .close();
    }
  }

  private static void replace(Path source, Path target) throws IOException {
    Files.copy(source, target, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path full(Path directory) throws IOException {
    Files.createFile(Files.createDirectory(directory).resolve("in it"));
    return directory;
  }

  private static void deleteAttribute(Path file) throws IOException {
    Files.getFileAttributeView(file, UserDefinedFileAttributeView.class).delete("a");
  }

  private static void statListed(Path directory) throws IOException {
    try (DirectoryStream<Path> listing = Files.newDirectoryStream(directory)) {
      ((SecureDirectoryStream<Path>) listing)
          .getFileAttributeView(BasicFileAttributeView.class)
          .readAttributes();
    }
  }

  private static void watch(Path directory) throws IOException {
    try (WatchService service = directory.getFileSystem().newWatchService()) {
      directory.register(service, StandardWatchEventKinds.ENTRY_CREATE);
    }
  }

  private static void chownToOneself(Path file) throws IOException {
    PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
    PosixFileAttributes attributes = view.readAttributes();
    view.setOwner(attributes.owner());
    view.setGroup(attributes.group());
    throw new IOException("is " + new TreeMap<>(Files.readAttributes(file, "unix:uid,gid")));
  }

  private static void open(Path file, StandardOpenOption... options) throws IOException {
    Files.newByteChannel(file, options).close();
  }

  private static String outcome(Path base, String restricted, String bits, Operation operation)
      throws IOException {
    Path root = Files.createDirectory(base.resolve("case"));
    Path directory = Files.createDirectory(root.resolve("d"));
    Files.createFile(root.resolve("outside"));
    Files.createFile(directory.resolve("file"));
    Files.createDirectory(directory.resolve("sub"));
    Files.setPosixFilePermissions(root.resolve(restricted), PosixFilePermissions.fromString(bits));
    try {
      operation.on(directory);
      return "ok";
    } catch (FileSystemException e) {
      if (isDenial(e)) {
        return (e.getOtherFile() == null ? "denied " : "denied for two paths ")
            + e.getClass().getSimpleName();
      }
      return e.getClass().getSimpleName() + " " + e.getReason();
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } finally {
      remove(root);
    }
  }

  /** Some calls of the default provider say so in words only. */
  private static boolean isDenial(FileSystemException e) {
    return e instanceof AccessDeniedException
        || String.valueOf(e.getReason()).endsWith("Permission denied");
  }

  private static void remove(Path tree) throws IOException {
    if (Files.isDirectory(tree, LinkOption.NOFOLLOW_LINKS)) {
      Files.setPosixFilePermissions(tree, PosixFilePermissions.fromString("rwx------"));
      try (DirectoryStream<Path> children = Files.newDirectoryStream(tree)) {
        for (Path child : children) {
          remove(child);
        }
      }
    }
    Files.delete(tree);
  }
}
