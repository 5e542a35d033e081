package io.github.niotmp.provider;

import io.github.niotmp.TmpFileAttributes.Lifetime;
import io.github.niotmp.event.FileSystemEvents;
import io.github.niotmp.host.DirectoryRules;
import io.github.niotmp.host.DirectorySetting;
import io.github.niotmp.volume.Volume;
import io.github.niotmp.volume.host.HostVolume;
import io.github.niotmp.volume.spooled.SpooledSettings;
import io.github.niotmp.volume.spooled.SpooledVolume;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a file system is made of. */
sealed interface VolumeSettings {
  /**
   * Opens a new volume.
   *
   * @param lifetime what ends the life of its files, if nothing else does
   * @throws IOException if the host refuses what is needed
   */
  Volume open(Lifetime lifetime, FileSystemEvents events) throws IOException;

  /** Names in memory, bytes in memory and on disk. */
  record Spooled(SpooledSettings settings) implements VolumeSettings {
    @Override
    public Volume open(Lifetime lifetime, FileSystemEvents events) throws IOException {
      DirectorySetting.requireUsable(settings.directory());
      return new SpooledVolume(settings, lifetime, events);
    }
  }

  /**
   * A tree on the host.
   *
   * @param directory where; null for the temporary directory
   * @param rules what that directory must be
   */
  record Host(@Nullable Path directory, DirectoryRules rules) implements VolumeSettings {
    @Override
    public Volume open(Lifetime lifetime, FileSystemEvents events) throws IOException {
      DirectorySetting.requireUsable(directory);
      return new HostVolume(directory, rules, lifetime);
    }
  }
}
