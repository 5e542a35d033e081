package io.github.niotmp.provider;

import io.github.niotmp.TmpSettings.OpenAtClose;

/**
 * How a file system is set up.
 *
 * @param volume what it is made of
 * @param mxbean whether the platform's MBean server shows what it holds
 * @param trackOpeners whether each handle remembers where it was opened
 * @param openAtClose what becomes of handles that are open as the file system closes
 */
record FileSystemSettings(
    VolumeSettings volume, boolean mxbean, boolean trackOpeners, OpenAtClose openAtClose) {

  /** Says whether it is remembered where handles were opened: whenever that may be told. */
  boolean remembersOpeners() {
    return trackOpeners || openAtClose == OpenAtClose.FAIL;
  }
}
