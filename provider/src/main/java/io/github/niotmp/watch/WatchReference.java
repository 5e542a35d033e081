package io.github.niotmp.watch;

import io.github.niotmp.volume.DirectoryHandle.Watch;
import io.github.niotmp.volume.Handle;
import io.github.niotmp.volume.HandleReference;
import io.github.niotmp.volume.OpenHandles;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A watch service as its file system knows it: what the volume reports on its behalf. */
final class WatchReference extends HandleReference {
  /** By the file key of the directory. */
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
