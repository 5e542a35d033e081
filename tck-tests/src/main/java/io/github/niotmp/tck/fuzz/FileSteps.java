package io.github.niotmp.tck.fuzz;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.List;
import java.util.Objects;

/** Steps that open a file for one call, and steps that read or set its attributes. */
final class FileSteps {
  private final Place place;

  FileSteps(Place place) {
    this.place = place;
  }

  List<Step> steps() {
    return List.of(
        new Step(Step.Part.BYTES, true, this::write),
        new Step(Step.Part.BYTES, true, this::write),
        new Step(Step.Part.BYTES, true, this::append),
        new Step(Step.Part.BYTES, false, this::read),
        new Step(Step.Part.FILES, false, this::skipAndRead),
        new Step(Step.Part.BYTES, false, this::mismatch),
        new Step(Step.Part.BYTES, false, this::kind),
        new Step(Step.Part.NAMES, true, this::setModified),
        new Step(Step.Part.NAMES, true, this::setTimes),
        new Step(Step.Part.PERMISSIONS, true, this::setPermissions),
        new Step(Step.Part.NAMES, false, this::access),
        new Step(Step.Part.USER_ATTRIBUTES, true, this::setUserAttribute),
        new Step(Step.Part.USER_ATTRIBUTES, true, this::deleteUserAttribute));
  }

  private String write(Draw draw) {
    String path = draw.path();
    byte[] bytes = draw.bytes();
    return place.tell("write " + path, () -> NameSteps.name(Files.write(place.at(path), bytes)));
  }

  private String append(Draw draw) {
    String path = draw.path();
    byte[] bytes = draw.bytes();
    return place.tell(
        "append to " + path,
        () -> {
          try (OutputStream stream =
              Files.newOutputStream(
                  place.at(path), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            stream.write(bytes, 0, bytes.length / 2);
            stream.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
          }
          return bytes.length;
        });
  }

  private String read(Draw draw) {
    String path = draw.path();
    return place.tell(
        "read " + path,
        () -> {
          Path file = place.at(path);
          return isDirectory(file) ? "directory" : Place.digest(Files.readAllBytes(file));
        });
  }

  private String skipAndRead(Draw draw) {
    String path = draw.path();
    long skipped = draw.position();
    return place.tell(
        "skip " + skipped + " of " + path,
        () -> {
          Path file = place.at(path);
          if (isDirectory(file)) {
            return "directory";
          }
          try (InputStream stream = Files.newInputStream(file)) {
            return stream.skip(skipped) + " " + stream.read() + " " + stream.available();
          }
        });
  }

  private String mismatch(Draw draw) {
    String path = draw.path();
    String other = draw.path();
    return place.tell(
        "mismatch of " + path + " and " + other,
        () ->
            isDirectory(place.at(path)) || isDirectory(place.at(other))
                ? "directory"
                : Files.mismatch(place.at(path), place.at(other)));
  }

  /** Says whether a path is a directory: providers refuse it at the open or at the first read. */
  static boolean isDirectory(Path path) {
    return Files.isDirectory(path);
  }

  private String kind(Draw draw) {
    String path = draw.path();
    return place.tell(
        "kind of " + path,
        () -> {
          BasicFileAttributes kind =
              Files.readAttributes(place.at(path), BasicFileAttributes.class);
          return kind.isRegularFile() + " " + kind.isDirectory() + " " + kind.isOther();
        });
  }

  private String setModified(Draw draw) {
    String path = draw.path();
    FileTime time = draw.time();
    return place.tell(
        "modified " + path, () -> NameSteps.name(Files.setLastModifiedTime(place.at(path), time)));
  }

  private String setTimes(Draw draw) {
    String path = draw.path();
    FileTime modified = draw.time();
    FileTime accessed = draw.time();
    return place.tell(
        "times of " + path,
        () -> {
          BasicFileAttributeView view =
              Files.getFileAttributeView(place.at(path), BasicFileAttributeView.class);
          view.setTimes(modified, accessed, null);
          return view.readAttributes().lastAccessTime();
        });
  }

  private String setPermissions(Draw draw) {
    String path = draw.path();
    String permissions = draw.permissions();
    return place.tell(
        "permissions " + permissions + " of " + path,
        () ->
            NameSteps.name(
                Files.setPosixFilePermissions(
                    place.at(path), PosixFilePermissions.fromString(permissions))));
  }

  private String access(Draw draw) {
    String path = draw.path();
    return place.tell(
        "access to " + path,
        () ->
            Files.exists(place.at(path))
                + " "
                + Files.isReadable(place.at(path))
                + " "
                + Files.isWritable(place.at(path))
                + " "
                + Files.isExecutable(place.at(path)));
  }

  private String setUserAttribute(Draw draw) {
    String path = draw.path();
    String name = draw.of(List.of("x", "y"));
    byte[] value = new byte[draw.below(100)];
    return place.tell(
        "attribute " + name + " of " + path, () -> view(path).write(name, ByteBuffer.wrap(value)));
  }

  private String deleteUserAttribute(Draw draw) {
    String path = draw.path();
    String name = draw.of(List.of("x", "y"));
    return place.tell(
        "no attribute " + name + " of " + path,
        () -> {
          view(path).delete(name);
          return "";
        });
  }

  private UserDefinedFileAttributeView view(String path) throws IOException {
    return Objects.requireNonNull(
        Files.getFileAttributeView(place.at(path), UserDefinedFileAttributeView.class));
  }
}
