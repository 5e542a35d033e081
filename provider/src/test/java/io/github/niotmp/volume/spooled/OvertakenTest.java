package io.github.niotmp.volume.spooled;

import static io.github.niotmp.volume.spooled.TestVolume.CREATE;
import static io.github.niotmp.volume.spooled.TestVolume.DELETE_ON_CLOSE;
import static io.github.niotmp.volume.spooled.TestVolume.path;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.niotmp.content.FileContent;
import io.github.niotmp.path.Replace;
import io.github.niotmp.threads.WaitingThread;
import io.github.niotmp.tree.RegularFile;
import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.OpenFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What has found its way and waits for a directory, while another thread changes the names in it:
 * each call does what it would have done had it come after.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OvertakenTest {
  private final TestVolume volume = new TestVolume();

  @BeforeEach
  void makeDirectory() throws IOException {
    volume.makeDirectory("/d");
  }

  @AfterEach
  void close() throws IOException {
    volume.close();
  }

  @Test
  void createOpensAFileThatAnotherThreadHasCreated() throws Exception {
    try (OpenFile file = overtake(() -> volume.open("/d/f", CREATE), () -> write("/d/f"))) {
      assertThat(file.size()).isEqualTo(3);
    }
    assertThat(volume.volume.usage().files()).isOne();
  }

  @Test
  void createNewFailsIfAnotherThreadHasCreatedTheFile() {
    assertThatThrownBy(() -> overtake(() -> run(() -> volume.create("/d/f")), () -> write("/d/f")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(volume.volume.usage().files()).isOne();
  }

  @Test
  void aLinkFailsIfAnotherThreadHasCreatedItsName() throws Exception {
    volume.create("/f");
    assertThatThrownBy(
            () ->
                overtake(
                    () -> run(() -> volume.root.createLink(path("/d/l"), path("/f"))),
                    () -> volume.makeDirectory("/d/l")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(volume.root.readAttributes(path("/f"), true).linkCount()).isOne();
  }

  @Test
  void aDeleteFailsIfAnotherThreadHasDeletedTheFile() throws Exception {
    volume.create("/d/f");
    assertThatThrownBy(
            () -> overtake(() -> run(() -> volume.delete("/d/f")), () -> volume.delete("/d/f")))
        .isInstanceOf(NoSuchFileException.class);
    assertThat(volume.volume.usage().files()).isZero();
  }

  @Test
  void aMoveFailsIfAnotherThreadHasMovedTheFile() throws Exception {
    volume.create("/d/f");
    for (Replace replace : Replace.values()) {
      assertThatThrownBy(
              () ->
                  overtake(
                      () -> run(() -> volume.move("/d/f", "/d/g", replace)),
                      () -> volume.move("/d/f", "/d/h", replace)))
          .isInstanceOf(NoSuchFileException.class);
      volume.move("/d/h", "/d/f", Replace.NEVER);
    }
    assertThat(volume.names("/d")).containsExactly("f");
  }

  @Test
  void aMoveWithoutReplaceFailsIfAnotherThreadHasCreatedTheTarget() throws Exception {
    volume.create("/d/f");
    assertThatThrownBy(
            () ->
                overtake(
                    () -> run(() -> volume.move("/d/f", "/d/g", Replace.NEVER)),
                    () -> write("/d/g")))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(volume.names("/d")).containsExactly("f", "g");
  }

  @Test
  void aThreadThatWaitsForADirectoryHoldsNoneBelow() throws Exception {
    volume.makeDirectory("/d/e");
    volume.create("/d/e/f");
    for (Step move :
        List.<Step>of(
            () -> volume.move("/d/e/f", "/d/f", Replace.NEVER),
            () -> volume.move("/d/f", "/d/e/f", Replace.NEVER))) {
      volume.create("/d/e/g");
      overtake(
          () -> run(move),
          () ->
              assertThatThrownBy(() -> volume.delete("/d/e"))
                  .isInstanceOf(DirectoryNotEmptyException.class));
      volume.delete("/d/e/g");
    }
    assertThat(volume.names("/d/e")).containsExactly("f");
  }

  @Test
  void deleteOnCloseDeletesTheFileUnderItsNewName() throws Exception {
    OpenFile file = volume.open("/d/f", DELETE_ON_CLOSE);
    overtake(
        () -> run(file::close),
        () -> {
          volume.move("/d/f", "/d/g", Replace.NEVER);
          write("/d/f");
        });
    assertThat(volume.names("/d")).containsExactly("f");
    assertThat(volume.volume.usage().files()).isOne();
  }

  @Test
  void deleteOnCloseLeavesANewFileAfterADelete() throws Exception {
    OpenFile file = volume.open("/d/f", DELETE_ON_CLOSE);
    overtake(
        () -> run(file::close),
        () -> {
          volume.delete("/d/f");
          write("/d/f");
        });
    assertThat(volume.names("/d")).containsExactly("f");
    assertThat(volume.volume.usage().files()).isOne();
  }

  @Test
  void aWriteThatWaitsWhileItsHandleClosesChangesNoByte() throws Exception {
    OpenFile handle = volume.open("/f", CREATE);
    handle.append(new byte[3], 0, 3);
    FileContent content = requireNonNull(((RegularFile) handle.fileKey()).content());
    long modified = ((RegularFile) handle.fileKey()).modifiedTime();
    FutureTask<Long> write = new FutureTask<>(() -> handle.append(new byte[5], 0, 5));
    FutureTask<Boolean> close = new FutureTask<>(() -> run(handle::close));

    content.write(
        ByteBuffer.allocate(0),
        FileContent.AT_END,
        new FileContent.Writer() {
          @Override
          public void begin() {
            WaitingThread.start(write);
            WaitingThread.start(close);
          }

          @Override
          public void changed() {}

          @Override
          public String path() {
            return "/f";
          }
        });

    assertThat(close.get(30, TimeUnit.SECONDS)).isTrue();
    assertThatThrownBy(() -> write.get(30, TimeUnit.SECONDS))
        .hasCauseInstanceOf(ClosedChannelException.class);
    assertThat(content.size()).isEqualTo(3);
    assertThat(((RegularFile) handle.fileKey()).modifiedTime()).isEqualTo(modified);
  }

  private interface Step {
    void run() throws IOException;
  }

  private static Boolean run(Step step) throws IOException {
    step.run();
    return true;
  }

  private void write(String path) throws IOException {
    try (OpenFile file = volume.open(path, CREATE)) {
      file.append(new byte[3], 0, 3);
    }
  }

  /**
   * Begins a call that changes names in /d, and does something else there before it can. Who is
   * told of a change has the directory for itself.
   */
  private <T> T overtake(Callable<T> call, Step first) throws Exception {
    FutureTask<T> result = new FutureTask<>(call);
    Step once =
        () -> {
          WaitingThread.start(result);
          first.run();
        };
    Watch watch = volume.root.watch(path("/d"), new Once(once));
    volume.makeDirectory("/d/made");
    watch.close();
    volume.delete("/d/made");
    try {
      return result.get(30, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  /** Takes a step as a name is created, and none for what that step creates. */
  private static final class Once implements ChangeListener {
    private final Step step;
    private boolean taken;

    Once(Step step) {
      this.step = step;
    }

    @Override
    public void changed(Change change, String name) {
      if (!taken) {
        taken = true;
        try {
          step.run();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }
}
