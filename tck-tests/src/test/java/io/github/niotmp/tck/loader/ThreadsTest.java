package io.github.niotmp.tck.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niotmp.TempDirectory;
import io.github.niotmp.TempOptions;
import io.github.niotmp.TmpFileSystems;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads of the library that outlive the call that needed them. */
class ThreadsTest {
  @TempDir Path disk;

  @Test
  void theyInheritNothingOfTheCaller() throws Exception {
    TmpFileSystems.shutdown(); // ends those that another caller needed
    ThreadGroup group = new ThreadGroup("application");
    ClassLoader loader = new ClassLoader(getClass().getClassLoader()) {};
    Callable<Boolean> use = this::use;
    FutureTask<Boolean> task = new FutureTask<>(use);
    Thread caller = new Thread(group, task, "caller");
    caller.setContextClassLoader(loader);

    caller.start();

    assertThat(task.get()).isTrue();
  }

  private boolean use() throws Exception {
    Thread caller = Thread.currentThread();
    try (FileSystem host = TmpFileSystems.open(Map.of("storage", "host", "directory", disk));
        WatchService watch = host.newWatchService();
        TempDirectory directory = TempDirectory.create(TempOptions.defaults().directory(disk));
        AsynchronousFileChannel channel =
            AsynchronousFileChannel.open(
                host.getPath("/f"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      host.getPath("/").register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      channel.write(ByteBuffer.allocate(1), 0).get();
      List<Thread> ours =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().startsWith("nio-tmp"))
              .toList();
      assertThat(ours).hasSizeGreaterThanOrEqualTo(3);
      assertThat(ours)
          .allSatisfy(
              thread -> {
                ThreadGroup group = thread.getThreadGroup(); // null once it has ended
                assertThat(group == null || group.getParent() == null).isTrue();
                assertThat(thread.getContextClassLoader())
                    .isNotSameAs(caller.getContextClassLoader());
                assertThat(thread.isDaemon()).isTrue();
              });
      return directory.path().toFile().isDirectory();
    }
  }
}
