package io.github.niotmp.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** The list of all targets. */
final class Targets {
  private static final String JIMFS = "JIMFS";
  private static final String MEMORYFILESYSTEM = "MEMORYFILESYSTEM";
  private static final String GUAVA = "GUAVA";
  private static final String DISK = "DISK";

  private Targets() {}

  static List<Target> all() {
    List<Target> targets = new ArrayList<>();
    smallFiles(targets);
    ownedFiles(targets);
    inMemory(targets);
    onDisk(targets);
    names(targets);
    targets.add(Target.kept(new Work("HeapKept.keep", "bytes=0 files=100000"), 200));
    targets.add(Target.kept(new Work("HeapKept.keep", "bytes=100 files=100000"), 320));
    targets.add(Target.kept(new Work("HeapKept.keep", "bytes=4096 files=100000"), 4_330));
    targets.add(Target.nanosOver("NOTHING", new Work("WholeProcess.run", ""), 45e6));
    growth(targets);
    return targets;
  }

  private static void smallFiles(List<Target> targets) {
    for (String names : List.of("freshName", "ownName")) {
      String alone = "SmallFile." + names;
      String byTwo = "SmallFile.ByTwo." + names;
      double[] ofJimfs = {0.40, 0.50, 0.85};
      double[] ofJimfsByTwo = {0.30, 0.35, 0.85};
      List<String> sizes = List.of("bytes=100", "bytes=4096", "bytes=65536");
      for (int i = 0; i < sizes.size(); i++) {
        targets.add(Target.of(JIMFS, new Work(alone, sizes.get(i)), ofJimfs[i]));
        targets.add(Target.of(JIMFS, new Work(byTwo, sizes.get(i)), ofJimfsByTwo[i]));
      }
      targets.add(Target.allocated(new Work(alone, "bytes=4096"), 6_500));
      double throughput = names.equals("freshName") ? 1.25 : 1.6;
      targets.add(
          Target.ofOther(
              new Work(byTwo, "bytes=4096"), new Work(alone, "bytes=4096"), 2 / throughput));
    }
  }

  private static void ownedFiles(List<Target> targets) {
    targets.add(Target.of(GUAVA, new Work("OwnedFile.unnamed", "bytes=4096"), 3));
    targets.add(Target.of(GUAVA, new Work("OwnedFile.named", "bytes=4096"), 5));
  }

  private static void inMemory(List<Target> targets) {
    Work write = new Work("Sequential.write", "step=8192");
    Work read = new Work("Sequential.read", "step=8192");
    targets.add(Target.ofBest(write, 0.65));
    targets.add(Target.ofBest(read, 0.55));
    targets.add(Target.of(Work.LIMIT, write, 1.2));
    targets.add(Target.of(Work.LIMIT, read, 1.2));
    for (String call : List.of("Sequential.write", "Sequential.read")) {
      Work large = new Work(call, "step=1048576");
      targets.add(Target.ofBest(large, 0.75));
      targets.add(Target.of(Work.LIMIT, large, 1.2));
    }
    for (String call : List.of("RandomAccess.read", "RandomAccess.write")) {
      targets.add(Target.ofBest(new Work(call, ""), 0.70));
      targets.add(Target.allocated(new Work(call, ""), 0.5));
    }
    targets.add(Target.ofBest(new Work("OneByte.channel", ""), 0.40));
    targets.add(Target.ofBest(new Work("OneByte.stream", ""), 0.55));
  }

  private static void onDisk(List<Target> targets) {
    targets.add(Target.of(GUAVA, new Work("Spilled.write", "size=256 step=8192"), 0.65));
    targets.add(Target.of(GUAVA, new Work("Spilled.write", "size=256 step=65536"), 1.05));
    targets.add(Target.of(DISK, new Work("RolledOver.sequentialRead", ""), 0.85));
    targets.add(Target.of(DISK, new Work("RolledOver.transferToFile", ""), 1.05));
    targets.add(Target.of(DISK, new Work("RolledOver.transferToSocket", ""), 1.05));
    targets.add(Target.of(DISK, new Work("RolledOver.randomRead", ""), 1.1));
    targets.add(Target.of(DISK, new Work("RolledOver.ByTwo.randomRead", ""), 1.1));
    targets.add(Target.of(DISK, new Work("MemoryHeld.write", "files=10000 size=8192"), 1.1));
  }

  private static void names(List<Target> targets) {
    targets.add(Target.of(JIMFS, new Work("Attributes.exists", ""), 0.40));
    targets.add(Target.of(JIMFS, new Work("Attributes.readAttributes", ""), 0.40));
    targets.add(Target.of(JIMFS, new Work("Attributes.isDirectory", ""), 0.40));
    targets.add(Target.of(MEMORYFILESYSTEM, new Work("Attributes.existsByNewPath", ""), 0.40));
    Work miss = new Work("Attributes.existsNot", "");
    targets.add(
        Runtime.version().feature() >= 20
            ? Target.nanos(miss, 40) // since JDK 20 Files.exists creates no exception
            : Target.of(JIMFS, miss, 0.30));
    targets.add(Target.of(JIMFS, new Work("Attributes.existsDeep", ""), 0.70));
    targets.add(Target.of(JIMFS, new Work("Attributes.existsDeepByNewPath", ""), 0.35));
    targets.add(Target.of(MEMORYFILESYSTEM, new Work("Listing.list", ""), 0.40));
    targets.add(Target.of(JIMFS, new Work("Listing.walk", ""), 0.25));
    targets.add(Target.of(JIMFS, new Work("Rename.rename", ""), 0.65));
    targets.add(Target.of(JIMFS, new Work("Tree.create", ""), 0.25));
    targets.add(Target.of(JIMFS, new Work("Tree.delete", ""), 0.30));
    targets.add(Target.nanos(new Work("Tree.close", ""), 100_000));
    for (String call :
        List.of("parse", "resolve", "normalize", "relativize", "parseToString", "equal", "ofUri")) {
      targets.add(Target.ofBest(new Work("Paths." + call, ""), 1.3));
    }
  }

  private static void growth(List<Target> targets) {
    for (String call : List.of("Growth.createAndDelete", "Growth.exists")) {
      for (String deep : List.of("deep=false", "deep=true")) {
        targets.add(
            Target.ofOther(
                new Work(call, deep + " files=1000000"), new Work(call, deep + " files=10"), 1.3));
      }
    }
  }
}
