package io.github.niotmp.tck.fuzz;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tree and some handles on its files. A step depends on its number alone, so the caller can leave
 * out any step.
 */
final class FuzzedTree implements Closeable {
  private final Path root;
  private final Set<Step.Part> parts;
  private final NameSteps names;
  private final HandleSteps handles;
  private final List<Step> steps = new ArrayList<>();
  private boolean changed;

  FuzzedTree(Path root, Set<Step.Part> parts) {
    Place place = new Place(root, !parts.contains(Step.Part.FILES));
    this.root = root;
    this.parts = EnumSet.copyOf(parts);
    names = new NameSteps(place);
    handles = new HandleSteps(place);
    steps.addAll(names.steps());
    steps.addAll(handles.steps());
    steps.addAll(new FileSteps(place).steps());
  }

  /** Runs a step; returns its description and outcome. */
  String step(long number) {
    Draw draw = new Draw(number, !parts.contains(Step.Part.FILES));
    Step step = draw.of(steps);
    names.forget();
    if (!parts.contains(step.part())) {
      changed = false;
      return "left out";
    }
    if (step.part() == Step.Part.PERMISSIONS
        && !parts.contains(Step.Part.MAPS_WHATEVER_MAY_BE_OPENED)) {
      parts.remove(Step.Part.MAPS);
    }
    changed = step.changes();
    return step.action().run(draw);
  }

  /** Says whether the last step may have changed the tree. */
  boolean mayHaveChanged() {
    return changed;
  }

  /** Says whether the last step was a replacement that failed. */
  boolean failedToReplace() {
    return names.maybeRemoved() != null;
  }

  /**
   * Removes the target of the last step if that was a replacement that failed, because the default
   * provider may have removed it already.
   */
  void removeWhatMayBeRemoved() throws IOException {
    Path target = names.maybeRemoved();
    if (target != null) {
      Files.deleteIfExists(target);
    }
  }

  /** Returns all names, with the kind, content and attributes of each file. */
  String tree() throws IOException {
    TreeSet<String> tree = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        tree.add(root.relativize(path) + " " + describe(path));
      }
    } catch (NoSuchFileException e) {
      return "gone";
    }
    return String.join("\n", tree);
  }

  private String describe(Path path) throws IOException {
    if (Files.isSymbolicLink(path)) {
      return "-> " + Files.readSymbolicLink(path);
    }
    String content =
        Files.isDirectory(path, NOFOLLOW_LINKS)
            ? "directory"
            : Place.digest(Files.readAllBytes(path));
    return parts.contains(Step.Part.NAMES) ? content + attributes(path) : content;
  }

  private String attributes(Path path) throws IOException {
    FileTime modified = Files.getLastModifiedTime(path);
    String permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    String names =
        Files.isDirectory(path) ? "" : ", names: " + Files.getAttribute(path, "unix:nlink");
    return names
        + ", "
        + (Draw.isDrawn(permissions) ? permissions : "permissions as created")
        + ", "
        + (Draw.isDrawn(modified) ? modified : "modified now")
        + (parts.contains(Step.Part.USER_ATTRIBUTES) ? ", " + userAttributes(path) : "");
  }

  private static @Nullable List<String> userAttributes(Path path) throws IOException {
    UserDefinedFileAttributeView view =
        Files.getFileAttributeView(path, UserDefinedFileAttributeView.class);
    return view.list().stream().sorted().toList();
  }

  /** Closes the handles and removes the tree. */
  @Override
  public void close() throws IOException {
    handles.close();
    List<Path> paths;
    try (Stream<Path> walk = Files.walk(root)) {
      paths = new ArrayList<>(walk.toList());
    } catch (NoSuchFileException e) {
      return; // a step removed the tree
    }
    Collections.reverse(paths);
    for (Path path : paths) {
      Path parent = Objects.requireNonNull(path.getParent());
      if (parts.contains(Step.Part.NAMES) && !Files.isWritable(parent)) {
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx------"));
      }
      Files.delete(path);
    }
  }
}
