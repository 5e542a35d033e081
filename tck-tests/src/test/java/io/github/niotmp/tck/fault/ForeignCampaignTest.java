package io.github.niotmp.tck.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.github.niotmp.PersistOptions;
import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempFile;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TempResource;
import io.github.niotmp.TmpFileSystems;
import io.github.niotmp.internal.cleanup.Cleanup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Workloads on a foreign provider that answers each of its calls wrongly, one after the other.
 *
 * <p>{@code -Dniotmp.tck.faults=all} has each call give each wrong answer, and each two calls one.
 */
class ForeignCampaignTest {
  private static final boolean ALL = "all".equals(System.getProperty("niotmp.tck.faults"));

  /** How many wrong answers a call gives; the next call gives the next ones. */
  private static final int ANSWERS_A_CALL = 4;

  private static final String REASON = "the reason";
  private static final byte[] LARGE = large();

  private static final List<Supplier<Throwable>> THROWN =
      List.of(
          () -> new IOException(REASON),
          () -> new UnsupportedOperationException(REASON),
          () -> new FileSystemException(null, null, REASON),
          () -> new IllegalArgumentException(REASON),
          () -> new SecurityException(REASON),
          () -> new UncheckedIOException(new IOException(REASON)),
          () -> new IllegalStateException(REASON),
          ClosedFileSystemException::new,
          ProviderMismatchException::new,
          ClosedChannelException::new,
          () -> new StackOverflowError(REASON),
          () -> new OutOfMemoryError(REASON));

  private static final List<ForeignFault.Answer> ANSWERS =
      Stream.concat(
              Stream.of(ForeignFault.Kind.INSTEAD, ForeignFault.Kind.AFTER)
                  .flatMap(
                      kind -> THROWN.stream().map(each -> new ForeignFault.Answer(kind, each))),
              Stream.of(
                  new ForeignFault.Answer(
                      ForeignFault.Kind.LIE, () -> new IllegalStateException("unused"))))
          .toList();

  private record Workload(String name, boolean mayBeUnsupported, ForeignRun.Body body) {
    @Override
    public String toString() {
      return name;
    }
  }

  private record Place(String name, Configuration configuration, String root) {}

  private static final List<Place> PLACES =
      List.of(
          new Place(
              "with permissions",
              Configuration.unix().toBuilder()
                  .setAttributeViews("basic", "owner", "posix", "unix")
                  .build(),
              "/host"),
          new Place("by paths", Configuration.windows(), "C:\\host"));

  private static byte[] large() {
    byte[] bytes = new byte[5000];
    Arrays.fill(bytes, (byte) 7);
    return bytes;
  }

  static List<Workload> workloads() {
    return List.of(
        new Workload("spill", true, ForeignCampaignTest::spill),
        new Workload("evict", false, ForeignCampaignTest::evict),
        new Workload("named file", true, ForeignCampaignTest::namedFile),
        new Workload("file without a name", true, ForeignCampaignTest::unnamedFile),
        new Workload("directory with a tree", true, ForeignCampaignTest::tree),
        new Workload("resource", true, ForeignCampaignTest::resource),
        new Workload("persist from memory", true, ForeignCampaignTest::persistFromMemory),
        new Workload("persist there", true, ForeignCampaignTest::persistThere),
        new Workload("persist a tree", true, ForeignCampaignTest::persistTree),
        new Workload("removal of all", true, ForeignCampaignTest::removalOfAll));
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void whatAWrongAnswerLeavesIsTold(Workload workload) throws IOException {
    for (Place place : PLACES) {
      boolean happened = true;
      for (int number = 1; happened; number++) {
        happened = false;
        for (ForeignFault.Answer answer : answers(number)) {
          happened |= run(workload, place, new ForeignFault(Set.of(number), answer));
        }
      }
    }
  }

  private static List<ForeignFault.Answer> answers(int number) {
    if (ALL) {
      return ANSWERS;
    }
    Set<Integer> chosen = new TreeSet<>();
    for (int i = 0; i < ANSWERS_A_CALL; i++) {
      chosen.add((number * 5 + i * 7) % ANSWERS.size());
    }
    chosen.add(ANSWERS.size() - 1);
    return chosen.stream().map(ANSWERS::get).toList();
  }

  @ParameterizedTest
  @MethodSource("workloads")
  void whatTwoWrongAnswersLeaveIsTold(Workload workload) throws IOException {
    List<ForeignFault.Answer> exceptions =
        ANSWERS.stream().filter(each -> !(each.thrown().get() instanceof Error)).toList();
    for (Place place : PLACES) {
      boolean happened = true;
      for (int number = 1; happened; number += ALL ? 1 : 5) {
        happened = false;
        for (int next = number + 1; next < number + (ALL ? 40 : 3); next++) {
          ForeignFault.Answer answer = exceptions.get((number * 3 + next) % exceptions.size());
          ForeignFault fault = new ForeignFault(Set.of(number, next), answer);
          happened |= run(workload, place, fault);
        }
      }
    }
  }

  /** Returns whether there were as many calls. */
  private static boolean run(Workload workload, Place place, ForeignFault fault)
      throws IOException {
    try (FaultyFileSystem faulty =
        new FaultyFileSystem(Jimfs.newFileSystem(place.configuration()))) {
      Path directory = Files.createDirectory(faulty.getPath(place.root()));
      ForeignRun run = new ForeignRun(faulty, directory, fault, workload.mayBeUnsupported());
      Supplier<String> what =
          () -> workload + " " + place.name() + ", " + fault + "; told: " + run.told();
      try {
        run.of(workload.body());
      } catch (IOException | RuntimeException | AssertionError e) {
        throw new AssertionError(what.get(), e);
      }
      assertThat(faulty.open().all()).as(what).isEmpty();
      try (Stream<Path> left = Files.walk(directory)) {
        assertThat(left.filter(each -> !each.equals(directory) && !run.hasTold(each)))
            .as(what)
            .isEmpty();
      }
      return fault.happened();
    }
  }

  private static FileSystem open(ForeignRun run, Map<String, ?> settings) throws IOException {
    Map<String, Object> all = new LinkedHashMap<>(settings);
    all.put("directory", run.directory());
    return TmpFileSystems.open(all);
  }

  private static void spill(ForeignRun run) throws IOException {
    FileSystem tmp = run.make(() -> open(run, Map.of("spoolThreshold", 1000)));
    if (tmp == null) {
      return;
    }
    Path small = Files.writeString(tmp.getPath("/small"), "small");
    Path large = tmp.getPath("/large");
    if (run.attempt(() -> Files.write(large, LARGE))) {
      run.verify(() -> assertThat(Files.readAllBytes(large)).isEqualTo(LARGE));
      run.attempt(() -> assertThat(Files.readAllBytes(large)).isEqualTo(LARGE));
      run.attempt(() -> Files.write(large, LARGE, APPEND));
      run.attempt(
          () -> {
            try (FileChannel channel = FileChannel.open(large, READ, WRITE)) {
              channel.truncate(3000);
              channel.force(true);
              channel.map(FileChannel.MapMode.READ_WRITE, 0, 1000);
            }
          });
      run.attempt(() -> Files.delete(large));
    }
    assertThat(Files.readString(small)).isEqualTo("small");
    run.attempt(() -> Files.write(large, LARGE));
  }

  private static void evict(ForeignRun run) throws IOException {
    FileSystem tmp = run.make(() -> open(run, Map.of("memoryBudget", 16_000)));
    if (tmp == null) {
      return;
    }
    for (int i = 0; i < 5; i++) {
      Path file = tmp.getPath("/" + i);
      if (run.attempt(() -> Files.write(file, LARGE))) {
        run.verify(() -> assertThat(Files.readAllBytes(file)).isEqualTo(LARGE));
      }
    }
    for (int i = 0; i < 5; i++) {
      Path file = tmp.getPath("/" + i);
      run.attempt(
          () -> {
            if (Files.exists(file)) {
              Files.readAllBytes(file);
            }
          });
    }
  }

  private static TempOptions in(ForeignRun run) {
    return TempOptions.defaults().directory(run.directory());
  }

  private static void namedFile(ForeignRun run) {
    TempFile file = run.make(() -> TempFile.create(in(run)));
    if (file != null) {
      use(run, file);
    }
  }

  private static void unnamedFile(ForeignRun run) {
    TempFile file = run.make(() -> TempFile.createUnnamed(in(run)));
    if (file != null) {
      use(run, file);
    }
  }

  private static void use(ForeignRun run, TempFile file) {
    run.attempt(() -> file.newOutputStream().write(LARGE));
    run.attempt(() -> file.newInputStream().readAllBytes());
    run.attempt(() -> file.setSize(10));
    run.attempt(file::size);
  }

  private static void tree(ForeignRun run) throws IOException {
    TempDirectory tree = run.make(() -> TempDirectory.create(in(run)));
    if (tree != null) {
      run.verify(() -> fill(tree));
    }
  }

  private static void fill(TempDirectory tree) throws IOException {
    Path inner = Files.createDirectories(tree.resolve("a").resolve("b").resolve("c"));
    Files.createFile(inner.resolve("file"));
    Files.createFile(tree.resolve("file"));
    Files.createDirectory(tree.resolve("empty"));
  }

  private static void resource(ForeignRun run) {
    run.make(() -> TempResource.create(in(run), path -> FileChannel.open(path, CREATE_NEW, WRITE)));
  }

  private static void persistFromMemory(ForeignRun run) throws IOException {
    TempFile file = run.make(() -> TempFile.create());
    if (file != null) {
      persist(run, file);
    }
  }

  private static void persistThere(ForeignRun run) throws IOException {
    TempFile file = run.make(() -> TempFile.create(in(run)));
    if (file != null) {
      persist(run, file);
    }
  }

  private static void persist(ForeignRun run, TempFile file) throws IOException {
    run.verify(() -> file.channel().write(UTF_8.encode("text")));
    Path target = run.directory().resolve("target");
    boolean done = run.attempt(() -> file.persist(target, PersistOptions.defaults().sync(true)));
    run.verify(
        () -> {
          if (done) {
            assertThat(target).hasContent("text");
          }
          Files.deleteIfExists(target);
        });
  }

  private static void persistTree(ForeignRun run) throws IOException {
    TempDirectory tree = run.make(() -> TempDirectory.create());
    if (tree == null) {
      return;
    }
    run.verify(() -> fill(tree));
    Path target = run.directory().resolve("target");
    run.attempt(() -> tree.persist(target));
    run.verify(() -> remove(target));
  }

  private static void removalOfAll(ForeignRun run) throws IOException {
    TempDirectory tree = run.make(() -> TempDirectory.create(in(run)));
    TempFile file = run.make(() -> TempFile.create(in(run)));
    TempFile unnamed = run.make(() -> TempFile.createUnnamed(in(run)));
    if (tree != null && file != null && unnamed != null) {
      run.verify(() -> fill(tree));
      run.attempt(Cleanup::removeAll);
    }
  }

  private static void remove(Path tree) throws IOException {
    if (Files.exists(tree)) {
      TempDirectory.adopt(tree).close();
    }
  }

  @ParameterizedTest
  @MethodSource("workloads")
  @Timeout(60)
  void aLateAnswerHoldsUpNoFileInMemory(Workload workload) throws Exception {
    for (Place place : PLACES) {
      boolean happened = true;
      for (int number = 1; happened; number += ALL ? 1 : 7) {
        happened = runLate(workload, place, number);
      }
    }
  }

  private static boolean runLate(Workload workload, Place place, int number) throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    ClosingStep late =
        new ClosingStep(
            number,
            () -> {
              reached.countDown();
              await(released);
            });
    try (FaultyFileSystem faulty =
            new FaultyFileSystem(Jimfs.newFileSystem(place.configuration()));
        FileSystem other = TmpFileSystems.open(Map.of())) {
      Path directory = Files.createDirectory(faulty.getPath(place.root()));
      ForeignRun run = new ForeignRun(faulty, directory, late, workload.mayBeUnsupported());
      CompletableFuture<Void> worker =
          CompletableFuture.runAsync(
              () -> {
                try {
                  run.of(workload.body());
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              },
              task -> new Thread(task, "late").start());
      CompletableFuture<Void> ended = worker.whenComplete((done, failure) -> reached.countDown());
      assertThat(reached.await(20, TimeUnit.SECONDS)).isTrue();
      Path file = Files.writeString(other.getPath("/file"), "text");
      assertThat(Files.readString(file)).isEqualTo("text");
      released.countDown();
      ended.get(20, TimeUnit.SECONDS);
      assertThat(directory).isEmptyDirectory();
      return late.happened();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
