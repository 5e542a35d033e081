package io.github.niotmp.tck.platform;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** Runs classes of tests in this virtual machine, and prints how they ended. */
final class PlatformRun {
  private PlatformRun() {}

  public static void main(String[] classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(Arrays.stream(classes).map(name -> selectClass(name)).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Launcher launcher = LauncherFactory.create();
    launcher.execute(request, listener);
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    listener.getSummary().printFailuresTo(out, 30);
    out.println(
        listener.getSummary().getTestsSucceededCount()
            + " succeeded, "
            + listener.getSummary().getTestsFailedCount()
            + " failed, "
            + listener.getSummary().getTestsSkippedCount()
            + " skipped");
    System.exit(listener.getSummary().getTotalFailureCount() == 0 ? 0 : 1);
  }
}
