package io.github.niotmp.watch;

import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The file system's reference to a watch service, with the service's subscriptions to the volume's
 * reports. If the service is collected unclosed, it ends them.
 */
final class WatchReference extends HandleReference {
  /** The subscriptions by the file key of their directory. */
  private final Map<Object, Watch> watches = new ConcurrentHashMap<>();

  WatchReference(Handle service, OpenHandles resources) {
    super(service, "WatchService", null, resources);
  }

  void begun(Object fileKey, Watch watch) {
    watches.put(fileKey, watch);
  }

  void ended(Object fileKey) {
    watches.remove(fileKey);
  }

  @Override
  protected void free() {
    watches.values().forEach(Watch::close);
  }
}
