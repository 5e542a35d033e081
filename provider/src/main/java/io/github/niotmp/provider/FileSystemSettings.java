package io.github.niotmp.provider;

import io.github.niotmp.volume.spooled.SpooledSettings;

/**
 * How a file system is set up.
 *
 * @param volume what it is made of
 * @param mxbean whether the platform's MBean server shows what it holds
 */
record FileSystemSettings(SpooledSettings volume, boolean mxbean) {}
