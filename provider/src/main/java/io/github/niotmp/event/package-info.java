/**
 * The Flight Recorder events of a file system. No other package uses {@code jdk.jfr}, which a JVM
 * may lack. An event that no recording enables costs one check of a flag.
 */
@NullMarked
package io.github.niotmp.event;

import org.jspecify.annotations.NullMarked;
