package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Steps in one directory, any of which may be refused, and the files that are there if one believes
 * what was said of each step.
 */
final class Work {
  /** In every path below a host volume, and so in none that its users know. */
  private static final String HOST_TREE = "/tree-";

  private final Path root;
  private final String reason;
  private final Map<String, byte @Nullable []> files = new LinkedHashMap<>();
  private final Random random = new Random(1);
  private boolean refused;

  /**
   * Starts in an empty directory.
   *
   * @param reason what those that are refused have to say
   */
  Work(Path root, String reason) {
    this.root = root;
    this.reason = reason;
  }

  /** One call, or some that stand for one. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  Path path(String name) {
    return root.resolve(name);
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Returns what the file holds, or null if there is none. */
  byte @Nullable [] of(String name) {
    return files.get(name);
  }

  /** Returns what the file holds, or no bytes. */
  byte[] bytesOf(String name) {
    byte[] bytes = of(name);
    return bytes == null ? new byte[0] : bytes;
  }

  boolean has(String name) {
    return of(name) != null;
  }

  /** Does a step that leaves all files as they are; returns whether it was done. */
  boolean attempt(Step step) throws IOException {
    try {
      step.run();
      return true;
    } catch (DirectoryIteratorException e) {
      check(Objects.requireNonNull(e.getCause()));
      return false;
    } catch (IOException e) {
      check(e);
      return false;
    }
  }

  /**
   * Does a step that leaves {@code after} in a file, or no file if that is null. If it is refused,
   * there is what was there before, or what would be there after.
   */
  void change(String name, byte @Nullable [] after, Step step) throws IOException {
    change(name, after, step, (before, found) -> false);
  }

  /** Does the same, but if it is refused there may also be what {@code partly} says. */
  void change(
      String name,
      byte @Nullable [] after,
      Step step,
      BiPredicate<byte @Nullable [], byte @Nullable []> partly)
      throws IOException {
    byte[] before = of(name);
    byte[] left = after;
    if (!attempt(step)) {
      left = read(name);
      boolean expected =
          Arrays.equals(left, before) || Arrays.equals(left, after) || partly.test(before, left);
      assertThat(expected).as("what the refused step has left of %s", name).isTrue();
    }
    files.put(name, left);
  }

  /**
   * Takes what is there of a file after a step that was refused and may have done anything to it.
   */
  void accept(String name) throws IOException {
    files.put(name, read(name));
  }

  private byte @Nullable [] read(String name) throws IOException {
    return Files.exists(path(name)) ? Files.readAllBytes(path(name)) : null;
  }

  /** Says whether any step was refused. */
  boolean wasRefused() {
    return refused;
  }

  /** Checks what a refused step says. */
  private void check(IOException refusal) {
    refused = true;
    if (refusal instanceof ClosedByInterruptException) {
      assertThat(Thread.interrupted()).isTrue();
    } else {
      assertThat(refusal).isInstanceOf(FileSystemException.class);
      assertThat(((FileSystemException) refusal).getFile()).isNotEmpty().doesNotContain(HOST_TREE);
      checkReason(refusal, reason);
    }
  }

  /** Checks that a refusal says why. */
  static void checkReason(IOException refusal, String reason) {
    if (!(refusal instanceof AccessDeniedException)) { // which says it itself
      assertThat(refusal).hasMessageContaining(reason);
    }
  }

  /** Checks that all that was acknowledged is there, and nothing else. */
  void check() throws IOException {
    for (Map.Entry<String, byte @Nullable []> file : files.entrySet()) {
      assertThat(read(file.getKey())).as(file.getKey()).isEqualTo(file.getValue());
    }
  }

  /** Deletes all files. */
  void clear() throws IOException {
    for (String name : files.keySet()) {
      Files.deleteIfExists(path(name));
    }
  }
}
