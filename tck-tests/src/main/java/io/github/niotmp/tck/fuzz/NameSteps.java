package io.github.niotmp.tck.fuzz;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Steps that create, move, copy, remove and look up names. */
final class NameSteps {
  private final Place place;
  private @Nullable Path maybeRemoved;

  NameSteps(Place place) {
    this.place = place;
  }

  List<Step> steps() {
    return List.of(
        changing(this::createDirectory),
        changing(this::createDirectory),
        changing(this::createDirectory),
        changing(this::createDirectory),
        changing(this::createDirectories),
        changing(this::createDirectories),
        changing(this::createFile),
        changing(this::delete),
        changing(this::deleteIfExists),
        changing(this::createSymbolicLink),
        changing(this::createSymbolicLink),
        changing(this::createLink),
        changing(this::createLink),
        changing(draw -> move(draw)),
        changing(draw -> move(draw)),
        changing(draw -> move(draw, ATOMIC_MOVE)),
        changing(draw -> move(draw, REPLACE_EXISTING)),
        changing(draw -> move(draw, REPLACE_EXISTING)),
        changing(draw -> copy(draw)),
        changing(draw -> copy(draw, COPY_ATTRIBUTES)),
        changing(draw -> copy(draw, NOFOLLOW_LINKS)),
        changing(draw -> copy(draw, REPLACE_EXISTING)),
        changing(draw -> copy(draw, REPLACE_EXISTING, COPY_ATTRIBUTES, NOFOLLOW_LINKS)),
        looking(this::toRealPath),
        looking(this::toRealPathUnfollowed),
        looking(this::readSymbolicLink),
        looking(this::isSameFile),
        looking(this::list),
        looking(this::listMatching),
        looking(draw -> walk(draw)),
        looking(draw -> walk(draw, FileVisitOption.FOLLOW_LINKS)));
  }

  private static Step changing(Step.Action action) {
    return new Step(Step.Part.NAMES, true, action);
  }

  private static Step looking(Step.Action action) {
    return new Step(Step.Part.NAMES, false, action);
  }

  /**
   * Returns the target of the last step if that was a replacement that failed, which may have
   * removed it.
   */
  @Nullable Path maybeRemoved() {
    return maybeRemoved;
  }

  /** Forgets the target of the last step. */
  void forget() {
    maybeRemoved = null;
  }

  private String createDirectory(Draw draw) {
    String path = draw.path();
    return place.tell("directory " + path, () -> name(Files.createDirectory(place.at(path))));
  }

  private String createDirectories(Draw draw) {
    String path = draw.path();
    return place.tell("directories " + path, () -> name(Files.createDirectories(place.at(path))));
  }

  private String createFile(Draw draw) {
    String path = draw.path();
    return place.tell("create " + path, () -> name(Files.createFile(place.at(path))));
  }

  private String delete(Draw draw) {
    String path = draw.path();
    return place.tell(
        "delete " + path,
        () -> {
          Files.delete(place.at(path));
          return "";
        });
  }

  private String deleteIfExists(Draw draw) {
    String path = draw.path();
    return place.tell("delete if there " + path, () -> Files.deleteIfExists(place.at(path)));
  }

  private String createSymbolicLink(Draw draw) {
    String path = draw.path();
    Path target = place.root().getFileSystem().getPath(draw.plainPath());
    return place.tell(
        "symbolic link " + path + " to " + target,
        () -> name(Files.createSymbolicLink(place.at(path), target)));
  }

  private String createLink(Draw draw) {
    String path = draw.path();
    String existing = draw.path();
    return place.tell(
        "link " + path + " to " + existing,
        () -> name(Files.createLink(place.at(path), place.at(existing))));
  }

  private String move(Draw draw, StandardCopyOption... options) {
    String source = draw.path();
    String target = draw.path();
    return transfer(
        "move " + source + " to " + target + " " + Arrays.toString(options),
        place.at(target),
        Arrays.asList(options).contains(REPLACE_EXISTING),
        () -> Files.move(place.at(source), place.at(target), options));
  }

  private String copy(Draw draw, CopyOption... options) {
    String source = draw.path();
    String target = draw.path();
    return transfer(
        "copy " + source + " to " + target + " " + Arrays.toString(options),
        place.at(target),
        Arrays.asList(options).contains(REPLACE_EXISTING),
        () -> Files.copy(place.at(source), place.at(target), options));
  }

  private String transfer(String what, Path target, boolean replaces, Place.Operation transfer) {
    return place.tell(
        what,
        () -> {
          maybeRemoved = replaces ? target : null;
          transfer.run();
          maybeRemoved = null;
          return "";
        });
  }

  private String toRealPath(Draw draw) {
    String path = draw.path();
    return place.tell("real " + path, () -> place.at(path).toRealPath());
  }

  private String toRealPathUnfollowed(Draw draw) {
    String path = draw.path();
    return place.tell("real, unfollowed " + path, () -> place.at(path).toRealPath(NOFOLLOW_LINKS));
  }

  private String readSymbolicLink(Draw draw) {
    String path = draw.path();
    return place.tell("read link " + path, () -> Files.readSymbolicLink(place.at(path)));
  }

  private String isSameFile(Draw draw) {
    String path = draw.path();
    String other = draw.path();
    return place.tell(
        "same " + path + " and " + other, () -> Files.isSameFile(place.at(path), place.at(other)));
  }

  private String list(Draw draw) {
    String path = draw.path();
    return place.tell(
        "list " + path,
        () -> {
          try (Stream<Path> entries = Files.list(place.at(path))) {
            return sorted(entries);
          }
        });
  }

  private String listMatching(Draw draw) {
    String path = draw.path();
    String glob = draw.of(List.of("[a-b]", "{b,l}", "?", "*c", "x*"));
    return place.tell(
        "list " + path + " " + glob,
        () -> {
          List<String> names = new ArrayList<>();
          try (DirectoryStream<Path> entries = Files.newDirectoryStream(place.at(path), glob)) {
            entries.forEach(entry -> names.add(name(entry)));
          }
          return names.stream().sorted().toList();
        });
  }

  private String walk(Draw draw, FileVisitOption... options) {
    String path = draw.path();
    return place.tell(
        "walk " + path + " " + Arrays.toString(options),
        () -> {
          try (Stream<Path> found = Files.walk(place.at(path), options)) {
            return sorted(found);
          }
        });
  }

  private static List<String> sorted(Stream<Path> paths) {
    return paths.map(NameSteps::name).sorted().toList();
  }

  static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
