package io.github.niotmp.tck.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A run of one workload on a faulty provider: what was told, and what is still to be closed. */
final class ForeignRun {
  private final FaultyFileSystem faulty;
  private final Path directory;
  private final Fault fault;
  private final boolean mayBeUnsupported;
  private final List<Closeable> open = new ArrayList<>();
  private final List<Throwable> told = new ArrayList<>();

  ForeignRun(FaultyFileSystem faulty, Path directory, Fault fault, boolean mayBeUnsupported) {
    this.faulty = faulty;
    this.directory = directory;
    this.fault = fault;
    this.mayBeUnsupported = mayBeUnsupported;
  }

  /** Uses the directory of the provider. */
  interface Body {
    void run(ForeignRun run) throws IOException;
  }

  /** Makes something that is closed in the end. */
  interface Maker<T> {
    T make() throws IOException;
  }

  /** Does something that the provider may refuse. */
  interface Step {
    void run() throws IOException;
  }

  Path directory() {
    return directory;
  }

  /** Does a step; false if it failed. */
  boolean attempt(Step step) {
    try {
      step.run();
      return true;
    } catch (Throwable e) {
      check(e);
      told.add(e);
      return false;
    }
  }

  /** Makes something, which is closed under the fault and again without it; null if that failed. */
  <T extends Closeable> @Nullable T make(Maker<T> maker) {
    List<T> made = new ArrayList<>();
    if (attempt(() -> made.add(maker.make()))) {
      open.add(made.get(0));
      return made.get(0);
    }
    return null;
  }

  /** Does a step while the provider answers as it should. */
  void verify(Step step) throws IOException {
    faulty.set(Fault.none());
    step.run();
    faulty.set(fault);
  }

  /** Runs the workload, closes all of it, and then again once the provider works. */
  void of(Body body) throws IOException {
    faulty.set(fault);
    try {
      body.run(this);
      for (Closeable each : open) {
        attempt(each::close);
      }
    } finally {
      faulty.set(Fault.none());
    }
    for (Closeable each : open) {
      each.close();
    }
  }

  List<Throwable> told() {
    return told;
  }

  /** Says whether the caller was told of an entry, or of a directory that it is in. */
  boolean hasTold(Path left) {
    StringBuilder text = new StringBuilder();
    told.forEach(each -> append(text, each));
    for (Path each = left;
        !each.equals(directory);
        each = Objects.requireNonNull(each.getParent())) {
      if (text.indexOf(each.toString()) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** Checks that a caller can expect what it gets, and learns where it happened. */
  private void check(Throwable e) {
    if (e instanceof VirtualMachineError) {
      assertThat(fault.toString()).contains(e.toString());
    } else if (e instanceof AssertionError error) {
      throw error;
    } else if (!(e instanceof UnsupportedOperationException && mayBeUnsupported)) {
      assertThat(e).isInstanceOf(IOException.class);
      StringBuilder text = new StringBuilder();
      append(text, e);
      if (text.indexOf("Error") < 0) {
        assertThat(text.toString()).contains(directory.toString());
      }
    }
  }

  private static void append(StringBuilder text, Throwable failure) {
    text.append(failure).append(' ');
    if (failure.getCause() != null) {
      append(text, failure.getCause());
    }
    for (Throwable each : failure.getSuppressed()) {
      append(text, each);
    }
  }
}
