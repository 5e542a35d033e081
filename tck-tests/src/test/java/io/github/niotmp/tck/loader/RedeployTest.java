package io.github.niotmp.tck.loader;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The library in the class loader of an application that is deployed again and again. */
@Timeout(600)
class RedeployTest {
  private static final int ROUNDS = Integer.getInteger("niotmp.tck.redeploys", 3);

  @ParameterizedTest
  @ValueSource(strings = {"closed", "leak"})
  void allClassLoadersAreCollected(String mode) throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    long before = 0;
    for (int i = 0; i < ROUNDS; i++) {
      loaders.add(deploy(mode));
      if (i == ROUNDS / 2) {
        awaitCollected(loaders);
        before = metaspace();
      }
    }

    awaitCollected(loaders);

    assertThat(metaspace() - before).as("growth of the metaspace").isLessThan(1 << 20);
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("nio-tmp-asynchronous", "nio-tmp-io", "nio-tmp-watch");
  }

  private static WeakReference<ClassLoader> deploy(String mode) throws Exception {
    try (ApplicationLoader loader =
        ApplicationLoader.of("deployed", ApplicationLoader.API, ApplicationLoader.PROVIDER)) {
      assertThat(loader.<String, Boolean>application(Deployed.class).apply(mode)).isTrue();
      return new WeakReference<>(loader);
    }
  }

  private static void awaitCollected(List<WeakReference<ClassLoader>> loaders) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (loaders.stream().anyMatch(loader -> loader.get() != null)) {
      assertThat(System.nanoTime()).as("not collected").isLessThan(end);
      System.gc();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long metaspace() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getName().equals("Metaspace"))
        .mapToLong(pool -> pool.getUsage().getUsed())
        .sum();
  }
}
