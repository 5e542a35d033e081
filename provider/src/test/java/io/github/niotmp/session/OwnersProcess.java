package io.github.niotmp.session;

import io.github.niotmp.internal.cleanup.OwnerOnly;
import io.github.niotmp.internal.cleanup.TreeRemoval;
import io.github.niotmp.session.Steps.Owned;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Owners of sessions, several at a time, one after another, each of which ends in order or dies
 * somewhere on its way. Prints how many there were and how many of them lost something while they
 * lived.
 */
final class OwnersProcess {
  private final Path root;
  private final Steps steps;
  private final AtomicInteger left;
  private final AtomicInteger lost = new AtomicInteger();

  private OwnersProcess(Path root, Steps steps, int owners) {
    this.root = root;
    this.steps = steps;
    this.left = new AtomicInteger(owners);
  }

  /** Takes the root, the steps, how many owners there are in all, and how many at a time. */
  public static void main(String[] arguments) throws Exception {
    int owners = Integer.parseInt(arguments[2]);
    OwnersProcess process =
        new OwnersProcess(Path.of(arguments[0]), Steps.valueOf(arguments[1]), owners);
    process.run(Integer.parseInt(arguments[3]));
    System.out.println(owners + " " + process.lost);
  }

  private void run(int atATime) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(atATime);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < atATime; i++) {
      tasks.add(
          () -> {
            SplittableRandom random = new SplittableRandom();
            while (left.getAndDecrement() > 0) {
              live(random);
            }
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(tasks)) {
      done.get();
    }
    threads.shutdown();
  }

  private void live(SplittableRandom random) throws IOException {
    ProcessIdentity owner = Steps.elsewhere();
    if (random.nextInt(20) == 0) {
      // dies before it has the lock
      Files.createFile(root.resolve(SessionName.fresh(owner) + SessionName.LOCK));
      return;
    }
    Owned session = steps.own(root, owner);
    if (random.nextInt(20) == 0) {
      session.drop().close();
      return;
    }
    Files.createDirectory(session.directory(), OwnerOnly.directory(root));
    for (int looks = random.nextInt(20); looks >= 0; looks--) {
      if (!session.isWhole()) {
        lost.incrementAndGet();
        break;
      }
    }
    if (random.nextBoolean()) {
      Files.createFile(session.directory().resolve("left"));
      session.drop().close();
    } else {
      TreeRemoval.remove(session.directory());
      session.end().close();
    }
  }
}
