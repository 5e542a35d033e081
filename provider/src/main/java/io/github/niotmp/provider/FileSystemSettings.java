package io.github.niotmp.provider;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.TmpSettings;
import io.github.niotmp.TmpSettings.OpenAtClose;
import io.github.niotmp.TmpSettings.Permissions;
import io.github.niotmp.TmpSettings.Storage;
import io.github.niotmp.content.ContentSettings;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.Descriptors;
import io.github.niotmp.host.DirectoryRules;
import io.github.niotmp.host.DirectorySetting;
import io.github.niotmp.host.SpillDirectory;
import io.github.niotmp.volume.Volume;
import io.github.niotmp.volume.host.HostVolume;
import io.github.niotmp.volume.spooled.SpooledVolume;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a file system, with all defaults filled in. Immutable.
 *
 * @param content limits of a spooled volume
 * @param maxFiles names of files, directories and links that a spooled volume may have
 * @param maxDescriptors descriptors that this process may use for spill files before new files
 *     share a spill file; null for half of the free descriptors
 * @param longPaths whether paths of more than 4,095 bytes are looked up
 * @param directory where spill files, or a tree on the host, are created; null for the temporary
 *     directory of this process
 * @param rules for that directory
 * @param clock the source of the time stamps of a spooled volume; null for the system's clock
 * @param mxbean whether the platform's MBean server shows the usage
 * @param trackOpeners whether each handle remembers where it was opened
 * @param openAtClose the treatment of handles that are open when the file system closes
 */
record FileSystemSettings(
    Storage storage,
    ContentSettings content,
    long maxFiles,
    @Nullable Long maxDescriptors,
    boolean longPaths,
    @Nullable Path directory,
    DirectoryRules rules,
    @Nullable InstantSource clock,
    boolean mxbean,
    boolean trackOpeners,
    OpenAtClose openAtClose) {

  /** Says whether handles remember where they were opened, because a report may name the place. */
  boolean remembersOpeners() {
    return trackOpeners || openAtClose == OpenAtClose.FAIL;
  }

  /**
   * Opens a new volume.
   *
   * @param lifetime the lifetime of the files that no caller deletes
   * @throws IOException if the directory is not usable, or the host refuses to create the tree
   */
  Volume openVolume(Lifetime lifetime, FileSystemEvents events) throws IOException {
    DirectorySetting.requireUsable(directory);
    return storage == Storage.HOST
        ? new HostVolume(directory, rules, lifetime, events)
        : new SpooledVolume(
            content,
            new SpillDirectory(directory, maxDescriptors, rules, events),
            maxFiles,
            longPaths,
            clock,
            lifetime,
            events);
  }

  /**
   * Returns the settings that an open volume works with, each key of its storage included. Searches
   * for the temporary directory if the volume has not used it yet.
   */
  TmpSettings effective(Volume volume) {
    TmpSettings effective =
        TmpSettings.defaults()
            .storage(storage)
            .trust(rules.trust())
            .permissions(rules.ownersOnly() ? Permissions.REQUIRE : Permissions.IGNORE)
            .mxbean(mxbean)
            .trackOpeners(remembersOpeners())
            .openAtClose(openAtClose);
    try {
      effective = effective.directory(volume.directory());
    } catch (IOException e) {
      // no temporary directory is usable, so the key is missing
    }
    return storage == Storage.HOST
        ? effective
        : effective
            .spoolThreshold(content.spoolThreshold())
            .memoryBudget(volume.usage().memoryBudget())
            .maxSize(content.maxSize())
            .maxFileSize(content.maxFileSize())
            .maxFiles(maxFiles)
            .maxDescriptors(maxDescriptors != null ? maxDescriptors : Descriptors.share())
            .longPaths(longPaths)
            .clock(clock != null ? clock : InstantSource.system());
  }
}
