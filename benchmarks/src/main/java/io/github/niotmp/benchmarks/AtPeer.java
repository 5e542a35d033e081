package io.github.niotmp.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The base of states with a fresh directory of a peer, which lasts for one trial. */
public abstract class AtPeer {
  Path root = Path.of("");
  private Peer.Place place = new Peer.Place(root, () -> {});

  abstract Peer peer();

  @Setup(Level.Trial)
  public void open() throws IOException {
    place = peer().open();
    root = place.root();
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    place.close();
  }

  /** A directory of any peer. */
  @State(Scope.Benchmark)
  public static class Any extends AtPeer {
    @Param public Peer peer = Peer.TMP;

    @Override
    Peer peer() {
      return peer;
    }
  }

  /** A directory of a peer that holds large files; memoryfilesystem limits files to 16 MiB. */
  @State(Scope.Benchmark)
  public static class WithLargeFiles extends AtPeer {
    @Param({"TMP", "JIMFS", "DISK", "SHM"})
    public Peer peer = Peer.TMP;

    @Override
    Peer peer() {
      return peer;
    }
  }
}
