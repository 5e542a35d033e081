package io.github.niotmp;

import java.time.Duration;
import java.util.Optional;

/**
 * An open channel, stream or watch service of a {@code tmp:} file system, as {@link
 * TmpFileSystems#openHandles} found it.
 *
 * <pre>{@code
 * try (FileSystem scratch = TmpFileSystems.open(Map.of());
 *     OutputStream out = Files.newOutputStream(scratch.getPath("/report"))) {
 *   for (TmpOpenHandle handle : TmpFileSystems.openHandles(scratch)) {
 *     System.out.println(handle.kind() + " on " + handle.path()); // OutputStream on /report
 *   }
 *   out.write(1);
 * }
 * }</pre>
 *
 * <p>Immutable, so safe for use by any number of threads. It does not keep the handle from being
 * collected.
 *
 * <p>In the examples of the methods the handle is a {@link java.nio.channels.FileChannel} on {@code
 * /small}, and openers are not tracked.
 *
 * <p>Only the provider implements this interface; users must not, as a later version may add
 * methods.
 */
public interface TmpOpenHandle {
  /**
   * Returns the kind of the handle, as the log and the recorded events name it.
   *
   * <pre>{@code
   * String kind = handle.kind(); // "FileChannel"
   * }</pre>
   *
   * @return for instance {@code FileChannel}, {@code InputStream} or {@code WatchService}
   */
  String kind();

  /**
   * Returns the path by which the handle was opened.
   *
   * <pre>{@code
   * String path = handle.path(); // "/small"
   * }</pre>
   *
   * @return the path as the caller gave it; the directory of a file that never had a name; empty
   *     for a watch service
   */
  String path();

  /**
   * Returns where the handle was opened, if {@link TmpSettings#TRACK_OPENERS} is true.
   *
   * <pre>{@code
   * boolean tracked = handle.opener().isPresent(); // false
   * }</pre>
   *
   * @return an exception with the stack that opened the handle, and the thread in its message; it
   *     was not thrown
   */
  Optional<Throwable> opener();

  /**
   * Returns how long the handle had been open when this value was created.
   *
   * <pre>{@code
   * boolean isNew = handle.age().compareTo(Duration.ofHours(1)) < 0; // true
   * }</pre>
   *
   * @return zero or more
   */
  Duration age();
}
