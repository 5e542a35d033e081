/**
 * Contracts about the bytes of files: channels, streams, open options, locks, mapping, and open
 * files that are renamed or deleted. Each class covers one concern and runs on every subject.
 */
@NullMarked
package io.github.niotmp.tck.channel;

import org.jspecify.annotations.NullMarked;
